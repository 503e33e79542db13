"""POST /sms/messages: what Kannel's post-url hands in; 200 once it is taken for good, and never a reply in the body.

The reply leaves by the outbox, which was written with the answer in one transaction: see ADR 0020. What is given twice
by the gateway (same `id`) is taken once. Reports of delivery come to GET /sms/reports/{id}/{mark}.
"""

import hashlib
import hmac
import time
from datetime import UTC, datetime
from urllib.parse import parse_qs
from uuid import UUID

from daftar.disclosure.sms import IncomingSms, Outcome, dispatch
from daftar.disclosure.sms.dispatch import Report
from daftar.gate.counter import Counter
from daftar.gate.gateways import KANNEL, gateway_of
from daftar.gate.metrics import INQUIRIES, LATENCY, SMS
from daftar.gate.problems import Problem
from daftar.gate.request import Request
from daftar.gate.sms.gateway import report_mark
from daftar.gate.translator import Reply
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.mobiles import Mobile, read_network_number
from daftar.terms.outcomes import Channel, Status

LARGEST_MESSAGE = 64 * 1024
LONGEST_ID = 200
_TAKEN = Reply(200, b"", b"text/plain; charset=utf-8")
_COUNTRIES = tuple(each.mobile_country for each in jurisdictions().values())
_ANSWERED = {str(status): INQUIRIES.labels(Channel.SMS, status) for status in Status}
_LATENCY = LATENCY.labels(Channel.SMS)


async def post_message(counter: Counter, request: Request) -> Reply:
    """One message from a telephone. Problem `unauthorised`, `not-found` (no id), `unavailable`."""
    began = time.perf_counter()
    expect_kannel(counter, request)
    text = (await request.body(LARGEST_MESSAGE)).decode("utf-8", "replace")
    sender = _sender(request)
    if sender is None:
        SMS.labels("no_sender").inc()  # a short number, a name, another country: a reply would reach nobody
        return _TAKEN
    message = IncomingSms(_id(request), sender, (request.header(b"x-kannel-to") or "")[:32], text)
    (outcome,) = await counter.coalescer.ask((message,), sender)
    SMS.labels(outcome).inc()
    if outcome in (Outcome.COVERED, Outcome.NOT_COVERED):
        _ANSWERED[outcome].inc()
        _LATENCY.observe(time.perf_counter() - began)
    return _TAKEN


async def get_report(counter: Counter, request: Request) -> Reply:
    """What became of a message that Kannel had from us. Problem `unauthorised`, `not-found`."""
    expect_kannel(counter, request)
    id, mark = request.parts[2:4]
    state = (parse_qs(request.scope.get("query_string", b"").decode("latin-1")).get("state") or [""])[0]
    if not (id.isascii() and id.isdigit() and len(id) < 19):
        raise Problem("not-found")
    if not hmac.compare_digest(mark.encode(), report_mark(counter.secrets, int(id)).encode()):
        raise Problem("not-found")
    if state.isascii() and state.isdigit() and int(state[:4]) in list(Report):
        report = Report(int(state[:4]))
        at = datetime.now(UTC)
        await counter.desk.run(lambda conn: dispatch.note_report(conn, int(id), report, at))
    return _TAKEN


def expect_kannel(counter: Counter, request: Request) -> None:
    """Only our Kannel may hand in: it shares a secret with us. Problem `not-found` (no gateway), `unauthorised`."""
    if gateway_of(request, counter.gateways) != KANNEL:
        raise Problem("unauthorised")


def _sender(request: Request) -> Mobile | None:
    try:
        return read_network_number(request.header(b"x-kannel-from") or "", _COUNTRIES)
    except Misunderstood:
        return None


def _id(request: Request) -> UUID:
    """The gateway's name of the message as a UUID. Raises Problem `not-found` where there is none."""
    name = (parse_qs(request.scope.get("query_string", b"").decode("latin-1")).get("id") or [""])[0]
    if not 0 < len(name) <= LONGEST_ID:
        raise Problem("not-found")
    return UUID(bytes=hashlib.blake2b(name.encode(), digest_size=16).digest())
