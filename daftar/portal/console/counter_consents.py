"""The office counter and the consents of an adult dependant: their main insured may ask about them, or no more (S2.8).

The dependant stands at the counter; the main insured is chosen from those on the page, never typed.
"""

from typing import NamedTuple

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.affiliation.shown import KINSHIPS
from daftar.portal.console.counter_account import INVALID, SeenForm
from daftar.portal.console.guard import for_counter
from daftar.portal.console.persons import handle_of, look, look_at_others, person_under
from daftar.portal.entitlement.consents import MainInsured, consent_end, consent_give, mains_of
from daftar.portal.theme.forms import PageForm, Ticked, say, typed
from daftar.rules.majority import is_minor
from daftar.store.keys import Key
from daftar.terms.jurisdictions import jurisdictions


class AgreesForm(PageForm):
    """The dependant stands at the counter, and wants it."""

    agrees = Ticked(label=_("I have seen the dependant and their original identity document, and they agree to this"))


class Line(NamedTuple):
    """A main insured of the page, under a handle of the session, and what the dependant is to them."""

    main: MainInsured
    handle: str
    relation: object


@for_counter
def consents(request: HttpRequest, handle: str) -> HttpResponse:
    """On whom the person of this page depends today, whom of them they let ask, and a consent left of before."""
    key, now = person_under(request, handle), timezone.now()
    with transaction.atomic():
        seen = look(request.user, key, now, "name", "consent")
        mains = mains_of(key, now)
        look_at_others(request.user, [each.person.key for each in mains], now, "name consent")
    today = jurisdictions()[seen.jurisdiction].today(now)
    context = {
        "seen": seen,
        "handle": handle,
        "lines": [Line(each, handle_of(request, each.person.key), _relation(each)) for each in mains],
        "minor": is_minor(seen.birth_date, today, seen.jurisdiction),
        "done": request.GET.get("done"),
        "zone": seen.jurisdiction,
    }
    return render(request, "console/consents.html", context)


@for_counter
def give(request: HttpRequest, handle: str, main: str) -> HttpResponse:
    """Both names, what is consented to, the promise to have seen the dependant; then it is on record."""
    key, other, now = person_under(request, handle), person_under(request, main), timezone.now()
    form = AgreesForm(typed(request))
    if request.method == "POST" and form.is_valid():
        why = consent_give(dependant=key, main=other, by=request.user, at=now)
        if why is None:
            return redirect(_page(handle, "given"))
        form.add_error(None, say(f"consent_refused.{why}"))
    return _asked(request, handle, key, other, form, ending=False)


@for_counter
def end(request: HttpRequest, handle: str, main: str) -> HttpResponse:
    """Ask once more, then end it; one that is over already is told to be over."""
    key, other, now = person_under(request, handle), person_under(request, main), timezone.now()
    form = SeenForm(typed(request))
    if request.method == "POST" and form.is_valid():
        ended = consent_end(dependant=key, main=other, by=request.user, at=now)
        return redirect(_page(handle, "ended" if ended else "over"))
    return _asked(request, handle, key, other, form, ending=True)


def _asked(request: HttpRequest, handle: str, key: Key, main: Key, form: PageForm, *, ending: bool) -> HttpResponse:
    now = timezone.now()
    with transaction.atomic():
        seen = look(request.user, key, now, "name", "consent")
        found = next((each for each in mains_of(key, now) if each.person.key == main), None)
        if found is not None:
            look_at_others(request.user, [main], now, "name consent")
    if found is None:  # nothing is left between the two, or another person's handle was put here
        raise Http404
    relation = _relation(found)
    context = {"form": form, "seen": seen, "found": found, "relation": relation, "handle": handle, "ending": ending}
    return render(request, "console/consent.html", context, status=INVALID if form.errors else 200)


def _relation(main: MainInsured) -> object:
    return KINSHIPS[main.relation] if main.relation else _("no dependant today")


def _page(handle: str, done: str) -> str:
    return f"{reverse('console:consents', args=[handle])}?done={done}"
