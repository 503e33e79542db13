"""How a person is insured, and what they have filed: what the rules ask before a filing is decided (S3.26).

Plain statements: hundreds of filings a second are decided by them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from daftar.rules.filing_decision import StandingFiling
from daftar.store.dialect import Connection, Row, as_date, is_sqlite, marks, rows
from daftar.store.keys import Key
from daftar.terms.periods import Period

_PERSON = "SELECT insured_region, death_date FROM person WHERE key = ? AND NOT withdrawn"
_ENROLLED = "SELECT starts, ends, insurance_type, kind FROM affiliation WHERE key = ? AND NOT withdrawn ORDER BY starts"
_COVERED = "SELECT starts, ends FROM coverage WHERE key = ? AND insurer = ? ORDER BY starts"
_FILED = "SELECT starts, ends, state FROM filing WHERE key = ? AND NOT withdrawn"


@dataclass(frozen=True, slots=True)
class Registered:
    """A person of the registry: where they are insured, empty where nobody knows, and when they died."""

    insured_region: str
    died: date | None


@dataclass(frozen=True, slots=True)
class Spell:
    """A spell of affiliation; `insurance_type` is empty where its source gave none."""

    period: Period
    insurance_type: str
    kind: str


@dataclass(frozen=True, slots=True)
class Pooling:
    """A pooling region that settles directly; it takes all insurance types where it names none."""

    region: str
    opened_on: date | None
    insurance_types: tuple[str, ...]


def registered(conn: Connection, person: Key, *, hold: bool = False) -> Registered | None:
    """A person; `hold` keeps the row until the transaction ends."""
    lock = " FOR UPDATE" if hold and not is_sqlite(conn) else ""  # SQLite has taken its write lock at the beginning
    found = rows(conn, _PERSON + lock, [person])
    return Registered(found[0][0], as_date(found[0][1])) if found else None


def spells_of(conn: Connection, person: Key) -> list[Spell]:
    """The spells of a person, the oldest first, without those that end before they begin."""
    found = rows(conn, _ENROLLED, [person])
    return [Spell(period, row[2], row[3]) for row in found for period in _period(row)]


def covered_by(conn: Connection, person: Key, insurer: str) -> list[Period]:
    """The days on which an insurer covers a person; spans that cover nothing are left out."""
    return [period for row in rows(conn, _COVERED, [person, insurer]) for period in _period(row)]


def filed_by(conn: Connection, person: Key) -> list[StandingFiling]:
    """All filings of a person that their sources have not withdrawn, whatever their days are."""
    found = ((as_date(starts), as_date(ends), state) for starts, ends, state in rows(conn, _FILED, [person]))
    return [StandingFiling(starts, ends, state) for starts, ends, state in found if starts]


def pooling_open(conn: Connection, regions: Collection[str], day: date) -> list[Pooling]:
    """The pooling regions of some regions that settle directly by a day."""
    wanted = list(regions)
    if not wanted:
        return []
    found = rows(
        conn,
        "SELECT region, opened_on, insurance_types FROM pooling_region"
        f" WHERE NOT withdrawn AND opened_on <= ? AND region IN ({marks(wanted)})",
        [day, *wanted],
    )
    return [Pooling(region, as_date(opened), tuple(types.split())) for region, opened, types in found]


def _period(row: Row) -> list[Period]:
    starts, ends = as_date(row[0]), as_date(row[1])
    return [] if starts is None or (ends and ends < starts) else [Period(starts, ends)]
