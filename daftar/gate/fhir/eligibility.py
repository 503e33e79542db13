"""CoverageEligibilityRequest `$submit` and create: questions of the same kind, in the same transactions, as JSON's."""

import time
from collections.abc import Callable
from datetime import datetime

from daftar.answers import Answer, IdempotencyKey, Question, Reply
from daftar.disclosure.agreements import ELIGIBILITY
from daftar.gate.access import ClientAccess
from daftar.gate.counter import Counter, now
from daftar.gate.fhir.asked import REQUEST, Sent, read_day, read_single, read_submitted
from daftar.gate.fhir.formats import answer_type, expect_json
from daftar.gate.fhir.outcomes import informed, outcome_of
from daftar.gate.fhir.replies import R4, replied
from daftar.gate.fhir.shapes import read_kind
from daftar.gate.fhir.told import About, Reader, Resource, tell_request, tell_response
from daftar.gate.metrics import INQUIRIES, LATENCY
from daftar.gate.problems import FieldError, Problem
from daftar.gate.request import Request
from daftar.gate.rest.eligibility import not_answered, with_agreement
from daftar.gate.rest.retries import HEADER, read_idempotency
from daftar.gate.smart import BEHIND, allows
from daftar.gate.translator import Reply as HttpReply
from daftar.terms.jurisdictions import jurisdiction_of
from daftar.terms.outcomes import Channel, Ground, Status
from daftar.terms.texts import text

MARK = b"fhir\0"  # an Idempotency-Key used for JSON was used with another body
VALIDATION = ("validation",)
_FHIR, _AGREEMENT = Channel.FHIR, Ground.AGREEMENT
_ANSWERED = {status: INQUIRIES.labels(Channel.FHIR, status) for status in Status}
_LATENCY = LATENCY.labels(Channel.FHIR)


async def post_submit(counter: Counter, request: Request) -> HttpReply:
    """200 with the CoverageEligibilityResponse; of a Bundle with several requests, a Bundle of as many answers."""
    began = time.perf_counter()
    content_type = answer_type(request)
    client = client_that(counter, request, _may_submit)
    expect_json(request)
    body = await request.body()
    sent, at, mark = read_submitted(body), now(), request.headers.get(HEADER)
    reader = Reader(counter.base_url, request.language, client.organisation)
    if len(sent) == 1:
        told = await _ask_one(counter, client, sent[0], at, read_idempotency(mark, client.client_id, MARK + body))
        _LATENCY.observe(time.perf_counter() - began)
        return replied(tell_response(*told, reader), content_type, reader.language)
    marks = [read_idempotency(mark, client.client_id, MARK + body, b"%d" % place) for place in range(len(sent))]
    bundle = await _ask_many(counter, client, sent, marks, reader, at)
    return replied(bundle, content_type, reader.language)


async def post_request(counter: Counter, request: Request) -> HttpReply:
    """201 with where the answered request is read; what comes back with it is said by Prefer (R4 §3.1.0.1.10)."""
    began = time.perf_counter()
    content_type = answer_type(request)
    client = client_that(counter, request, lambda scopes: allows(scopes, REQUEST, "c"))
    expect_json(request)
    if b"if-none-exist" in request.headers:  # to ask although the condition is not looked at would ask twice
        raise Problem("invalid-input", (FieldError("If-None-Exist", "not_understood"),))
    body = await request.body()
    sent, at = read_single(body, read_kind(body), REQUEST), now()
    mark = read_idempotency(request.headers.get(HEADER), client.client_id, MARK + body)
    told = await _ask_one(counter, client, sent, at, mark)
    _LATENCY.observe(time.perf_counter() - began)
    reader = Reader(counter.base_url, request.language, client.organisation)
    location = f"{counter.base_url}{R4}/{REQUEST}/{told[0].tracking_code}".encode()
    wanted = (request.header(b"prefer") or "").replace(" ", "").lower()
    resource: Resource | None = tell_request(*told, reader)
    if "return=minimal" in wanted:
        resource = None
    elif "return=operationoutcome" in wanted:
        resource = informed(text("fhir.recorded", reader.language), reader.language)
    return replied(resource, content_type, reader.language, 201, (b"location", location))


def client_that(counter: Counter, request: Request, may: Callable[[frozenset[str]], bool]) -> ClientAccess:
    """The provider that sent the request. Problem `unauthorised`, `forbidden`, `no-agreement`, `unavailable`."""
    return with_agreement(counter.client(request, BEHIND, may))


def question_of(
    counter: Counter, client: ClientAccess, sent: Sent, at: datetime, mark: IdempotencyKey | None
) -> Question:
    """The question that was sent. Raises Problem `invalid-input`, `no-agreement`."""
    jurisdiction = jurisdiction_of(sent.person.type)
    today = jurisdiction.today(at)
    if not client.may(ELIGIBILITY, today):
        raise Problem("no-agreement")
    return Question(
        key=counter.secrets.key(sent.person.type, sent.person.number),
        service_day=read_day(sent, today),
        jurisdiction=jurisdiction.code,
        channel=_FHIR,
        ground=_AGREEMENT,
        setting=sent.setting,
        organisation=client.organisation,
        account=client.client_id,
        purpose=None if sent.purposes == VALIDATION else " ".join(sent.purposes)[:64],
        idempotency=mark,
        charges=client.charges(ELIGIBILITY, today) if client.limited else (),
    )


def answered(reply: Reply, question: Question, at: datetime) -> Answer:
    """The answer, counted. Raises Problem `idempotency-mismatch`, `quota-exceeded`."""
    if not isinstance(reply, Answer):
        raise not_answered(reply, question, at)
    _ANSWERED[reply.status].inc()
    return reply


def about(sent: Sent, question: Question) -> About:
    """What the answer is about, while what was sent is still at hand."""
    return About(question.jurisdiction, sent.purposes, sent.person)


def _may_submit(scopes: frozenset[str]) -> bool:
    """An operation has no letter of its own: who may create requests, or read answers, may submit one for the other."""
    return allows(scopes, REQUEST, "c") or allows(scopes, "CoverageEligibilityResponse", "r")


async def _ask_one(
    counter: Counter, client: ClientAccess, sent: Sent | Problem, at: datetime, mark: IdempotencyKey | None
) -> tuple[Answer, About]:
    if isinstance(sent, Problem):
        raise sent
    question = question_of(counter, client, sent, at, mark)
    (reply,) = await counter.coalescer.ask((question,), client.client_id)
    return answered(reply, question, at), about(sent, question)


async def _ask_many(
    counter: Counter,
    client: ClientAccess,
    sent: list[Sent | Problem],
    marks: list[IdempotencyKey | None],
    reader: Reader,
    at: datetime,
) -> Resource:
    """A batch-response: each request answered on its own, in the order in which they came (R4 §3.1.0.11.3)."""
    read: list[tuple[Question, Sent] | Problem] = []
    for each, mark in zip(sent, marks, strict=True):
        try:
            if isinstance(each, Problem):
                raise each
            read.append((question_of(counter, client, each, at, mark), each))
        except Problem as problem:
            read.append(problem)
    questions = [each[0] for each in read if not isinstance(each, Problem)]
    replies = iter(await counter.coalescer.ask_each(questions, client.client_id) if questions else ())
    entries = [each if isinstance(each, Problem) else _entry(next(replies), *each, reader, at) for each in read]
    told = [_refused(each, reader) if isinstance(each, Problem) else each for each in entries]
    return {"resourceType": "Bundle", "type": "batch-response", "timestamp": at, "entry": told}


def _entry(reply: Reply | Problem, question: Question, sent: Sent, reader: Reader, at: datetime) -> Resource | Problem:
    if isinstance(reply, Problem):
        return reply
    try:
        told = tell_response(answered(reply, question, at), about(sent, question), reader)
    except Problem as problem:
        return problem
    return {"resource": told, "response": {"status": "200"}}


def _refused(problem: Problem, reader: Reader) -> Resource:
    return {"response": {"status": str(problem.status), "outcome": outcome_of(problem, reader.language)}}
