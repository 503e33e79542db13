"""POST /own-entitlement/start and /confirm: the specific mode for app and web (S2.8-S2.10)."""

from datetime import datetime
from uuid import UUID

import msgspec

from daftar.disclosure import own_entitlement
from daftar.disclosure.own_entitlement import OwnEntitlement, Refused
from daftar.gate.counter import Counter, now
from daftar.gate.metrics import INQUIRIES
from daftar.gate.problems import FieldError, Problem, field_problem
from daftar.gate.request import Request
from daftar.gate.rest.subjects import Subject, read_subject, subject_jurisdiction
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.mobiles import read_mobile
from daftar.terms.outcomes import Channel
from daftar.terms.texts import text


class Start(msgspec.Struct, forbid_unknown_fields=True):
    """Who asks: an identifier and the applicant's mobile."""

    subject: Subject
    mobile: str


class Confirm(msgspec.Struct, forbid_unknown_fields=True):
    """The one-time code typed back."""

    challenge: str
    code: str


class ReasonTold(msgspec.Struct):
    """Why, as a word and in the reader's language."""

    code: str
    text: str


class OwnEntitlementTold(msgspec.Struct):
    """The specific answer (S2.8); `valid_until` null: no end is known, or there is no cover."""

    tracking_code: str
    status: str
    valid_until: str | None
    reason: ReasonTold
    data_as_of: datetime | None
    notice: str


_START = msgspec.json.Decoder(Start)
_CONFIRM = msgspec.json.Decoder(Confirm)


async def post_start(counter: Counter, request: Request) -> tuple[int, bytes]:
    """200 with the challenge; the code is on its way. Problem `mismatch` (S2.9) or `too-many-requests`."""
    sent = await request.json(_START)
    identifier = read_subject(sent.subject)
    try:
        mobile = read_mobile(sent.mobile, subject_jurisdiction(identifier).mobile_country)
    except Misunderstood as error:
        raise field_problem("mobile", error) from None
    at = now()
    started = await counter.desk.run(
        lambda conn: own_entitlement.start(
            conn,
            counter.secrets,
            identifier=identifier,
            mobile=mobile,
            network_address=request.network_address(counter.proxies),
            language=request.language,
            at=at,
        )
    )
    if isinstance(started, Refused):
        raise Problem(started.problem, retry_after=started.retry_after)
    return 200, msgspec.json.encode({"challenge": started})


async def post_confirm(counter: Counter, request: Request) -> tuple[int, bytes]:
    """200 with the specific answer; Problem `code-refused` with the tries left."""
    sent = await request.json(_CONFIRM)
    challenge, code = _challenge(sent.challenge), sent.code
    at = now()
    try:
        told = await counter.desk.run(
            lambda conn: own_entitlement.confirm(
                conn,
                counter.secrets,
                challenge=challenge,
                code=code,
                channel=Channel.API,
                at=at,
                writer=counter.writer,
                tracking=counter.tracking,
            )
        )
    except Misunderstood as error:
        raise field_problem("code", error) from None
    if isinstance(told, Refused):
        raise Problem(told.problem, (FieldError("code", "wrong_code", {"left": str(told.left)}),))
    INQUIRIES.labels(Channel.API, told.answer.status).inc()
    return 200, msgspec.json.encode(_tell(told, request.language))


def _challenge(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError:
        raise Problem("code-refused", (FieldError("code", "wrong_code", {"left": "0"}),)) from None


def _tell(own: OwnEntitlement, language: str) -> OwnEntitlementTold:
    answer = own.answer
    return OwnEntitlementTold(
        tracking_code=answer.tracking_code,
        status=answer.status,
        valid_until=answer.valid_until.isoformat() if answer.valid_until else None,
        reason=ReasonTold(answer.reason, text(f"reason.{answer.reason}", language)),
        data_as_of=own.data_as_of,
        notice=text("notice.as_of_today", language),
    )
