"""Who may open which page: citizens where the insurer offers the service, and expenses only after the quiz (S4.17)."""

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from daftar.disclosure.quiz import passed
from daftar.portal.accounts.credentials import credentials_stamp
from daftar.portal.accounts.roles import View, for_citizens
from daftar.portal.journal.services import raw_connection
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_oneself
from daftar.store.keys import Key
from daftar.terms.jurisdictions import jurisdictions

SERVICE = "settlement"


def for_insured(view: View) -> View:
    """Let in citizens, mail confirmed or more, of a jurisdiction that shows the service (contracts §1)."""

    @for_citizens(verified=False)
    @for_oneself(Act.SEE_EXPENSES)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if SERVICE not in jurisdictions()[request.user.jurisdiction].services:
            raise PermissionDenied(_("There is no cross-province settlement where you are insured."))
        return view(request, *args, **options)

    return guarded


def quiz_passed(view: View) -> View:
    """Let in who may open the service and has answered the quiz; others are sent there (S4.17, S4.23).

    `request.user.person_key` is the person, as under `for_citizens`.
    """

    @for_insured
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        account = request.user
        with transaction.atomic():
            through = passed(
                raw_connection(), key=Key(account.person_key), account=account.pk, stamp=credentials_stamp(account)
            )
        return view(request, *args, **options) if through else redirect("settlement:quiz")

    return guarded
