"""Who may open the pages of the panel: users of funds, judicial and quasi-judicial organisations (S1.2, S1.5, S1.6)."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from daftar.disclosure.agreements import AFFILIATION, PURPOSES_BY_KIND
from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import View, for_roles
from daftar.portal.affiliation.services import Asker
from daftar.portal.organisations.selectors import may_ask, organisation_named
from daftar.portal.theme.forms import say
from daftar.terms.jurisdictions import jurisdictions

SUPERVISORS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
ASKERS = (Role.OPERATOR, *SUPERVISORS)


def for_panel(*roles: Role, ended_may: bool = False) -> Callable[[View], View]:
    """Let in these roles of an organisation that affiliation is for; `request.organisation` is it.

    Pages only to look at stay open after the agreement has ended; with `ended_may` the view itself says no, so that
    the attempt is journalled.
    """

    def wear(view: View) -> View:
        @for_roles(*roles)
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
            organisation = organisation_named(request.user.organisation)
            if organisation is None or AFFILIATION not in PURPOSES_BY_KIND.get(organisation.kind, frozenset()):
                raise PermissionDenied(say("problem.no-agreement"))
            request.organisation = organisation
            today = jurisdictions()[request.user.jurisdiction].today(timezone.now())
            request.may_ask = may_ask(organisation, AFFILIATION, today)
            if not request.may_ask and not ended_may:
                raise PermissionDenied(say("problem.no-agreement"))
            return view(request, *args, **options)

        return guarded

    return wear


def asker(request: HttpRequest) -> Asker:
    """Who asks on this page."""
    user, organisation = request.user, request.organisation
    return Asker(organisation.code, organisation.kind, user.user, user.jurisdiction)
