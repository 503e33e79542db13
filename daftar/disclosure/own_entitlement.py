"""The specific mode (S2.8-S2.10): identifier and mobile, a one-time code, then status, end date, reason, data's age.

Refusals are returned, not raised, so that what was counted is committed with the caller's transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from daftar.answers import Answer, Entry, Question, TrackingCodes, Writer, ask, record
from daftar.disclosure import one_time_codes
from daftar.disclosure.applicant import find_applicant
from daftar.disclosure.mismatches import count_mismatch
from daftar.disclosure.outbox import Message, put
from daftar.store.dialect import Connection, as_date, as_datetime, marks, rows
from daftar.store.keys import Key, Secrets
from daftar.terms.digits import compact
from daftar.terms.identifiers import Identifier
from daftar.terms.jurisdictions import jurisdiction_of, jurisdictions
from daftar.terms.mobiles import Mobile
from daftar.terms.outcomes import Channel, Ground, Mode
from daftar.terms.texts import text

# Begun by the day: office, last day, last day of the dependency by which the spell is the person's.
_SPELLS = """
SELECT a.office, a.ends, NULL FROM affiliation a WHERE a.key = ? AND NOT a.withdrawn AND a.starts <= ?
UNION ALL
SELECT a.office, a.ends, d.ends FROM dependency d JOIN affiliation a ON a.key = d.main_key
WHERE d.key = ? AND NOT d.withdrawn AND d.starts <= ? AND NOT a.withdrawn AND a.starts <= ?
"""
CODE = "one_time_code"
"""Mode of a journal row about a code that was typed back and opened nothing: it is no answer."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing is told. `problem` is a code of [problem] in the texts; `left` tries remain where a code was wrong."""

    problem: str
    left: int = 0
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class OwnEntitlement:
    """The answer to someone who proved who they are."""

    answer: Answer
    jurisdiction: str
    data_as_of: datetime | None
    ground: Ground


def start(
    conn: Connection,
    secrets: Secrets,
    *,
    identifier: Identifier,
    mobile: Mobile,
    network_address: str,
    language: str,
    at: datetime,
) -> UUID | Refused:
    """Send a one-time code to `mobile` when it belongs to one who may ask about the person; the challenge to answer.

    That is the person, their main insured (of a minor, or by the dependant's consent), or a bound proxy. Refused with
    `mismatch` (S2.9: also when nobody is known), or `too-many-requests`.
    """
    key = secrets.key(identifier.type, identifier.number)
    mobile_key = secrets.mobile_key(mobile)
    jurisdiction = jurisdiction_of(identifier.type)
    today = jurisdiction.today(at)
    applicant = find_applicant(conn, key, mobile_key, jurisdiction.code, today)
    if applicant is None:
        within = count_mismatch(conn, secrets, key=key, network_address=network_address, day=today)
        return Refused("mismatch") if within else Refused("too-many-requests", retry_after=3600)
    issued = one_time_codes.issue(
        conn, secrets, key=key, mobile=mobile_key, applicant=applicant, language=language, at=at
    )
    if issued is None:
        return Refused("too-many-requests", retry_after=3600)
    challenge, code = issued
    message = Message(to=mobile, text=text("sms.one_time_code", language, code=code))
    put(conn, secrets, message, channel="sms", language=language, at=at)
    return challenge


def confirm(
    conn: Connection,
    secrets: Secrets,
    *,
    challenge: UUID,
    code: str,
    channel: Channel,
    at: datetime,
    writer: Writer,
    tracking: TrackingCodes,
) -> OwnEntitlement | Refused:
    """Answer whoever types the code back; Refused with `code-refused` and the tries left. `code` in any digits.

    Whose mobile it is, and whether they may ask, is looked up again: where a death, an end or another mobile came
    between, the code opens nothing any more.
    """
    opened = one_time_codes.redeem(conn, secrets, challenge=challenge, code=compact(code[:32]), at=at)
    if isinstance(opened, one_time_codes.Wrong):
        return Refused("code-refused", left=opened.left)
    jurisdiction = jurisdictions()[rows(conn, "SELECT jurisdiction FROM person WHERE key = ?", [opened.key])[0][0]]
    day = jurisdiction.today(at)
    who = find_applicant(conn, opened.key, opened.mobile, jurisdiction.code, day)
    if who is None:
        record(conn, [_told_nothing(opened, channel)], at=at, writer=writer, tracking=tracking)
        return Refused("code-refused")
    question = Question(
        key=opened.key,
        service_day=day,
        jurisdiction=jurisdiction.code,
        channel=channel,
        ground=who.ground,
        mode=Mode.SPECIFIC,
        acting_for=who.key if who.key != opened.key else None,
    )
    (answer,) = ask(conn, [question], at=at, writer=writer, tracking=tracking)
    assert isinstance(answer, Answer)  # no Idempotency-Key was sent
    return OwnEntitlement(answer, jurisdiction.code, data_as_of(conn, opened.key, day), who.ground)


def _told_nothing(opened: one_time_codes.Opened, channel: Channel) -> Entry:
    """That who was sent a code typed it back, and may ask no more."""
    who = opened.applicant
    return Entry(
        channel=channel,
        mode=CODE,
        key=opened.key,
        outcome="refused",
        reason="not_any_more",
        ground=who.ground,
        shown="",
        acting_for=who.key if who.key != opened.key else None,
    )


def data_as_of(conn: Connection, key: Key, day: date) -> datetime | None:
    """How new the newest fact is at the office that keeps the person's affiliation, or their main insured's (S2.15).

    With several offices the oldest counts; None when no office that counts has sent anything.
    """
    offices = sorted(_offices_that_count(conn, key, day))
    sql = f"SELECT max(newest_fact) FROM feed_office WHERE office IN ({marks(offices)}) GROUP BY office"
    found = rows(conn, sql, offices) if offices else []
    return min((age for line in found if (age := as_datetime(line[0]))), default=None)


def _offices_that_count(conn: Connection, key: Key, day: date) -> set[str]:
    """Of the spells that hold the day, the person's and those of a main insured on whom they depend that day.

    If none holds, of the one that ended last. A dependant's spell ends with the dependency or the main insured's.
    """
    found = rows(conn, _SPELLS, [key, day, key, day, day])
    spells = [(office, min(as_date(ends) or date.max, as_date(until) or date.max)) for office, ends, until in found]
    latest = max((last for _, last in spells), default=day)
    return {office for office, last in spells if last >= min(day, latest)}
