"""Many persons: all who wait for a rebuild, or the whole nation after a change of the law.

Transactions are short, and others have their turn in between, so that inquiries go on meanwhile. Persons whose facts
cannot be read, and who belongs to them, stay as they are and keep nobody else waiting.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import psycopg

from daftar.coverage.rebuilding import CHUNK, rebuild
from daftar.rules.engine.duckdb import warm_up
from daftar.store.connect import transaction
from daftar.store.dialect import Connection, as_uuid, execute, is_sqlite, rows
from daftar.store.pace import Pace
from daftar.store.patience import patiently

Progress = Callable[[int], None]
"""Told the number of persons handled since it was told last."""

NIL = UUID(int=0)
_DUE = "SELECT key FROM coverage_due WHERE key > ? ORDER BY key LIMIT ?"
_ALL = "SELECT key FROM person WHERE key > ? ORDER BY key LIMIT ?"
_FIRST_KEYS = 1_600  # a quarter of it, the least, are still few enough for the engine that begins at once
_ALONE_SECONDS = 0.6  # about what the law takes for as many as it takes at once
_HOUSEHOLDS = 100  # the facts of more persons than this may be more than households have
_MOST_LEFT = 1_000  # when there are more of them, it is not they: the law itself cannot be run
_OF_THE_DATABASE = (
    *(sqlite3.OperationalError, psycopg.OperationalError, psycopg.InterfaceError, psycopg.ProgrammingError),
    *(OSError, MemoryError),
)
"""Errors that no person is to blame for: nobody is left out because of them."""


@dataclass(slots=True)
class Rebuilt:
    """What became of many.

    Persons handled; how many have new spans, who depends on them included; and how many were left as they were, marked
    in coverage_due, because their facts cannot be read.
    """

    handled: int = 0
    changed: int = 0
    left: int = 0


def not_before(at: datetime) -> datetime:
    """When spans are replaced by work that began at `at`: now, as answers have been given since from what stood."""
    return max(at, datetime.now(UTC))


def rebuild_due(conn: Connection, *, at: datetime, progress: Progress = lambda handled: None) -> Rebuilt:
    """Rebuild all persons on the list of those who wait.

    Opens and commits its own transactions: pass a connection that is in none.
    """
    return _Work(conn, at, progress).through(_DUE)


def rebuild_all(conn: Connection, *, at: datetime, progress: Progress = lambda handled: None) -> Rebuilt:
    """Rebuild every person in the order of keys.

    Opens and commits its own transactions: pass a connection that is in none. Memory holds one chunk at a time.
    """
    return _Work(conn, at, progress).through(_ALL)


class _Work:
    """One way through a list of persons, some thousands a transaction."""

    def __init__(self, conn: Connection, at: datetime, progress: Progress) -> None:
        self.conn, self.at, self.progress = conn, at, progress
        self.pace = Pace(conn, _FIRST_KEYS, CHUNK, _ALONE_SECONDS)
        self.tried: list[UUID] = []
        self.last = NIL
        self.done = Rebuilt()

    def through(self, listed: str) -> Rebuilt:
        """All persons of the list, in the order of their keys."""
        first = rows(self.conn, listed, [NIL, _HOUSEHOLDS + 1])
        if first:
            warm_up(many=len(first) > _HOUSEHOLDS)  # the law is compiled once, before a transaction holds a lock
        going, most = bool(first), self.pace.rows
        while going:
            try:
                going = self._step(listed, most)
                most = min(most * 2, self.pace.rows)
            except _OF_THE_DATABASE:
                raise
            except Exception as error:  # reading facts that should not have come in may raise anything
                most = self._fewer(error)
        return self.done

    def _step(self, listed: str, most: int) -> bool:
        """One transaction; false when nobody is left."""
        with self.pace.transaction_of(most):
            changed = patiently(partial(self._some, listed, most))
        if not self.tried:
            return False
        self.last = self.tried[-1]
        self.done.handled += len(self.tried)
        self.done.changed += changed
        self.progress(len(self.tried))
        return True

    def _some(self, listed: str, most: int) -> int:
        """Rebuild the next persons, chosen when nobody else is at the same work; how many have new spans."""
        self.tried = []
        with transaction(self.conn):
            if not is_sqlite(self.conn):
                execute(self.conn, "SELECT pg_advisory_xact_lock(hashtext('daftar rebuild'))")
            self.tried = [as_uuid(key) for (key,) in rows(self.conn, listed, [self.last, most])]
            return rebuild(self.conn, self.tried, at=not_before(self.at))

    def _fewer(self, error: Exception) -> int:
        """How many to try of those who could not be computed together; one alone is left out."""
        if len(self.tried) > 1:
            return len(self.tried) // 2
        self.done.left += 1
        if not self.tried or self.done.left > _MOST_LEFT:
            raise error
        patiently(partial(self._mark, self.tried[0]))
        self.last = self.tried[0]
        self.progress(1)
        return 1

    def _mark(self, key: UUID) -> None:
        sql = "INSERT INTO coverage_due (key, since) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
        with transaction(self.conn):
            execute(self.conn, sql, [key, self.at])
