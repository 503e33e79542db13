"""An operator of the hotline takes an objection down: the answer by its code, or asked anew; then what is said (S2.12).

Whoever calls without a code gets one: the question is asked for them and journalled, and its answer is what they
object to.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from daftar.answers import Question
from daftar.disclosure.kin import person_behind
from daftar.disclosure.objections import OBJECTED_TO, Objected
from daftar.portal.cases.objecting import complaint_of, objection_take_down
from daftar.portal.journal.selectors import inquiry_row
from daftar.portal.journal.services import question_ask, raw_connection
from daftar.portal.objections import services
from daftar.portal.objections.forms import CodeForm, TakeDownForm
from daftar.portal.objections.handling import TAKING, Handling, for_handling
from daftar.portal.people.models import Person
from daftar.portal.theme.forms import IdentifierForm, say, typed
from daftar.store.keys import Key
from daftar.terms.cases import NotDone
from daftar.terms.identifiers import Identifier
from daftar.terms.jurisdictions import jurisdiction_of, jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel, Ground, Mode
from daftar.terms.tracking_codes import TrackingCode, read_tracking_code

INVALID = 422


@for_handling(*TAKING)
def begin(request: HttpRequest) -> HttpResponse:
    """Which answer: by its tracking code, or asked anew for who calls without one."""
    by_code = request.method == "POST" and "code" in request.POST
    code_form = CodeForm(request.POST if by_code else None)
    types = jurisdictions()[request.user.jurisdiction].identifier_types
    person_form = IdentifierForm(None if by_code else typed(request), types=types)
    if by_code and code_form.is_valid():
        code = code_form.cleaned_data["code"]
        with transaction.atomic():
            there = _answer(code, request.handling)
        if there:
            return redirect("objections:take_down", code)
        code_form.add_error("code", say("objection_search.no_answer"))
    elif request.method == "POST" and not by_code and person_form.is_valid():
        identifier = person_form.cleaned_data["identifier"]
        if not _close(identifier, request.handling):
            return redirect("objections:take_down", ask_for_caller(identifier, request, at=timezone.now()))
        person_form.add_error("number", say(f"case_not_done.{NotDone.RELATED}"))
    form = code_form if code_form.errors else person_form
    context = {"form": form, "code_form": code_form, "person_form": person_form}
    return render(request, "objections/begin.html", context, status=INVALID if form.errors else 200)


@for_handling(*TAKING)
def take_down(request: HttpRequest, code: str) -> HttpResponse:
    """The answer in short, and what is said against it; each showing is a look."""
    read, now = _read(code), timezone.now()
    with transaction.atomic():
        row = _answer(read, request.handling)
        if row is None:
            raise Http404
    form = TakeDownForm(typed(request), jurisdiction=request.user.jurisdiction)
    if request.method == "POST" and form.is_valid():
        told = objection_take_down(code=read, **form.cleaned_data, by=request.user, at=now)
        if isinstance(told, Objected):
            done = "taken" if told.fresh else "there"
            return redirect(f"{reverse('console:objection', args=[told.number])}?done={done}")
        form.add_error(None, complaint_of(told, request.user.jurisdiction))
    services.answer_look(person=row["key"], inquiry=row["id"], by=request.user, at=now)
    context = {"form": form, "row": row, "code": read, "zone": request.user.jurisdiction}
    return render(request, "objections/take_down.html", context, status=INVALID if form.errors else 200)


@transaction.atomic
def ask_for_caller(identifier: Identifier, request: HttpRequest, *, at: datetime) -> TrackingCode:
    """Ask today's entitlement for who calls; the code of the answer. Nothing is told by it yet."""
    jurisdiction = jurisdiction_of(identifier.type)
    question = Question(
        key=Key(settings.SECRETS.key(identifier.type, identifier.number)),
        service_day=jurisdiction.today(at),
        jurisdiction=jurisdiction.code,
        channel=Channel.WEB,
        ground=Ground.DUTY,
        mode=Mode.SPECIFIC,
        account=request.user.user,
        office=request.user.office or None,
    )
    return question_ask(question, at=at).tracking_code


@transaction.atomic
def _close(identifier: Identifier, handling: Handling) -> bool:
    """Whether it is the operator's own number, or a relative's: a colleague asks for those."""
    return handling.is_close(Key(settings.SECRETS.key(identifier.type, identifier.number)))


def _answer(code: TrackingCode, handling: Handling) -> dict[str, Any] | None:
    """The journal's row of an entitlement answer, about nobody of another country and nobody close to who asks."""
    row = inquiry_row(code)
    if row is None or row["mode"] not in OBJECTED_TO:
        return None
    person = person_behind(raw_connection(), row["key"])
    elsewhere = Person.objects.filter(key=person).exclude(jurisdiction=handling.jurisdiction)
    return None if person in handling.close or elsewhere.exists() else row


def _read(code: str) -> TrackingCode:
    try:
        return read_tracking_code(code)
    except Misunderstood:
        raise Http404 from None
