"""A provider asks about a patient, for treatment today: the number, one of two statuses, a tracking code (S2.7)."""

import sqlite3
from uuid import uuid4

import psycopg
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from daftar.answers import Answer
from daftar.portal.app.forms import PatientForm
from daftar.portal.app.page import onward, stage, with_camera
from daftar.portal.entitlement import services
from daftar.portal.entitlement.selectors import organisation_answer
from daftar.portal.entitlement.views import INVALID, for_asking_organisations
from daftar.portal.journal.services import QuotaUsedUp
from daftar.portal.theme.forms import say, typed
from daftar.terms.identifiers import Identifier
from daftar.terms.jurisdictions import jurisdiction_of, jurisdictions
from daftar.terms.outcomes import Channel, Setting

TAKEN = (IntegrityError, psycopg.IntegrityError, sqlite3.IntegrityError)
"""The same question is being answered at this moment: its first reply was too slow for who asked."""


@for_asking_organisations
def patient(request: HttpRequest) -> HttpResponse:
    """Ask by the number alone."""
    types = jurisdictions()[request.user.jurisdiction].identifier_types
    form = PatientForm(typed(request), types=types, initial={"once": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        try:
            answered = _ask(request, form.cleaned_data["identifier"], form.cleaned_data["once"])
            return onward(request, answer, "app:answer", answered.tracking_code)
        except QuotaUsedUp:
            form.add_error(None, say("problem.quota-exceeded"))
    context = {"form": form, "organisation": request.organisation, "tab": "patient"}
    return with_camera(stage(request, "patient", context, status=INVALID if form.errors else 200))


def _ask(request: HttpRequest, identifier: Identifier, once: str) -> Answer:
    """Ask; who sends the same question again, because no answer came back, gets the first one."""
    at = timezone.now()
    question = {
        "identifier": identifier,
        "service_day": jurisdiction_of(identifier.type).today(at),
        "setting": Setting.OUTPATIENT,
        "by": services.Asker(request.user.organisation, request.user.user),
        "at": at,
        "channel": Channel.APP,
        "once": once,
    }
    try:
        return services.inquiry_ask(**question)
    except TAKEN:
        return services.inquiry_ask(**question)


@for_asking_organisations
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """What was answered, for the organisation that asked."""
    with transaction.atomic():
        found = organisation_answer(code, request.user.organisation)
    if found is None:
        raise Http404
    context = {
        "answer": found.answer,
        "organisation": request.organisation,
        "zone": request.user.jurisdiction,
        "tab": "patient",
    }
    return stage(request, "answer", context)
