"""Writing and reading rows of the journal, table `inquiry`: the same columns in the same order on both databases."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import psycopg

from daftar.answers.questions import Entry
from daftar.store.dialect import Connection, Row, Statement, for_sqlite, is_sqlite

TYPES = {
    "id": "int8",
    "asked_at": "timestamptz",
    "channel": "varchar",
    "mode": "varchar",
    "organisation": "varchar",
    "account": "varchar",
    "acting_for": "uuid",
    "office": "varchar",
    "key": "uuid",
    "service_day": "date",
    "period_from": "date",
    "period_to": "date",
    "setting": "varchar",
    "outcome": "varchar",
    "reason": "varchar",
    "valid_until": "date",
    "payers": "varchar",
    "rule_version": "varchar",
    "ground": "varchar",
    "purpose": "varchar",
    "reference": "varchar",
    "shown": "varchar",
}
COLUMNS = tuple(TYPES)

INSERT_SQLITE = f"INSERT INTO inquiry ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
# A binary COPY is the cheapest way of writing many rows of many columns, for both ends (ADR 0003).
COPY_POSTGRESQL = f"COPY inquiry ({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)"

INSERT_NEXT = f"""INSERT INTO inquiry ({", ".join(COLUMNS)})
    VALUES ((SELECT ? + next_sequence FROM writer WHERE number = ?), {", ".join("?" * len(COLUMNS[1:]))})"""
"""One entry under an id that is counted from its writer's, which nobody has read."""

_CONVERT: dict[str, Callable[[Any], str]] = {
    "uuid": lambda key: str(key.hex),
    "date": date.isoformat,
    "timestamptz": for_sqlite,
}
_SQLITE = [(place, _CONVERT[type]) for place, type in enumerate(TYPES.values()) if type in _CONVERT]


def write(conn: Connection, first_id: int, at: datetime, entries: Sequence[Entry]) -> None:
    """Write entries under consecutive ids from `first_id` on."""
    lines = (_values(first_id + place, at, entry) for place, entry in enumerate(entries))
    if is_sqlite(conn):
        conn.executemany(INSERT_SQLITE, map(_as_sqlite, lines))
        return
    with psycopg.Cursor(conn).copy(COPY_POSTGRESQL) as copy:
        copy.set_types(list(TYPES.values()))
        for line in lines:
            copy.write_row(line)


def insertion(offset: int, writer: int, at: datetime, entry: Entry) -> Statement:
    """One entry under the id that lies `offset` above the writer's next sequence."""
    return INSERT_NEXT, [offset, writer, *_values(0, at, entry)[1:]]


def _values(id: int, at: datetime, entry: Entry) -> Row:
    return (
        id,
        at,
        entry.channel,
        entry.mode,
        entry.organisation,
        entry.account,
        entry.acting_for,
        entry.office,
        entry.key,
        entry.service_day,
        entry.period_from,
        entry.period_to,
        entry.setting,
        entry.outcome,
        entry.reason,
        entry.valid_until,
        entry.payers,
        entry.rule_version,
        entry.ground,
        entry.purpose,
        entry.reference,
        entry.shown,
    )


def _as_sqlite(line: Row) -> list[Any]:
    """The few values that are not text or numbers as SQLite holds them (see `for_sqlite`, which asks each its type)."""
    values = list(line)
    for place, convert in _SQLITE:
        if values[place] is not None:
            values[place] = convert(values[place])
    return values


def as_mapping(line: Sequence[Any]) -> dict[str, Any]:
    """A row selected by COLUMNS, by column name."""
    return dict(zip(COLUMNS, line, strict=True))
