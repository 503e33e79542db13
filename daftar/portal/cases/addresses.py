"""Where a case is followed: for mails and QR codes, whose readers may speak another language than who made them."""

from django.conf import settings
from django.urls import reverse

from daftar.portal.cases.models import Case


def progress_address(case: Case) -> str:
    """The page of a case in nobody's language: the portal asks the reader's browser for it. Only its two persons see
    anything there, after a log-in."""
    in_a_language = reverse("progress:case", args=[case.number])
    return f"{settings.BASE_URL}/{in_a_language.split('/', 2)[2]}"
