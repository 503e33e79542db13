"""How a person is insured: what the rules ask before a case is decided (S3.26); the case is journalled."""

from dataclasses import dataclass

from daftar.store.dialect import Connection, Row, as_date, rows
from daftar.store.keys import Key
from daftar.terms.periods import Period

_ENROLLED = "SELECT starts, ends, insurance_type, kind FROM affiliation WHERE key = ? AND NOT withdrawn ORDER BY starts"
_COVERED = "SELECT starts, ends FROM coverage WHERE key = ? AND insurer = ? ORDER BY starts"


@dataclass(frozen=True, slots=True)
class Spell:
    """A spell of affiliation; `insurance_type` is empty where its source gave none."""

    period: Period
    insurance_type: str
    kind: str


@dataclass(frozen=True, slots=True)
class Insured:
    """The spells of a person, the oldest first, and the days on which the own insurer covers them."""

    spells: tuple[Spell, ...]
    covered: tuple[Period, ...]


def insured(conn: Connection, person: Key, insurer: str) -> Insured:
    """How a person is insured with an insurer; spells that end before they begin, and empty spans, are left out."""
    spells = (Spell(period, row[2], row[3]) for row in rows(conn, _ENROLLED, [person]) for period in _period(row))
    covered = (period for row in rows(conn, _COVERED, [person, insurer]) for period in _period(row))
    return Insured(tuple(spells), tuple(covered))


def _period(row: Row) -> list[Period]:
    starts, ends = as_date(row[0]), as_date(row[1])
    return [] if starts is None or (ends and ends < starts) else [Period(starts, ends)]
