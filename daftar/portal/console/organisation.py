"""Pages of an organisation's administrator: agreement and quota, machine clients (S1.2, contracts §3)."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import View, for_roles
from daftar.portal.organisations import selectors, services
from daftar.portal.organisations.forms import ClientForm
from daftar.portal.theme.forms import say, typed
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood

INVALID = 422


def for_administrators(view: View) -> View:
    """Let in administrators of an organisation that is there; `request.organisation` is it."""

    @for_roles(Role.ADMINISTRATOR)
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        organisation = selectors.organisation_named(request.user.organisation)
        if organisation is None:
            raise PermissionDenied(say("problem.no-agreement"))
        request.organisation = organisation
        return view(request, *args, **options)

    return guarded


@for_administrators
def agreement(request: HttpRequest) -> HttpResponse:
    """What the organisation may ask, until when, and how much of today's quota is used."""
    today = jurisdictions()[request.user.jurisdiction].today(timezone.now())
    agreements = selectors.agreements_seen(request.organisation, today)
    context = {
        "organisation": request.organisation,
        "agreements": agreements,
        "standing": not request.organisation.suspended and any(each.in_force for each in agreements),
    }
    return render(request, "organisations/agreement.html", context)


@for_administrators
def clients(request: HttpRequest) -> HttpResponse:
    """The organisation's machine clients, and the form to make one; its secret is shown this once."""
    organisation = request.organisation
    form = ClientForm(typed(request), scopes=selectors.scopes_of(organisation))
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = services.client_add(
                organisation=organisation.code,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                jwks=form.cleaned_data["jwks"],
                by=request.user.user,
                at=timezone.now(),
            )
        except Misunderstood as error:
            form.refuse("name", error)
    context = {
        "form": form,
        "made": made,
        "organisation": organisation,
        "clients": selectors.clients_of(organisation.code),
        "zone": request.user.jurisdiction,
    }
    return render(request, "organisations/clients.html", context, status=INVALID if form.errors else 200)


@require_POST
@for_administrators
def client_stop(request: HttpRequest) -> HttpResponse:
    """Switch a client off; gates know within a second."""
    stopped = services.client_stop(
        organisation=request.organisation.code,
        client_id=request.POST.get("client", ""),
        by=request.user.user,
        at=timezone.now(),
    )
    if not stopped:
        raise Http404
    return redirect("organisation:clients")
