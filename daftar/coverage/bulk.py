"""Many persons: all who wait for a rebuild, or the whole nation after a change of the law.

Transactions are short, and others have their turn in between, so that inquiries go on meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

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


@dataclass(slots=True)
class Rebuilt:
    """What became of many: persons handled, and how many have new spans, who depends on them included."""

    handled: int = 0
    changed: int = 0


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
        self.last = NIL
        self.done = Rebuilt()

    def through(self, listed: str) -> Rebuilt:
        """All persons of the list, in the order of their keys."""
        first = rows(self.conn, listed, [NIL, _HOUSEHOLDS + 1])
        if first:
            warm_up(many=len(first) > _HOUSEHOLDS)  # the law is compiled once, before a transaction holds a lock
        while first and self._step(listed, self.pace.rows):
            pass
        return self.done

    def _step(self, listed: str, most: int) -> bool:
        """One transaction; false when nobody is left."""
        with self.pace.transaction_of(most):
            keys, changed = patiently(partial(self._some, listed, most))
        if not keys:
            return False
        self.last = keys[-1]
        self.done.handled += len(keys)
        self.done.changed += changed
        self.progress(len(keys))
        return True

    def _some(self, listed: str, most: int) -> tuple[list[UUID], int]:
        """The next persons and how many have new spans; chosen when nobody else is at the same work."""
        with transaction(self.conn):
            if not is_sqlite(self.conn):
                execute(self.conn, "SELECT pg_advisory_xact_lock(hashtext('daftar rebuild'))")
            keys = [as_uuid(key) for (key,) in rows(self.conn, listed, [self.last, most])]
            return keys, rebuild(self.conn, keys, at=not_before(self.at))
