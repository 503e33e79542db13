"""Who may open pages of filings, and the case that such a page is about."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.models import Account
from daftar.portal.accounts.roles import View, for_citizens
from daftar.portal.cases.models import Case
from daftar.portal.cases.numbers import read_case_number
from daftar.portal.cases.services import TO_BE_WRITTEN, case_open
from daftar.portal.filing.forms import SERVICE
from daftar.portal.people.selectors import person_seen
from daftar.portal.proxy.acting import persons
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_whom
from daftar.terms.cases import CaseKind
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood

CONFLICT = 409


def for_filers(act: Act, *, verified: bool = True) -> Callable[[View], View]:
    """Let in citizens of a jurisdiction that shows the service (contracts §1), for themselves or for a member."""

    def wear(view: View) -> View:
        @for_citizens(verified=verified)
        @for_whom(act)
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            if SERVICE not in jurisdictions()[request.user.jurisdiction].services:
                raise PermissionDenied(_("Where you are insured, treatment in another region is not filed."))
            return view(request, *args, **options)

        return guarded

    return wear


def for_case(kind: CaseKind, act: Act, *, written: bool = True) -> Callable[[View], View]:
    """The page of one's own case of a kind, called with the case and its fields; the look is journalled (X.5).

    A page that is `written` leads to the one after submission once that has happened: so does the browser's back
    button. The case must be about whom the reader acts for now: otherwise they are asked to switch first.
    """

    def wear(view: View) -> View:
        @for_filers(act)
        @wraps(view)
        def guarded(request: HttpRequest, number: str) -> HttpResponse:
            case = _numbered(number, kind, request.user)
            if written != (case.state in TO_BE_WRITTEN):
                return redirect(_other(kind, written=written), number)
            if case.person != persons(request.user.person_key, request.acting).key:
                seen = person_seen(case.person)
                context = {"case": case, "name": seen.name if seen else ""}
                return render(request, "filing/other_person.html", context, status=CONFLICT)
            return view(request, *case_open(case=case.pk, by=request.user, at=timezone.now()))

        return guarded

    return wear


def _numbered(number: str, kind: CaseKind, by: Account) -> Case:
    """A case that this account has begun; whatever else stands in the address is no page."""
    try:
        return Case.objects.get(number=read_case_number(number), kind=kind, applicant=by.person_key)
    except (Misunderstood, Case.DoesNotExist):
        raise Http404 from None


def _other(kind: CaseKind, *, written: bool) -> str:
    """Where a case leads that is not in the state of the page."""
    if kind == CaseKind.FILING:
        return "filing:done" if written else "filing:check"
    return "filing:revoked" if written else "filing:revoke_check"
