"""At the counter: asking a registry now what it confirms of a person (S2.13)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from daftar.portal.console.counter import person_page
from daftar.portal.console.guard import for_counter
from daftar.portal.console.persons import person_under
from daftar.portal.entitlement.registries import TOO_SOON, connectors_for, registry_ask
from daftar.portal.people.selectors import jurisdiction_of_person
from daftar.terms.jurisdictions import jurisdictions

SAID = ("confirmed", "not_found", TOO_SOON)
AWAY = "away"


@require_POST
@for_counter
def ask(request: HttpRequest, handle: str) -> HttpResponse:
    """Ask one registry; the person's page says what it said. The network is waited for outside of transactions."""
    key, now = person_under(request, handle), timezone.now()
    code = jurisdiction_of_person(key)
    if code is None:
        raise Http404
    offered = {each.name: each for each in connectors_for(key, code, jurisdictions()[code].today(now))}
    connector = offered.get(request.POST.get("registry", ""))
    if connector is None:
        raise Http404
    said = registry_ask(connector, key, by=request.user.user, office=request.user.office, at=now)
    return redirect(person_page(handle, f"registry-{said if said in SAID else AWAY}"))
