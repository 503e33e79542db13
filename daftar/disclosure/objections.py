"""An objection to an answer, taken down once whatever channel it comes by (S2.12): a case, its step, its record.

The person objects, or the main insured of a minor; a proxy does not (S3.3). Whoever asks about a code that is not an
answer about them learns no more than that it is none: the same statements, the same word.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from daftar.answers import Entry, TrackingCodes, record
from daftar.answers.recall import read_inquiries
from daftar.answers.writers import Writer
from daftar.disclosure.kin import person_behind
from daftar.disclosure.objection_rows import ObjectionRow, objection_insert, open_objections, standing_objection
from daftar.disclosure.telling import tell
from daftar.rules.majority import is_minor
from daftar.rules.objections import answer_by, most_open
from daftar.store.dialect import Connection, as_date, one_at_a_time, rows
from daftar.store.keys import Key, Secrets
from daftar.terms.case_numbers import grouped
from daftar.terms.cases import CaseAct, CaseState
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.objections import NotTaken
from daftar.terms.outcomes import Channel, Ground, Mode
from daftar.terms.tracking_codes import TrackingCode

OBJECTED_TO = frozenset({Mode.GENERAL, Mode.SPECIFIC})
"""Answers about entitlement; of what an authority asked, people ask by «who looked at my record»."""

_FOR_ANOTHER = frozenset({Ground.PROXY, Ground.CONSENT})
"""Who was told on these grounds may ask, not object: S3.3, and what a dependant consents to (S2.8)."""

_PERSON = "SELECT jurisdiction, insured_region FROM person WHERE key = ? AND NOT withdrawn"
_MAIN = """
SELECT p.birth_date FROM dependency d JOIN person p ON p.key = d.key
WHERE d.key = ? AND d.main_key = ? AND NOT d.withdrawn AND d.starts <= ? AND (d.ends IS NULL OR d.ends >= ?)
"""


@dataclass(frozen=True, slots=True)
class Objecting:
    """Who objects to which answer. `by` None: an operator takes it down (`account`, `office`) for the person.

    `said` and `phone` are sealed; `jurisdiction` counts for somebody whom the registry does not know.
    """

    code: TrackingCode
    by: Key | None
    channel: Channel
    language: str
    said: str = ""
    phone: str = ""
    caller: str = ""
    account: str = ""
    office: str = ""
    jurisdiction: str = ""


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection that is on record; `fresh` is False when it was there already, in whatever state."""

    number: str
    due_on: date
    state: CaseState
    fresh: bool


@dataclass(frozen=True, slots=True)
class _Whose:
    """Whom an answer is about, who objects to it, on what ground, and where the person belongs."""

    person: Key
    applicant: Key
    ground: Ground
    jurisdiction: str
    region: str


def object_to(
    conn: Connection, secrets: Secrets, wish: Objecting, *, at: datetime, writer: Writer, tracking: TrackingCodes
) -> Objected | NotTaken:
    """Take down an objection, and tell the person its number and the day by which it is answered.

    The same answer objected to once more gives the objection that is there, unless that was withdrawn. The caller owns
    the transaction; of two at once on PostgreSQL the second waits for the first.
    """
    id = tracking.id_of(wish.code)
    inquiry = read_inquiries(conn, [id]).get(id)
    whose = _whose(conn, inquiry, wish, at)
    if isinstance(whose, NotTaken) or inquiry is None:
        return whose if isinstance(whose, NotTaken) else NotTaken.UNKNOWN_CODE
    today = jurisdictions()[whose.jurisdiction].today(at)
    there = standing_objection(conn, whose.person, id)
    if there:
        return Objected(there.number, there.due_on, there.state, fresh=False)
    if open_objections(conn, whose.person) >= most_open(whose.jurisdiction, today):
        return NotTaken.TOO_MANY_OPEN
    row = ObjectionRow(
        inquiry=id,
        person=whose.person,
        applicant=whose.applicant,
        jurisdiction=whose.jurisdiction,
        region=whose.region,
        channel=wish.channel,
        language=wish.language,
        due_on=answer_by(whose.jurisdiction, today),
        answer_reason=inquiry["reason"],
        fields={"said": wish.said, "phone": wish.phone, "caller": wish.caller},
        account=wish.account,
        office=wish.office,
        taken_by=wish.account if wish.by is None else "",
    )
    number = objection_insert(conn, secrets, row, at=at)
    record(conn, [_entry(row, number, whose.ground)], at=at, writer=writer, tracking=tracking)
    for person in {whose.person, whose.applicant}:
        tell(conn, secrets, person, "objection_taken", wish.language, at=at, number=grouped(number), day=row.due_on)
    return Objected(number, row.due_on, CaseState.SUBMITTED, fresh=True)


def _whose(conn: Connection, inquiry: dict[str, Any] | None, wish: Objecting, at: datetime) -> _Whose | NotTaken:
    """Whose objection it would be, from the answer and who objects to it."""
    key = inquiry["key"] if inquiry and inquiry["mode"] in OBJECTED_TO else wish.by
    if key is None:
        return NotTaken.UNKNOWN_CODE
    person = person_behind(conn, key)
    one_at_a_time(conn, person)
    found = rows(conn, _PERSON, [person])
    jurisdiction, region = found[0] if found else (wish.jurisdiction, "")
    day = jurisdictions()[jurisdiction].today(at) if jurisdiction else at.date()
    minors = rows(conn, _MAIN, [person, wish.by or person, day, day])
    if inquiry is None or inquiry["mode"] not in OBJECTED_TO or not jurisdiction:
        return NotTaken.UNKNOWN_CODE
    if wish.by is None:
        return _Whose(person, person, Ground.DUTY, jurisdiction, region)
    if wish.by in (person, key):
        return _Whose(person, person, Ground.OWN, jurisdiction, region)
    if any(is_minor(as_date(born), day, jurisdiction) for (born,) in minors):
        return _Whose(person, wish.by, Ground.DEPENDANT, jurisdiction, region)
    told = inquiry["ground"] in _FOR_ANOTHER and inquiry["acting_for"] == wish.by
    return NotTaken.BY_PROXY if told else NotTaken.UNKNOWN_CODE


def _entry(row: ObjectionRow, number: str, ground: Ground) -> Entry:
    return Entry(
        channel=row.channel,
        mode="case_objection",
        key=row.person,
        outcome=CaseAct.SUBMIT,
        reason=CaseState.SUBMITTED,
        ground=ground,
        shown="",
        account=row.account or None,
        acting_for=row.applicant if row.applicant != row.person else None,
        office=row.office or None,
        reference=number,
    )
