"""Acts done to a case that is held: the row, the steps, the journal's records, the notices; all or nothing.

A submission that the rules decide is two acts written together, by plain SQL: it is asked for by the hundred.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection

from daftar.answers import Entry
from daftar.portal.accounts.models import Account
from daftar.portal.cases.machine import RULES, Standing, after
from daftar.portal.cases.models import Case
from daftar.portal.cases.telling import TOLD, tell
from daftar.portal.journal.services import looks_record, looks_recording, raw_connection
from daftar.store.dialect import Statement, as_datetime, as_uuid, execute_together, rows
from daftar.store.keys import Key
from daftar.store.sealing import Fields, open_fields
from daftar.terms.cases import PENDING, CaseAct, CaseKind, CaseState, NotDone
from daftar.terms.outcomes import Channel, Ground

TABLE = "case"
NOTE = "case_step.note"

ONE_OPEN = ("case_one_open", "case.person, case.kind, case.matter")
"""How PostgreSQL and SQLite name the rule that of a matter one case is open at most."""

COLUMNS = {field.column: field.get_internal_type() for field in Case._meta.concrete_fields}
CONVERT: dict[str, Callable[[Any], Any]] = {"UUIDField": as_uuid, "DateTimeField": as_datetime, "BooleanField": bool}
READ = f"""SELECT {", ".join(f'"{column}"' for column in COLUMNS)} FROM "case" WHERE id = ?"""
HOLD = f"{READ} FOR UPDATE"
INSERT_STEP = """INSERT INTO case_step (case_id, act, state, "by", office, at, reasons, sealed_note)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""


class CaseNotDone(Exception):
    """An act was not done and nothing was changed; `what` names the material or the like that is missing."""

    def __init__(self, why: NotDone, what: Sequence[str] = ()) -> None:
        super().__init__(why)
        self.why, self.what = why, tuple(what)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a citizen with their key, staff with their office, or the rules."""

    user: str
    key: UUID | None = None
    office: str = ""
    overseer: bool = False


@dataclass(frozen=True, slots=True)
class Doing:
    """One act by somebody, with codes of reasons and a note to the applicant; `tell`: whether there is a notice."""

    act: CaseAct
    by: Actor
    reasons: Sequence[str] = ()
    note: str = ""
    tell: bool = True


def citizen(account: Account) -> Actor:
    """A citizen as the actor."""
    return Actor(account.user, key=account.person_key)


def held(case: int) -> Case:
    """A case, its row locked until the transaction ends. Raises Case.DoesNotExist."""
    sql = HOLD if connection.features.has_select_for_update else READ
    conn = raw_connection()  # which there is in a transaction alone: outside of one the lock would hold nothing
    with connection.wrap_database_errors:
        found = rows(conn, sql, [case])
    if not found:
        raise Case.DoesNotExist
    stored = {column: _read(kind, cell) for (column, kind), cell in zip(COLUMNS.items(), found[0], strict=True)}
    made = Case.from_db(connection.alias, list(stored), list(stored.values()))
    made.stored = stored
    return made


def _read(kind: str, cell: Any) -> Any:
    """A cell as Django's own way reads it, which takes three times as long."""
    return cell if cell is None or kind not in CONVERT else CONVERT[kind](cell)


def fields_of(case: Case) -> Fields:
    """The form's fields, opened. Who shows them records it (`case_open`)."""
    return open_fields(settings.SECRETS, TABLE, case.sealed)


def standing(case: Case) -> Standing:
    """What the state machine asks of a case."""
    return Standing(CaseState(case.state), case.four_eyes, case.claimed_by, case.confirmed_by)


def step(
    case: Case, act: CaseAct, *, by: Actor, at: datetime, reasons: Sequence[str] = (), note: str = "", tell: bool = True
) -> None:
    """Do an act to a held case. Raises CaseNotDone."""
    steps(case, [Doing(act, by, reasons, note, tell)], at=at)


def steps(case: Case, doings: Sequence[Doing], *, at: datetime) -> None:
    """Do acts one after the other to a held case, and write them together. Raises CaseNotDone."""
    statements: list[Statement] = []
    entries = []
    for doing in doings:
        _move(case, doing, at)
        statements += _changes(case)  # each state: the database refuses one that another case stands against
        statements.append((INSERT_STEP, _step_row(case, doing, at)))
        entries.append(_entry(case, doing.act, doing.by))
    _write([*statements, *looks_recording(entries, at=at)])
    for doing in doings:
        if doing.tell and doing.act in TOLD:
            tell(case, doing.act, at)


def record(case: Case, outcome: str, *, by: Actor, at: datetime, shown: str = "") -> None:
    """Journal something done to a case or shown of it, under the person, with who acts for them (X.5)."""
    looks_record([_entry(case, outcome, by, shown)], at=at)


def _entry(case: Case, outcome: str, by: Actor, shown: str = "") -> Entry:
    acting = case.applicant if by.user == RULES else by.key
    return Entry(
        channel=Channel.WEB,
        mode=f"case_{case.kind}",
        key=Key(case.person),
        outcome=outcome,
        reason=case.state,
        ground=_ground(case, acting),
        shown=shown,
        account=by.user,
        acting_for=Key(acting) if acting and acting != case.person else None,
        office=by.office or None,
        reference=case.number,
    )


def _ground(case: Case, acting: UUID | None) -> Ground:
    if acting is None:
        return Ground.DUTY
    if acting == case.person:
        return Ground.OWN
    return Ground.DEPENDANT if case.kind == CaseKind.OBJECTION else Ground.PROXY  # a proxy does not object (S3.3)


def _move(case: Case, doing: Doing, at: datetime) -> None:
    moved = after(standing(case), doing.act, by=doing.by.user, overseer=doing.by.overseer)
    if isinstance(moved, NotDone):
        raise CaseNotDone(moved)
    _carry_over(case, moved, doing.act, doing.by, at)
    case.reasons = " ".join(doing.reasons)


def _step_row(case: Case, doing: Doing, at: datetime) -> tuple[Any, ...]:
    sealed = settings.SECRETS.seal(doing.note.encode(), about=NOTE) if doing.note else b""
    by = doing.by
    return case.pk, doing.act, case.state, by.user, by.office, at, case.reasons, sealed


def _carry_over(case: Case, moved: Standing, act: CaseAct, by: Actor, at: datetime) -> None:
    """Write into the row what the machine says, with the moments of it."""
    if moved.claimed_by != case.claimed_by:
        case.claimed_at = at if moved.claimed_by else None
    if moved.confirmed_by != case.confirmed_by:
        case.confirmed_at = at if moved.confirmed_by else None
    case.state, case.claimed_by, case.confirmed_by = moved.state, moved.claimed_by, moved.confirmed_by
    if act == CaseAct.SUBMIT:
        case.submitted_at = at
    case.queued_at = (case.queued_at or at) if moved.state in PENDING else None
    case.sent_back_at = (case.sent_back_at or at) if moved.state == CaseState.SENT_BACK else None
    if moved.state in (CaseState.APPROVED, CaseState.REFUSED):
        case.decided_by, case.decided_at = by.user, at


def _changes(case: Case) -> list[Statement]:
    """What has changed in the row, to be written: of a case's many indexes few have to be."""
    changed = {column: getattr(case, column) for column in COLUMNS if getattr(case, column) != case.stored[column]}
    case.stored |= changed
    columns = ", ".join(f'"{column}" = ?' for column in changed)
    return [(f'UPDATE "case" SET {columns} WHERE id = ?', [*changed.values(), case.pk])] if changed else []


def _write(statements: Sequence[Statement]) -> None:
    """Write all; the database refuses a second open case about the same matter, even at the same moment."""
    try:
        with connection.wrap_database_errors:
            execute_together(raw_connection(), statements)
    except IntegrityError as error:
        if any(name in str(error) for name in ONE_OPEN):
            raise CaseNotDone(NotDone.ANOTHER_OPEN) from error
        raise
