"""What a page from the worker's store lacks: the token of its forms, and for whom this session asks."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_safe

from daftar.disclosure.agreements import ELIGIBILITY
from daftar.portal.accounts.roles import ORGANISATION_ROLES, second_factor_shown
from daftar.portal.organisations.models import Organisation
from daftar.portal.organisations.selectors import may_ask, organisation_named
from daftar.portal.proxy.acting import CHOICE
from daftar.terms.jurisdictions import jurisdictions


@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """Of this session: the token, the organisation that it asks for and which numbers it may ask about, and whether
    somebody acts for a member."""
    organisation = asking_organisation(request)
    told = {
        "token": get_token(request),
        "asks_as": organisation.name if organisation else "",
        "types": jurisdictions()[request.user.jurisdiction].identifier_types if organisation else [],
        "acting": request.user.is_authenticated and CHOICE in request.session,
    }
    return JsonResponse(told)


def asking_organisation(request: HttpRequest) -> Organisation | None:
    """The organisation that this session may ask for today; the page that asks looks once more."""
    user = request.user
    if not user.is_authenticated or user.role not in ORGANISATION_ROLES or not second_factor_shown(request):
        return None
    organisation = organisation_named(user.organisation)
    today = jurisdictions()[user.jurisdiction].today(timezone.now())
    return organisation if may_ask(organisation, ELIGIBILITY, today) else None
