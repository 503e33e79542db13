"""The rows of an objection: its case, what the case is about, and the first step (S2.12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from daftar.disclosure.places import places_of
from daftar.store.dialect import Connection, as_date, execute, rows
from daftar.store.keys import Key, Secrets
from daftar.store.sealing import seal_fields
from daftar.terms.case_numbers import new_case_number
from daftar.terms.cases import CaseAct, CaseKind, CaseState, Way
from daftar.terms.outcomes import Channel

CASE = "case"
"""What the seal of a case's fields is bound to."""

_STANDING = """
SELECT c.number, o.due_on, c.state FROM "case" c JOIN objection o ON o.case_id = c.id
WHERE c.person = ? AND o.inquiry = ? AND c.state <> 'withdrawn' ORDER BY c.id DESC
"""
_OPEN = """
SELECT count(*) FROM "case" WHERE person = ? AND kind = 'objection' AND state IN ('submitted', 'in_review', 'sent_back')
"""
_CASE = """
INSERT INTO "case" (number, kind, state, jurisdiction, person, applicant, matter, province, city, region, office,
version, made_at, submitted_at, queued_at, way, four_eyes, policy_version, claimed_by, confirmed_by, decided_by,
reasons, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 1, ?, ?, ?, ?, ?, '', '', '', '', '', ?) RETURNING id
"""
_OBJECTION = """
INSERT INTO objection (case_id, inquiry, channel, language, due_on, answer_reason, taken_by)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_STEP = """
INSERT INTO case_step (case_id, act, state, "by", office, at, reasons, sealed_note) VALUES (?, ?, ?, ?, ?, ?, '', ?)
"""


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """What is written of an objection. `account` is empty where nobody was logged in."""

    inquiry: int
    person: Key
    applicant: Key
    jurisdiction: str
    region: str
    channel: Channel
    language: str
    due_on: date
    answer_reason: str
    fields: Mapping[str, str]
    account: str
    office: str
    taken_by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An objection that is on record."""

    number: str
    due_on: date
    state: CaseState


def standing_objection(conn: Connection, person: Key, inquiry: int) -> Standing | None:
    """The newest objection of a person to an answer that was not withdrawn."""
    found = rows(conn, _STANDING, [person, inquiry])
    return Standing(found[0][0], as_date(found[0][1]) or date.min, CaseState(found[0][2])) if found else None


def open_objections(conn: Connection, person: Key) -> int:
    """How many objections of a person wait for their answer."""
    return int(rows(conn, _OPEN, [person])[0][0])


def objection_insert(conn: Connection, secrets: Secrets, row: ObjectionRow, *, at: datetime) -> str:
    """Write a submitted case of the kind `objection`; its number."""
    number, places = new_case_number(), places_of(conn, row.region)
    sealed = seal_fields(secrets, CASE, row.fields)
    values = [number, CaseKind.OBJECTION, CaseState.SUBMITTED, row.jurisdiction, row.person, row.applicant]
    where = [str(row.inquiry), places.province, places.city, places.region]
    made = execute(conn, _CASE, [*values, *where, at, at, at, Way.MANUAL, False, sealed]).fetchall()
    case = made[0][0]
    about = [row.inquiry, row.channel, row.language, row.due_on, row.answer_reason, row.taken_by]
    execute(conn, _OBJECTION, [case, *about])
    execute(conn, _STEP, [case, CaseAct.SUBMIT, CaseState.SUBMITTED, row.account, row.office, at, b""])
    return number
