"""Opening expenses and statements: what is read and the journal's row of it are one transaction (X.5)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.answers import Entry
from daftar.portal.journal.services import looks_record
from daftar.portal.settlement.patient import Patient, patient_of
from daftar.portal.settlement.selectors import Found, Line, Places, expenses_of, places_of, sealed_of, settlement_found
from daftar.store.keys import Key
from daftar.store.sealing import Fields, open_fields
from daftar.terms.outcomes import Channel, Ground

EXPENSES = "expenses"
STATEMENT = "statement"
STATEMENT_SHOWN = "name sex birth_date number statement"
SEALED = "settlement"


class Opened(StrEnum):
    """How a statement was opened."""

    SHOWN = "shown"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Expenses:
    """Everything that was settled directly, and the names of the places in it."""

    lines: list[Line]
    places: Places


@dataclass(frozen=True, slots=True)
class StatementContent:
    """What stands on a statement, opened."""

    found: Found
    patient: Patient
    places: Places
    sealed: Fields


@transaction.atomic
def expenses_open(*, person: UUID, by: str, at: datetime) -> Expenses:
    """A person's list of expenses, for their own eyes (S4.23)."""
    lines = expenses_of(person)
    _record(person, EXPENSES, Opened.SHOWN, EXPENSES, by=by, at=at)
    return Expenses(lines, places_of(each.row for each in lines))


@transaction.atomic
def statement_open(*, person: UUID, reference: str, what: Opened, by: str, at: datetime) -> StatementContent | None:
    """A statement for one's own eyes or printer (S4.24); None, and nothing journalled, when there is none of theirs."""
    found = settlement_found(person, reference)
    if found is None:
        return None
    sealed = sealed_of(found.row)
    fields = open_fields(settings.SECRETS, SEALED, sealed) if sealed else {}
    _record(person, STATEMENT, what, STATEMENT_SHOWN, by=by, at=at, reference=reference)
    return StatementContent(found, patient_of(person), places_of([found.row]), fields)


def _record(
    person: UUID, mode: str, what: Opened, shown: str, *, by: str, at: datetime, reference: str | None = None
) -> None:
    entry = Entry(
        channel=Channel.WEB,
        mode=mode,
        key=Key(person),
        outcome=what,
        reason=mode,
        ground=Ground.OWN,
        shown=shown,
        account=by,
        reference=reference,
    )
    looks_record([entry], at=at)
