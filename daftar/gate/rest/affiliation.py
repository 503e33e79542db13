"""POST /affiliation-inquiries: one of four outcomes for funds, judicial and quasi-judicial organisations (S1.11-S1.20).

What cannot be read is journalled as an attempt before it is refused; so is everything that the rooms below refuse.
"""

import time
from datetime import date, datetime

import msgspec

from daftar.disclosure.affiliation import (
    AffiliationQuestion,
    AffiliationRefused,
    Fault,
    record_attempts,
    unread_key,
)
from daftar.gate.access import ClientAccess
from daftar.gate.counter import Counter, now
from daftar.gate.metrics import INQUIRIES, LATENCY
from daftar.gate.problems import FieldError, Problem
from daftar.gate.request import JSON, Request, decode
from daftar.gate.rest.affiliation_told import AffiliationInquiry, told
from daftar.gate.rest.quotas import quota_problem
from daftar.gate.rest.retries import HEADER, read_idempotency
from daftar.gate.rest.subjects import Subject, read_subject
from daftar.store.keys import Key
from daftar.terms.calendars import read_iso_day
from daftar.terms.identifiers import TYPES
from daftar.terms.jurisdictions import jurisdiction_of, jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import AffiliationOutcome, Channel, Ground

SCOPE = "affiliation"
ENDPOINT = b"affiliation\0"  # a key used for a question of another kind was used with another body
_INQUIRY = msgspec.json.Decoder(AffiliationInquiry)
_encode = msgspec.json.Encoder().encode
_ANSWERED = {outcome: INQUIRIES.labels(Channel.API, outcome) for outcome in AffiliationOutcome}
_LATENCY = LATENCY.labels(Channel.API)


async def post_affiliation_inquiry(counter: Counter, request: Request) -> tuple[int, bytes]:
    """200 with the outcome once it is committed. Problem `no-agreement`, `invalid-input`, `quota-exceeded`, …"""
    began = time.perf_counter()
    client = counter.client(request, SCOPE)
    request.expect(JSON)
    body = await request.body()
    at = now()
    sent = decode(body, _INQUIRY)
    mark = read_idempotency(request.headers.get(HEADER), client.client_id, ENDPOINT + body)
    try:
        question = read_question(counter, client, sent)
    except Problem as problem:
        await _journal_attempt(counter, client, sent, problem, at)
        raise
    if mark is not None:
        question = msgspec.structs.replace(question, idempotency=mark)
    (reply,) = await counter.coalescer.ask((question,), client.client_id)
    if isinstance(reply, AffiliationRefused):
        raise _problem(reply, question.jurisdiction, at)
    _ANSWERED[reply.outcome].inc()
    _LATENCY.observe(time.perf_counter() - began)
    return 200, _encode(told(reply, client.organisation, request.language))


def read_question(counter: Counter, client: ClientAccess, sent: AffiliationInquiry) -> AffiliationQuestion:
    """The question that was sent. Raises Problem `invalid-input` naming the field."""
    identifier = read_subject(sent.subject)
    period, letter = sent.period, sent.reference
    if period is not None and period.from_ is None and period.to is None:
        raise Problem("invalid-input", (FieldError("period.from", "period_half"),))
    return _question(
        client,
        counter.secrets.key(identifier.type, identifier.number),
        jurisdiction_of(identifier.type).code,
        period_from=_day("period.from", period.from_ if period else None),
        period_to=_day("period.to", period.to if period else None),
        reference_number=letter.number if letter else None,
        reference_date=_day("reference.date", letter.date if letter else None),
    )


def _question(
    client: ClientAccess,
    key: Key,
    jurisdiction: str,
    *,
    period_from: date | None = None,
    period_to: date | None = None,
    reference_number: str | None = None,
    reference_date: date | None = None,
) -> AffiliationQuestion:
    return AffiliationQuestion(
        key=key,
        jurisdiction=jurisdiction,
        organisation=client.organisation or None,
        organisation_kind=client.kind,
        channel=Channel.API,
        ground=Ground.AGREEMENT,
        account=client.client_id,
        period_from=period_from,
        period_to=period_to,
        reference_number=reference_number,
        reference_date=reference_date,
    )


def _day(field: str, sent: str | None) -> date | None:
    if sent is None:
        return None
    try:
        return read_iso_day(sent)
    except Misunderstood as error:
        raise Problem("invalid-input", (FieldError(field, error.code),)) from None


async def _journal_attempt(
    counter: Counter, client: ClientAccess, sent: AffiliationInquiry, problem: Problem, at: datetime
) -> None:
    """Journal a question that could not be read, under the person's key where the identifier could be (X.5)."""
    key, jurisdiction = _attempted(counter, sent.subject)
    letter = sent.reference.number if sent.reference else None
    question = _question(client, key, jurisdiction, reference_number=letter)
    refused = AffiliationRefused(problem.slug, tuple(Fault(each.field, each.code) for each in problem.errors))
    today = jurisdictions()[jurisdiction].today(at)
    await counter.desk.run(
        lambda conn: record_attempts(
            conn, [(question, refused)], today=today, at=at, writer=counter.writer, tracking=counter.tracking
        )
    )


def _attempted(counter: Counter, subject: Subject) -> tuple[Key, str]:
    """Whom the attempt is journalled under, and whose calendar counts."""
    try:
        identifier = read_subject(subject)
    except Problem:
        known = subject.type in TYPES
        jurisdiction = jurisdiction_of(subject.type).code if known else next(iter(jurisdictions()))
        return unread_key(counter.secrets, subject.type, subject.number), jurisdiction
    return counter.secrets.key(identifier.type, identifier.number), jurisdiction_of(identifier.type).code


def _problem(refused: AffiliationRefused, jurisdiction: str, at: datetime) -> Problem:
    if refused.problem == "quota-exceeded":
        return quota_problem(jurisdiction, at)
    return Problem(refused.problem, tuple(FieldError(each.field, each.code) for each in refused.faults))
