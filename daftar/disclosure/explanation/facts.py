"""The facts of a person as they were known when an answer was given, and what came or went since."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from daftar.store.dialect import Connection, as_date, as_datetime, as_uuid, rows
from daftar.store.keys import Key

MOST_CONTRIBUTIONS, MOST_AHEAD = 36, 12
"""Contributions shown: up to the month asked about, and after it."""

COLUMNS = {
    "person": ("sex", "birth_date", "death_date"),
    "affiliation": ("kind", "starts", "ends", "office"),
    "dependency": ("main_key", "relation", "starts", "ends", "office"),
    "contribution": ("month", "kind", "days", "office"),
    "evidence": ("kind", "valid_from", "valid_until", "source", "office"),
    "other_cover": ("insurer", "starts", "ends", "office"),
}
"""What is shown of a fact, by table: all that the law reads of it, and its office; all are keyed by person."""

_DATES = ("birth_date", "death_date", "starts", "ends", "month", "valid_from", "valid_until")
_BEGINS = ("starts", "month", "valid_from", "birth_date")
_SHOWN = "key = ? AND NOT withdrawn"
_PAST = """
SELECT "table", said, recorded_at, known_since, replaced_at, withdrawn FROM fact_past
WHERE key = ? AND known_since <= ? AND replaced_at > ?
"""


class Standing(StrEnum):
    """Whether a fact was known when the answer was given, and what became of it."""

    STANDS = "stands"  # known then, and held still
    LATER = "later"  # it came after the answer and cannot have decided it
    CHANGED = "changed"  # known then; the registry says something else since
    WITHDRAWN = "withdrawn"  # known then; its source has withdrawn it since


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it says, when its source recorded it, since when the registry knew it, and until when if it did.

    `main` is the main insured to whom a dependency leads.
    """

    table: str
    values: dict[str, Any]
    recorded_at: datetime
    known_since: datetime
    standing: Standing
    until: datetime | None = None
    main: Key | None = None

    @property
    def later(self) -> bool:
        """Whether it came after the answer."""
        return self.standing == Standing.LATER

    @property
    def gone(self) -> bool:
        """Whether it was known then and is held no longer."""
        return self.until is not None

    @property
    def begins(self) -> date:
        """The day by which facts of a table are put in order."""
        return next((day for name in _BEGINS if (day := self.values.get(name))), date.min)


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one person. `through` is the dependency that leads to them; None: the answer is about themself.

    `unshown` contributions lie too far from the day asked about.
    """

    key: Key
    through: Fact | None
    held: list[Fact]
    unshown: int = 0


def facts_of(
    conn: Connection, key: Key, tables: Sequence[str], *, asked_at: datetime, day: date, through: Fact | None = None
) -> Facts:
    """What the registry knew of a person at an instant, and what it knows now; contributions around a day."""
    found = [*_now(conn, key, tables, asked_at), *_past(conn, key, tables, asked_at)]
    held: list[Fact] = []
    unshown = 0
    for table in tables:
        newest = sorted((each for each in found if each.table == table), key=lambda each: each.begins, reverse=True)
        if table == "contribution":
            near = _around(newest, day)
            unshown = len(newest) - len(near)
            newest = near
        held += newest
    return Facts(key, through, held, unshown)


def mains_of(facts: Facts, first: date, last: date) -> Iterator[Fact]:
    """The dependencies that the answer about these days rests on, one for each main insured.

    Known then, and holding one of the days; where none does, the one that ended last says why there is nothing.
    """
    known = [each for each in facts.held if each.main and not each.later and each.values["starts"] <= last]
    holding = [each for each in known if _last_day(each) >= first]
    led = holding or sorted(known, key=_last_day)[-1:]
    yield from {each.main: each for each in reversed(led)}.values()


def _last_day(fact: Fact) -> date:
    return fact.values["ends"] or date.max


def _around(contributions: list[Fact], day: date) -> list[Fact]:
    """Of contributions, the newest first, those next to a day."""
    ahead = sum(1 for each in contributions if each.begins > day)
    return contributions[max(ahead - MOST_AHEAD, 0) : ahead + MOST_CONTRIBUTIONS]


def _now(conn: Connection, key: Key, tables: Iterable[str], asked_at: datetime) -> Iterator[Fact]:
    for table in tables:
        columns = COLUMNS[table]
        sql = f"SELECT {', '.join(columns)}, recorded_at, known_since FROM {table} WHERE {_SHOWN}"
        for *values, recorded, since in rows(conn, sql, [key]):
            recorded_at = as_datetime(recorded)
            assert recorded_at is not None
            known_since = as_datetime(since) or recorded_at
            standing = Standing.LATER if known_since > asked_at else Standing.STANDS
            yield _fact(table, dict(zip(columns, values, strict=True)), recorded_at, known_since, standing)


def _past(conn: Connection, key: Key, tables: Sequence[str], asked_at: datetime) -> Iterator[Fact]:
    for table, said, *times, withdrawn in rows(conn, _PAST, [key, asked_at, asked_at]):
        if table in tables:
            columns = msgspec.json.decode(said)
            recorded_at, known_since, until = (as_datetime(each) or asked_at for each in times)
            standing = Standing.WITHDRAWN if withdrawn else Standing.CHANGED
            values = {name: columns.get(name) for name in COLUMNS[table]}
            yield _fact(table, values, recorded_at, known_since, standing, until)


def _fact(
    table: str,
    columns: dict[str, Any],
    recorded_at: datetime,
    known_since: datetime,
    standing: Standing,
    until: datetime | None = None,
) -> Fact:
    main = columns.pop("main_key", None)
    values = {name: as_date(value) if name in _DATES else value for name, value in columns.items()}
    return Fact(table, values, recorded_at, known_since, standing, until, Key(as_uuid(main)) if main else None)
