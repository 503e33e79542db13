"""The office counter: find a person, register their mobile (S2.9), record a paper (S2.13).

Whatever is shown, also that nobody is known, is journalled in the transaction that reads it.
"""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from daftar.answers import Answer, Question
from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.roles import for_roles
from daftar.portal.console.forms import EvidenceForm, MobileForm
from daftar.portal.console.guard import WHY, for_counter, not_served
from daftar.portal.console.persons import handle_of, look, nobody, person_under
from daftar.portal.entitlement.registries import connectors_for, kinds_decided, next_step
from daftar.portal.entitlement.selectors import evidence_of
from daftar.portal.entitlement.services import evidence_record
from daftar.portal.journal.services import question_ask
from daftar.portal.people.selectors import SHOWN, PersonSeen, person_key
from daftar.portal.people.services import mobile_register
from daftar.portal.theme.forms import IdentifierForm, identifier_types, say, typed
from daftar.portal.theme.page import language
from daftar.store.keys import Key
from daftar.terms.calendars import show_day_short
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Channel, EvidenceKind, Ground, Mode

INVALID = 422


@for_roles(Role.COUNTER)
def find(request: HttpRequest) -> HttpResponse:
    """Find a person by identifier."""
    form = IdentifierForm(typed(request), types=identifier_types())
    if request.method == "POST" and form.is_valid():
        identifier = form.cleaned_data["identifier"]
        with transaction.atomic():
            key, why = person_key(identifier), None
            if key is None:
                nobody(request.user, identifier, timezone.now())
            else:
                why = not_served(request.user, key, timezone.now())
        if key is not None and why is None:
            return redirect("console:person", handle_of(request, key))
        form.add_error("number", WHY[why] if why else say("reason.unknown_person"))
    return render(request, "console/find.html", {"form": form}, status=INVALID if form.errors else 200)


@for_counter
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """A person as the counter sees them, with today's status."""
    key, now = person_under(request, handle), timezone.now()
    with transaction.atomic():
        seen = look(request.user, key, now, *SHOWN, "evidence")
        answer = _status_today(request.user, seen, now)
        evidence = evidence_of(key)
    context = {
        "seen": seen,
        "answer": answer,
        "evidence": evidence,
        "handle": handle,
        "done": request.GET.get("done"),
        "quiz": "settlement" in jurisdictions()[seen.jurisdiction].services,
        "proxy": "proxy" in jurisdictions()[seen.jurisdiction].services,
        "next_step": next_step(answer.reason, seen.jurisdiction, answer.service_day),
        "registries": connectors_for(key, seen.jurisdiction, answer.service_day),
        "said": request.GET.get("done", "").removeprefix("registry-"),
    }
    return render(request, "console/person.html", context)


@for_counter
def mobile(request: HttpRequest, handle: str) -> HttpResponse:
    """Register the mobile of a person seen at the counter."""
    key, now = person_under(request, handle), timezone.now()
    with transaction.atomic():
        seen = look(request.user, key, now, "name")
    form = MobileForm(typed(request), country=jurisdictions()[seen.jurisdiction].mobile_country)
    if request.method == "POST" and form.is_valid():
        mobile_register(
            key=key, mobile=form.cleaned_data["mobile"], office=request.user.office, by=request.user.user, at=now
        )
        return redirect(person_page(handle, "mobile"))
    context = {"form": form, "seen": seen, "handle": handle}
    return render(request, "console/mobile.html", context, status=INVALID if form.errors else 200)


@for_counter
def evidence(request: HttpRequest, handle: str) -> HttpResponse:
    """Record a paper; the person's spans are rebuilt before the answer comes."""
    key, now = person_under(request, handle), timezone.now()
    with transaction.atomic():
        seen = look(request.user, key, now, "name")
    today = jurisdictions()[seen.jurisdiction].today(now)
    form = EvidenceForm(typed(request), initial={"valid_from": show_day_short(today, language())})
    if request.method == "POST" and form.is_valid():
        evidence_record(
            key=key,
            kind=EvidenceKind(form.cleaned_data["kind"]),
            valid_from=form.cleaned_data["valid_from"],
            valid_until=form.cleaned_data["valid_until"],
            office=request.user.office,
            by=request.user.user,
            at=now,
        )
        return redirect(person_page(handle, "evidence"))
    context = {"form": form, "seen": seen, "handle": handle, "decided": kinds_decided(seen.jurisdiction, today)}
    return render(request, "console/evidence.html", context, status=INVALID if form.errors else 200)


def person_page(handle: str, done: str) -> str:
    """The address of a person's page that says what was done."""
    return f"{reverse('console:person', args=[handle])}?done={done}"


def _status_today(account: Account, seen: PersonSeen, at: datetime) -> Answer:
    question = Question(
        key=Key(seen.key),
        service_day=jurisdictions()[seen.jurisdiction].today(at),
        jurisdiction=seen.jurisdiction,
        channel=Channel.COUNTER,
        ground=Ground.DUTY,
        mode=Mode.SPECIFIC,
        account=account.user,
        office=account.office or None,
    )
    return question_ask(question, at=at)
