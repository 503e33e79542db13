"""Examined rows into a registry table, as sets: all at once where all are new; else by a temporary table of the chunk,
one look at what is known, one upsert.

Rows are written in the order of their keys, so that two writers never wait for each other in a circle.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from types import NoneType
from typing import Any

import psycopg

from daftar.coverage.past import COLUMNS as PAST_COLUMNS
from daftar.feeds.bulk import insert_rows
from daftar.feeds.counter_mobiles import CounterMobiles
from daftar.feeds.decide import Outcome, Version, weigh
from daftar.feeds.description import Change, FeedTable, Stored
from daftar.feeds.examine import IDENTIFIER_TABLE, Examined
from daftar.feeds.kept_values import KeptValues
from daftar.feeds.past import PastRows
from daftar.feeds.persons import NOBODY
from daftar.store.dialect import Connection, execute, for_sqlite, is_sqlite, rows
from daftar.store.keys import Secrets
from daftar.store.sealing import open_fields

Row = tuple[Stored, ...]
_STORED = {str, int, bytes, NoneType}
IDENTIFIER_COLUMNS = ("key", "person_key", "type", "sealed")


@dataclass(slots=True)
class Applied:
    """What became of each row of a chunk, whose spans may differ now, and what was written where something follows."""

    outcomes: list[Outcome] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    written: list[Change] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """Rows with one outcome."""
        return self.outcomes.count(outcome)


class Staging:
    """The way of examined rows into one registry table, over one connection; one chunk after another."""

    def __init__(self, conn: Connection, table: FeedTable, secrets: Secrets) -> None:
        self.conn = conn
        self.table = table
        self.secrets = secrets
        self.name = f"stage_{table.name}"
        self.written = (*table.stored, *(("known_since",) if table.decides else ()))
        self.columns = (*self.written, *(("identifier_type", "identifier_sealed") if table.registers else ()))
        self.past = PastRows(table) if table.decides else None
        self.key_at = [table.stored.index(name) for name in table.key]
        self.recorded_at = table.stored.index("recorded_at")
        self.sealed_at = table.stored.index("sealed") if table.seals else None
        self.person_at = 0 if table.identities else None
        plain_at = [
            i
            for i, name in enumerate(table.stored)
            if name not in ("recorded_at", "sealed", "jurisdiction", table.mobile and table.mobile.clock, *table.key)
            if not (table.attached and name == table.attached.into)  # sealed anew each time: its digest tells
        ]
        self.content_of = itemgetter(*plain_at)
        self.expects_new = True
        self._create()

    def _create(self) -> None:
        columns = ", ".join(f't."{name}"' for name in self.written)
        source = f"{self.table.target} t"
        if self.table.registers:
            columns += ", i.type AS identifier_type, i.sealed AS identifier_sealed"
            source += f" CROSS JOIN {IDENTIFIER_TABLE} i"
        lasting = "" if is_sqlite(self.conn) else "ON COMMIT DELETE ROWS"
        execute(self.conn, f"DROP TABLE IF EXISTS {self.name}")
        execute(
            self.conn,
            f"CREATE TEMPORARY TABLE {self.name} {lasting} AS SELECT 0 AS ordinal, {columns} FROM {source} WHERE 1 = 0",
        )

    def apply(self, examined: Examined, since: str) -> Applied:
        """Write a chunk; to be called inside the chunk's transaction. `since`: what it says is known from then on."""
        if not examined.rows:
            return Applied()
        key_of = itemgetter(*self.key_at)
        keys = [key_of(row) for row in examined.rows]
        return self._all_new(examined, keys, since) or self._weighed(examined, keys, since)

    def _all_new(self, examined: Examined, keys: list[object], since: str) -> Applied | None:
        """Insert rows that are all new, as in a first load; None, and nothing written, when some turn out not to be."""
        if not self.expects_new or self.table.at_first or len(set(keys)) < len(keys):
            return None
        execute(self.conn, "SAVEPOINT all_new")
        try:
            self._insert(examined, since)
        except (psycopg.IntegrityError, sqlite3.IntegrityError):
            execute(self.conn, "ROLLBACK TO SAVEPOINT all_new")
            self.expects_new = False
            return None
        applied = Applied([Outcome.CHANGED] * len(keys))
        self._touch(applied, examined.rows)
        if self.table.follow:
            applied.written = [(None, row) for row in examined.rows]
        return applied

    def _insert(self, examined: Examined, since: str) -> None:
        """Straight into the registry, without the stage."""
        table = self.table
        found: list[Row] = sorted(examined.rows, key=itemgetter(*self.key_at))
        if table.decides:
            found = [(*row, since) for row in found]
        insert_rows(self.conn, table.target, self.written, found)
        if table.registers:
            pairs = zip(examined.rows, examined.identifiers, strict=True)
            named = sorted((row[self.key_at[0]], row[self.key_at[0]], *identifier) for row, identifier in pairs)
            insert_rows(self.conn, IDENTIFIER_TABLE, IDENTIFIER_COLUMNS, named)

    def _weighed(self, examined: Examined, keys: list[object], since: str) -> Applied:
        """Weigh every row against what is known of its key, and write those that win."""
        self._fill(examined, range(len(examined.rows)), since)
        known = self._known()
        self.expects_new = not known
        counters, kept = CounterMobiles(self.table, self.secrets, known), KeptValues(self.table)
        applied, losers = self._weigh(examined, keys, known, counters, kept)
        if len(losers) < len(keys):
            lost = set(losers)
            winners = [(known.get(keys[i]), row) for i, row in enumerate(examined.rows) if i not in lost]
            if self.table.follow:
                applied.written = list(winners)
            if self.past:
                past = list(self.past.of(((before, row) for before, row in winners if before), since))
                insert_rows(self.conn, "fact_past", PAST_COLUMNS, past)
            merged = (counters.merged.keys() | kept.filled.keys()) - lost
            self._drop([*losers, *merged])
            self._fill(examined, sorted(merged), since)
            self._write(self._news())
        if is_sqlite(self.conn):
            execute(self.conn, f"DELETE FROM {self.name}")
        return applied

    def _fill(self, examined: Examined, ordinals: Sequence[int], since: str) -> None:
        known = (since,) if self.table.decides else ()
        if self.table.registers:
            filled = [(i, *examined.rows[i], *known, *examined.identifiers[i]) for i in ordinals]
        else:
            filled = [(i, *examined.rows[i], *known) for i in ordinals]
        insert_rows(self.conn, self.name, ("ordinal", *self.columns), filled)

    def _weigh(
        self,
        examined: Examined,
        keys: list[object],
        known: dict[object, Row],
        counters: CounterMobiles,
        kept: KeptValues,
    ) -> tuple[Applied, list[int]]:
        """What becomes of each row, and the ordinals of those that are not written."""
        applied = Applied()
        standing: dict[object, tuple[Version, int | None]] = {}
        losers = []
        for ordinal, (key, row) in enumerate(zip(keys, examined.rows, strict=True)):
            fields = examined.fields[ordinal] if examined.fields else None
            if key in counters.held:
                row, fields = counters.merge(ordinal, key, row, fields or {}, examined.assumed[ordinal])
            before, place = standing.get(key) or (self._known_version(known.get(key)), None)
            row = kept.fill(ordinal, row, known.get(key) if place is None else examined.rows[place])
            new = self._version(row, fields, examined.assumed[ordinal])
            verdict = weigh(before, new)
            applied.outcomes.append(verdict.outcome)
            if verdict.outcome is Outcome.CHANGED:
                self._touch(applied, [row, *([known[key]] if key in known else [])])
            if not verdict.replaces:
                losers.append(ordinal)
                continue
            if key in counters.held:
                counters.settle(ordinal, key)
            examined.rows[ordinal] = row
            if place is not None:
                losers.append(place)
            standing[key] = (new, ordinal)
        return applied, losers

    def _touch(self, applied: Applied, touched: list[Row]) -> None:
        if self.person_at is not None:
            applied.touched.update(map(itemgetter(self.person_at), touched))
            applied.touched.discard(NOBODY)

    def _known(self) -> dict[object, Row]:
        """What the registry holds for the keys of the chunk, locked until the chunk is committed."""
        columns = ", ".join(f't."{name}"' for name in self.table.stored)
        if self.past:
            columns += ", CAST(t.known_since AS text)"  # seldom needed: as text it costs no object a row
        same = " AND ".join(f't."{name}" = s."{name}"' for name in self.table.key)
        order = ", ".join(f't."{name}"' for name in self.table.key)
        lock = "" if is_sqlite(self.conn) else f"ORDER BY {order} FOR UPDATE OF t"
        found = rows(self.conn, f"SELECT {columns} FROM {self.name} s JOIN {self.table.target} t ON {same} {lock}")
        key_of = itemgetter(*self.key_at)
        stored = map(_as_stored, zip(*found, strict=True))
        return {key_of(row): row for row in zip(*stored, strict=True)}

    def _known_version(self, row: Row | None) -> Version | None:
        if row is None:
            return None
        fields = None
        if self.sealed_at is not None:
            sealed = row[self.sealed_at]
            fields = open_fields(self.secrets, self.table.target, sealed) if isinstance(sealed, bytes) else {}
        return self._version(row, fields, False)

    def _version(self, row: Row, fields: dict[str, str] | None, assumed: bool) -> Version:
        return Version((self.content_of(row), fields), str(row[self.recorded_at]), assumed)

    def _drop(self, losers: list[int]) -> None:
        if not losers:
            return
        if is_sqlite(self.conn):
            self.conn.executemany(f"DELETE FROM {self.name} WHERE rowid = ?", [(place + 1,) for place in losers])
            return
        execute(self.conn, f"DELETE FROM {self.name} WHERE ordinal = ANY(?)", [losers])

    def _news(self) -> str:
        """What an upsert does with a row that is there. One that says the same to the law has been known all along."""
        table = self.table
        news = [f'"{name}" = excluded."{name}"' for name in table.stored if name not in table.key]
        if table.decides:
            old = table.target
            decided = [name for name in (*table.decides, "withdrawn") if name not in table.key]
            equals = "IS" if is_sqlite(self.conn) else "IS NOT DISTINCT FROM"  # SQLite knows the latter from 3.39 on
            same = " AND ".join(f'{old}."{name}" {equals} excluded."{name}"' for name in decided)
            since = f"COALESCE({old}.known_since, {old}.recorded_at)"
            news.append(f"known_since = CASE WHEN {same} THEN {since} ELSE excluded.known_since END")
        return f"UPDATE SET {', '.join(news)} WHERE {table.target}.recorded_at <= excluded.recorded_at"

    def _write(self, on_conflict: str) -> None:
        """Write the stage in the order of keys."""
        table, key = self.table, ", ".join(f'"{name}"' for name in self.table.key)
        columns = ", ".join(f'"{name}"' for name in self.written)
        first_names = "".join(f', "{name}"' for name, _ in table.at_first)
        first_values = "".join(f", {value}" for _, value in table.at_first)
        execute(
            self.conn,
            f"INSERT INTO {table.target} ({columns}{first_names}) SELECT {columns}{first_values} FROM {self.name} "
            f"WHERE 1 = 1 ORDER BY {key} ON CONFLICT ({key}) DO {on_conflict}",
        )
        if table.registers:
            execute(
                self.conn,
                f"INSERT INTO {IDENTIFIER_TABLE} ({', '.join(IDENTIFIER_COLUMNS)}) "
                f"SELECT key, key, identifier_type, identifier_sealed FROM {self.name} WHERE 1 = 1 ORDER BY key "
                "ON CONFLICT (key) DO NOTHING",
            )


def _as_stored(values: Sequence[Any]) -> Sequence[Stored]:
    """A column that was read, as it was written; most need no conversion."""
    return values if set(map(type, values)) <= _STORED else [for_sqlite(value) for value in values]
