"""The office counter and a person's proxy bindings: see them, bind two persons who are both here, end one (S3.4-S3.11).

The way for those of whom there is no photograph, or who have no telephone: an office has seen both and their documents.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.models import Account
from daftar.portal.console.counter_account import INVALID, SeenForm
from daftar.portal.console.guard import WHY, for_counter, not_served
from daftar.portal.console.persons import handle_of, look, look_at_others, nobody, person_under
from daftar.portal.people.selectors import person_key
from daftar.portal.proxy.asked import Refusal
from daftar.portal.proxy.ending import binding_end
from daftar.portal.proxy.models import Kinship
from daftar.portal.proxy.selectors import BindingSeen, binding_seen, bindings_of_member, bindings_of_principal
from daftar.portal.proxy.services import bind_at_counter
from daftar.portal.proxy.standing import State
from daftar.portal.theme.forms import Chosen, IdentifierForm, PageForm, Ticked, identifier_types, say, typed
from daftar.store.keys import Key
from daftar.terms.identifiers import Identifier

REFUSED = {
    Refusal.NOT_MATCHED: _("One of the two is not known, has died, or is insured in another country."),
    Refusal.REGION_NOT_SERVED: _("Acting for others is offered where both are insured in a region that has it."),
    Refusal.ONESELF: _("This is the number of the same person."),
    Refusal.ALREADY_BOUND: _("These two are bound already."),
}
"""What the counter is told: the texts `proxy_refused` speak to the principal."""


class BothForm(PageForm):
    """Both persons stand at the counter."""

    kinship = Chosen(list(Kinship), words="kinship", label=_("What the member is to the one who acts"))
    both = Ticked(label=_("I have seen both persons and their original identity documents, and both want it"))


@for_counter
def bindings(request: HttpRequest, handle: str) -> HttpResponse:
    """For whom a person acts, and who acts for them; over ones too."""
    key, now = person_under(request, handle), timezone.now()
    with transaction.atomic():
        seen = look(request.user, key, now, "name", "binding")
        acts, acted_for = bindings_of_principal(key, now), bindings_of_member(key, now)
        others = {each.row.member for each in acts} | {each.row.principal for each in acted_for}
        look_at_others(request.user, others, now, "name binding")
    context = {
        "seen": seen,
        "handle": handle,
        "sides": [(_("Acts for"), acts, True), (_("Is acted for by"), acted_for, False)],
        "done": request.GET.get("done"),
        "zone": seen.jurisdiction,
    }
    return render(request, "console/bindings.html", context)


@for_counter
def bind(request: HttpRequest, handle: str) -> HttpResponse:
    """Whom the person of this page is to act for: by the number of their document, as everybody is found."""
    key, now = person_under(request, handle), timezone.now()
    with transaction.atomic():
        seen = look(request.user, key, now, "name")
    form = IdentifierForm(typed(request), types=identifier_types())
    if request.method == "POST" and form.is_valid():
        identifier = form.cleaned_data["identifier"]
        with transaction.atomic():
            member = person_key(identifier)
            problem = _unfit(request.user, identifier, key, member, now)
        if member is not None and not problem:
            return redirect("console:bind_member", handle, handle_of(request, member))
        form.add_error("number", problem)
    context = {"form": form, "seen": seen, "handle": handle}
    return render(request, "console/bind.html", context, status=INVALID if form.errors else 200)


@for_counter
def bind_member(request: HttpRequest, handle: str, member: str) -> HttpResponse:
    """Both names, the kinship, the promise to have seen both; then they are bound."""
    key, other, now = person_under(request, handle), person_under(request, member), timezone.now()
    with transaction.atomic():
        principal, whom = (look(request.user, each, now, "name", "birth_date") for each in (key, other))
    form = BothForm(typed(request))
    if request.method == "POST" and form.is_valid():
        kinship = Kinship(form.cleaned_data["kinship"])
        made = bind_at_counter(principal=key, member=other, kinship=kinship, by=request.user, at=now)
        if not isinstance(made, Refusal):
            return redirect(_page(handle, "bound"))
        form.add_error(None, REFUSED[made])
    context = {"form": form, "principal": principal, "whom": whom, "handle": handle}
    return render(request, "console/bind_member.html", context, status=INVALID if form.errors else 200)


@for_counter
def end(request: HttpRequest, handle: str, binding: UUID) -> HttpResponse:
    """Ask once more, then end it; one that is over already is told to be over."""
    key, now = person_under(request, handle), timezone.now()
    with transaction.atomic():
        seen = look(request.user, key, now, "name", "binding")
        found = _open(binding, key, request.user)
    if found is None:
        return redirect(_page(handle, "over"))
    form = SeenForm(typed(request))
    if request.method == "POST" and form.is_valid():
        ended = binding_end(binding=binding, side=key, by=request.user, at=now)
        return redirect(_page(handle, "ended" if ended else "over"))
    context = {"form": form, "seen": seen, "found": found, "handle": handle}
    return render(request, "console/binding_end.html", context, status=INVALID if form.errors else 200)


def _unfit(account: Account, identifier: Identifier, key: UUID, member: UUID | None, at: datetime) -> str:
    """Why the member typed cannot be bound to the person of the page; empty where both may be asked. In `atomic()`."""
    if member is None:
        nobody(account, identifier, at)
        return say("reason.unknown_person")
    if member == key:
        return str(REFUSED[Refusal.ONESELF])
    why = not_served(account, Key(member), at)
    return str(WHY[why]) if why else ""


def _open(binding: UUID, key: UUID, account: Account) -> BindingSeen | None:
    """A binding of this person that is not over; raises Http404 where it is none of theirs. Inside `atomic()`."""
    now = timezone.now()
    found = binding_seen(binding, key, now)
    if found is None:
        raise Http404
    look_at_others(account, {found.row.principal, found.row.member} - {key}, now, "name binding")
    return found if found.state is not State.ENDED else None


def _page(handle: str, done: str) -> str:
    return f"{reverse('console:bindings', args=[handle])}?done={done}"
