"""Where a case is followed: for mails and QR codes, whose readers may speak another language than who made them."""

from functools import cache

from django.conf import settings
from django.urls import reverse

from daftar.portal.cases.models import Case
from daftar.terms.case_numbers import DIGITS

ANY = "0" * DIGITS


def progress_address(case: Case) -> str:
    """The page of a case in nobody's language: the portal asks the reader's browser for it. Only its two persons see
    anything there, after a log-in."""
    return f"{settings.BASE_URL}/{_page().replace(ANY, case.number)}"


@cache
def _page() -> str:
    """The page of the case ANY: every step of every case needs one of these addresses, which differ in the number."""
    in_a_language = reverse("progress:case", args=[ANY])
    return in_a_language.split("/", 2)[2]
