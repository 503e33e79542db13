"""Who may open the pages of the panel: users of funds, judicial and quasi-judicial organisations (S1.2, S1.5, S1.6)."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from daftar.disclosure.agreements import AFFILIATION, PURPOSES_BY_KIND
from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import View, for_roles
from daftar.portal.affiliation.services import Asker, turned_away_record
from daftar.portal.organisations.models import Organisation
from daftar.portal.organisations.selectors import may_ask, organisation_named
from daftar.portal.theme.forms import say
from daftar.terms.jurisdictions import jurisdictions

SUPERVISORS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
ASKERS = (Role.OPERATOR, *SUPERVISORS)


def for_panel(*roles: Role, ended_may: bool = False) -> Callable[[View], View]:
    """Let in these roles of an organisation that affiliation is for; `request.organisation` is it.

    Pages only to look at stay open after the agreement has ended; with `ended_may` the view itself says no. Whoever is
    turned away here tried all the same: nothing is disclosed, and the attempt is journalled (X.5).
    """

    def wear(view: View) -> View:
        @for_roles(*roles)
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
            organisation = organisation_named(request.user.organisation)
            if organisation is None or AFFILIATION not in PURPOSES_BY_KIND.get(organisation.kind, frozenset()):
                raise _turned_away(request, organisation)
            request.organisation = organisation
            today = jurisdictions()[request.user.jurisdiction].today(timezone.now())
            request.may_ask = may_ask(organisation, AFFILIATION, today)
            if not request.may_ask and not ended_may:
                raise _turned_away(request, organisation)
            return view(request, *args, **options)

        return guarded

    return wear


def _turned_away(request: HttpRequest, organisation: Organisation | None) -> PermissionDenied:
    """Journal the attempt, under whom it meant where that was typed; the refusal to raise."""
    user = request.user
    by = Asker(user.organisation, organisation.kind if organisation else "", user.user, user.jurisdiction)
    typed = (request.POST.get("type", ""), request.POST.get("number", ""))
    turned_away_record(typed=typed, by=by, at=timezone.now())
    return PermissionDenied(say("problem.no-agreement"))


def asker(request: HttpRequest) -> Asker:
    """Who asks on this page."""
    user, organisation = request.user, request.organisation
    return Asker(organisation.code, organisation.kind, user.user, user.jurisdiction)
