"""POST /eligibility-inquiries, its batch, reading one back, and recording the payer of an admission (S2.4-S2.7)."""

import time
from collections import Counter as Counts
from collections.abc import Sequence
from datetime import UTC, date, datetime

import msgspec

from daftar.answers import Answer, IdempotencyKey, IdempotencyMismatch, Payer, Question, QuotaExceeded, Reply
from daftar.disclosure.agreements import ELIGIBILITY
from daftar.gate.access import ClientAccess
from daftar.gate.counter import Counter, now
from daftar.gate.metrics import INQUIRIES, LATENCY
from daftar.gate.problems import FieldError, Problem
from daftar.gate.request import JSON, Request, decode
from daftar.gate.rest.asked import find_asked
from daftar.gate.rest.quotas import quota_problem
from daftar.gate.rest.retries import HEADER, read_idempotency
from daftar.gate.rest.subjects import Subject, read_service_day, read_subject, subject_jurisdiction
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Channel, Ground, Setting, Status

SCOPE = "eligibility"
MOST_IN_BATCH = 1000
_JURISDICTIONS = tuple(jurisdictions().values())
_API, _AGREEMENT = Channel.API, Ground.AGREEMENT
_SETTINGS = {str(each): each for each in Setting}


class EligibilityInquiry(msgspec.Struct, forbid_unknown_fields=True):
    """One question as sent."""

    subject: Subject
    service_date: str | None = None
    setting: str = "outpatient"


class EligibilityBatch(msgspec.Struct, forbid_unknown_fields=True):
    """Up to a thousand questions as sent; each is read on its own, so that one may be a problem."""

    inquiries: list[msgspec.Raw]


class PayerTold(msgspec.Struct):
    """An insurer in the order of payment (S2.5)."""

    insurer: str
    order: int
    reason: str


class EligibilityAnswer(msgspec.Struct, omit_defaults=True):
    """One answer as told: two statuses and a tracking code, nothing of the person (S2.7)."""

    tracking_code: str
    status: str
    service_date: date
    setting: str
    answered_at: datetime
    payers: list[PayerTold] | None = None


_INQUIRY = msgspec.json.Decoder(EligibilityInquiry)
_BATCH = msgspec.json.Decoder(EligibilityBatch)
_encode = msgspec.json.Encoder().encode
_ANSWERED = {status: INQUIRIES.labels(Channel.API, status) for status in Status}
_LATENCY = LATENCY.labels(Channel.API)


async def post_inquiry(counter: Counter, request: Request) -> tuple[int, bytes]:
    """One question; 200 with the answer once it is committed."""
    began = time.perf_counter()
    client = allowed_client(counter, request)
    request.expect(JSON)
    body = await request.body()
    at = now()
    question = read_question(
        counter,
        client,
        decode(body, _INQUIRY),
        at,
        read_idempotency(request.headers.get(HEADER), client.client_id, body),
    )
    (reply,) = await counter.coalescer.ask((question,), client.client_id)
    if not isinstance(reply, Answer):
        raise not_answered(reply, question, at)
    _ANSWERED[reply.status].inc()
    _LATENCY.observe(time.perf_counter() - began)
    return 200, _encode(told(reply))


async def post_batch(counter: Counter, request: Request) -> tuple[int, bytes]:
    """Up to a thousand questions; 200 with one answer or problem each, in the same order.

    They share one transaction, unless one of them has to be split off.
    """
    client = allowed_client(counter, request)
    sent = await request.json(_BATCH)
    if len(sent.inquiries) > MOST_IN_BATCH:
        error = FieldError("inquiries", "too_many", {"most": str(MOST_IN_BATCH)})
        raise Problem("invalid-input", (error,))
    read = _read_batch(counter, client, sent.inquiries, request.headers.get(HEADER))
    questions = [each for each in read if isinstance(each, Question)]
    replies = iter(await counter.coalescer.ask_each(questions, client.client_id) if questions else [])
    told = [each if isinstance(each, Problem) else _told_or_problem(next(replies), each) for each in read]
    for status, count in Counts(each.status for each in told if isinstance(each, EligibilityAnswer)).items():
        _ANSWERED[Status(status)].inc(count)
    answers = [each.body(request.language) if isinstance(each, Problem) else each for each in told]
    return 200, _encode({"answers": answers})


async def get_inquiry(counter: Counter, request: Request) -> tuple[int, bytes]:
    """What was answered, for the organisation that asked; `not-found` for everyone else."""
    client = allowed_client(counter, request)
    asked = await counter.desk.run(lambda conn: find_asked(counter, conn, request.parts[-1], client))
    return 200, _encode(told(asked))


def allowed_client(counter: Counter, request: Request) -> ClientAccess:
    """The provider that may ask today in some jurisdiction. Problem `unauthorised`, `forbidden`, `no-agreement`."""
    return with_agreement(counter.client(request, SCOPE))


def with_agreement(client: ClientAccess) -> ClientAccess:
    """The client, when an agreement of today lets it ask in some jurisdiction. Raises Problem `no-agreement`."""
    at = now()
    for jurisdiction in _JURISDICTIONS:
        if client.may(ELIGIBILITY, jurisdiction.today(at)):
            return client
    raise Problem("no-agreement")


def read_question(
    counter: Counter,
    client: ClientAccess,
    sent: EligibilityInquiry,
    at: datetime,
    idempotency: IdempotencyKey | None = None,
) -> Question:
    """The question that was sent. Raises Problem `invalid-input` naming the field."""
    identifier = read_subject(sent.subject)
    jurisdiction = subject_jurisdiction(identifier)
    today = jurisdiction.today(at)
    if not client.may(ELIGIBILITY, today):
        raise Problem("no-agreement")  # today is the day of the person's jurisdiction (contracts §1)
    setting = _SETTINGS.get(sent.setting)
    if setting is None:
        raise Problem("invalid-input", (FieldError("setting", "unknown_word", {"allowed": ", ".join(_SETTINGS)}),))
    return Question(
        counter.secrets.key(identifier.type, identifier.number),
        read_service_day(sent.service_date, today),
        jurisdiction.code,
        _API,
        _AGREEMENT,
        setting,
        organisation=client.organisation,
        account=client.client_id,
        idempotency=idempotency,
        charges=client.charges(ELIGIBILITY, today) if client.limited else (),
    )


def told(answer: Answer) -> EligibilityAnswer:
    """The answer in the words of the contract."""
    return EligibilityAnswer(
        tracking_code=answer.tracking_code,
        status=answer.status,
        service_date=answer.service_day,
        setting=answer.setting,
        answered_at=answer.answered_at.astimezone(UTC),
        payers=None if answer.payers is None else [_payer(each) for each in answer.payers],
    )


def _payer(payer: Payer) -> PayerTold:
    return PayerTold(payer.insurer, payer.order, payer.reason)


def _told_or_problem(reply: Reply | Problem, question: Question) -> EligibilityAnswer | Problem:
    if isinstance(reply, Problem):
        return reply
    if not isinstance(reply, Answer):
        return not_answered(reply, question, now())
    return told(reply)


def not_answered(reply: IdempotencyMismatch | QuotaExceeded, question: Question, at: datetime) -> Problem:
    """Why a question was not answered, as a problem."""
    if isinstance(reply, QuotaExceeded):
        return quota_problem(question.jurisdiction, at)
    return Problem("idempotency-mismatch")


def _read_batch(
    counter: Counter, client: ClientAccess, sent: Sequence[msgspec.Raw], mark: bytes | None
) -> list[Question | Problem]:
    """Each item on its own; under an Idempotency-Key each place of the batch has a key of its own."""
    at = now()
    read: list[Question | Problem] = []
    for place, each in enumerate(sent):
        body = bytes(each)
        own = None if mark is None else read_idempotency(mark, client.client_id, body, b"%d" % place)
        try:
            read.append(read_question(counter, client, decode(body, _INQUIRY), at, own))
        except Problem as problem:
            read.append(problem)
    return read
