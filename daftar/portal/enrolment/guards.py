"""Who may open which page: citizens where residents are enrolled, for themselves or a member; a case, its writer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.roles import View, for_citizens
from daftar.portal.cases.models import Case
from daftar.portal.cases.services import TO_BE_WRITTEN
from daftar.portal.proxy.acting import Persons, persons
from daftar.portal.proxy.acts import Act
from daftar.portal.proxy.pages import for_whom
from daftar.portal.proxy.whom import members_of
from daftar.terms.cases import CaseKind
from daftar.terms.jurisdictions import jurisdictions

SERVICE = "enrolment"
CONFLICT = 409


def for_enrolling(act: Act) -> Callable[[View], View]:
    """Let in citizens, identity verified, of a jurisdiction that shows the service (contracts §1); see `for_whom`."""

    def wear(view: View) -> View:
        @for_citizens()
        @for_whom(act)
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
            if SERVICE not in jurisdictions()[request.user.jurisdiction].services:
                raise PermissionDenied(_("Where you are insured, residents are not enrolled on line."))
            return view(request, *args, **options)

        return guarded

    return wear


def who_is_meant(request: HttpRequest) -> Persons:
    """Whom the page is about, and who acts, under `for_enrolling`."""
    return persons(request.user.person_key, request.acting)


def own_enrolment(view: View) -> View:
    """Give the view the enrolment of a number, its reader's own one; 404 for everybody else's.

    Where another person is chosen than the case is for, the page says so: what was meant for the one would be written
    for the other.
    """

    @for_enrolling(Act.ENROL)
    @wraps(view)
    def guarded(request: HttpRequest, number: str) -> HttpResponse:
        own = Case.objects.filter(number=number, kind=CaseKind.ENROLMENT, applicant=request.user.person_key)
        case = own.first() if number.isdecimal() else None
        if case is None:
            raise Http404
        if case.person != who_is_meant(request).key:
            return _somebody_else(request, case)
        return view(request, case)

    return guarded


def written(view: View) -> View:
    """Only while the case is written; one that was handed in shows what came of it, also by the back button."""

    @own_enrolment
    @wraps(view)
    def guarded(request: HttpRequest, case: Case) -> HttpResponse:
        if case.state not in TO_BE_WRITTEN:
            return redirect("enrolment:submitted", case.number)
        return view(request, case)

    return guarded


def _somebody_else(request: HttpRequest, case: Case) -> HttpResponse:
    """The page that offers to choose the person whom the case is for."""
    found = [each for each in members_of(case.applicant, timezone.now()) if each.row.member == case.person]
    context = {"case": case, "member": found[0] if found else None}
    return render(request, "enrolment/somebody_else.html", context, status=CONFLICT)
