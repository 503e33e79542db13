"""«个人参保信息»: what somebody is enrolled in, for oneself or a member (S3.18, S3.20)."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from daftar.answers import Question
from daftar.portal.enrolment.guards import for_enrolling, who_is_meant
from daftar.portal.enrolment.resident import resident_of
from daftar.portal.enrolment.selectors import insurances_of
from daftar.portal.enrolment.services import enrolments_record
from daftar.portal.journal.services import question_ask
from daftar.portal.proxy.acts import Act
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Channel, Mode


@for_enrolling(Act.SEE_ENROLMENT)
def insurance(request: HttpRequest) -> HttpResponse:
    """All spells of a person with today's state of each; whether they are covered today is asked as anybody asks."""
    now, who, account = timezone.now(), who_is_meant(request), request.user
    jurisdiction = jurisdictions()[account.jurisdiction]
    today = jurisdiction.today(now)
    question = Question(
        key=who.key,
        service_day=today,
        jurisdiction=jurisdiction.code,
        channel=Channel.WEB,
        ground=who.ground,
        mode=Mode.SPECIFIC,
        account=account.user,
        acting_for=who.acting_for,
    )
    with transaction.atomic():
        answer = question_ask(question, at=now)
        found = insurances_of(who.key, jurisdiction.code, answer, today)
        resident = resident_of(who.key)
        enrolments_record(who=who, count=len(found), by=account, at=now)
    first = min((each.row.starts for each in found), default=None)
    context = {
        "first": first,
        "found": found,
        "resident": resident,
        "answer": answer,
        "jurisdiction": jurisdiction,
        "today": today,
    }
    return render(request, "enrolment/insurance.html", context)
