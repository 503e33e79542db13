"""Days on which several basic insurers cover a person at once (S2.5), renewed with the spans in one transaction.

A table of its own: counting overlaps by joining the spans of a nation with themselves takes minutes (ADR 0018).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from daftar.coverage.scope import among
from daftar.coverage.writing import Span
from daftar.store.dialect import Connection, Row, execute_many, rows


class Overlap(NamedTuple):
    """One row of `overlap` as text, without its number; `insurers` are codes in order, a space between."""

    key: str
    jurisdiction: str
    starts: str
    ends: str | None
    insurers: str
    office: str


COLUMNS = ", ".join(Overlap._fields)
TEXTS = ", ".join(f"CAST({name} AS text)" for name in Overlap._fields)
INSERT = f"INSERT INTO overlap ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)"
DELETE = "DELETE FROM overlap WHERE key = ? AND starts = ?"  # on a day a person has one overlap at most


def renew(conn: Connection, spans: Iterable[Span], keys: Collection[UUID]) -> None:
    """Write the overlaps of these persons whose spans are `spans`; rows that stay as they were are not touched."""
    condition, values = among(conn, "key", keys)
    old = set(map(Overlap._make, rows(conn, f"SELECT {TEXTS} FROM overlap WHERE {condition}", values)))
    new = set(_overlaps(conn, spans))
    if gone := old - new:
        execute_many(conn, DELETE, [(each.key, each.starts) for each in gone])
    if come := new - old:
        execute_many(conn, INSERT, list(come))


def _overlaps(conn: Connection, spans: Iterable[Span]) -> Iterator[Overlap]:
    covering: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if span.ends is None or span.ends >= span.starts:
            covering[span.key].append(span)
    several = {key: held for key, held in covering.items() if len({span.insurer for span in held}) > 1}
    for key, jurisdiction, office in _places(conn, several) if several else ():
        for starts, ends, insurers in together(several[key]):
            yield Overlap(key, jurisdiction, starts, ends, insurers, office)


def _places(conn: Connection, keys: Collection[str]) -> list[Row]:
    """Jurisdiction and responsible office of persons."""
    condition, values = among(conn, "key", [UUID(key) for key in keys])
    return rows(conn, f"SELECT CAST(key AS text), jurisdiction, office FROM person WHERE {condition}", values)


def together(spans: Collection[Span]) -> list[tuple[str, str | None, str]]:
    """First day, last day and insurers of each stretch that several of them cover, of one person's covering spans."""
    dated = [(_day(span.starts), _day(span.ends) if span.ends else None, span.insurer) for span in spans]
    turns = sorted({starts for starts, _, _ in dated} | {ends + 1 for _, ends, _ in dated if ends is not None})
    found: list[tuple[int, int | None, str]] = []
    for place, day in enumerate(turns):
        until = turns[place + 1] - 1 if place + 1 < len(turns) else None
        insurers = sorted({who for starts, ends, who in dated if starts <= day and (ends is None or day <= ends)})
        if len(insurers) < 2:
            continue
        words = " ".join(insurers)
        if found and found[-1][1] == day - 1 and found[-1][2] == words:
            found[-1] = (found[-1][0], until, words)
        else:
            found.append((day, until, words))
    return [(_iso(starts), None if ends is None else _iso(ends), words) for starts, ends, words in found]


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
