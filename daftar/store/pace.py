"""How many rows go into one transaction: as many as keep it short, so that inquiries go on while a feed is loaded."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from daftar.store.dialect import Connection, is_sqlite, rows

_SQLITE_SECONDS = 0.08  # others wait for the one write lock meanwhile
_SQLITE_PAUSE = 0.005  # and get it in between
_ALONE_SECONDS = 0.4  # while nobody else writes; each transaction writes the pages of the indexes that it touched
_QUIET_SECONDS = 1.0
_POSTGRESQL_SECONDS = 1.0
_MOST = 20_000


class Pace:
    """A number of rows that follows what the last transactions took; never below a quarter of the first."""

    def __init__(self, conn: Connection, rows: int, most: int = _MOST, alone: float = _ALONE_SECONDS) -> None:
        """`alone`: seconds of a transaction on SQLite while nobody else writes; the first who does waits for one."""
        self.rows = rows
        self.alone = alone
        self.most = most
        self.least = rows // 4
        self.others = _Others(conn) if is_sqlite(conn) else None

    @contextmanager
    def transaction_of(self, rows: int) -> Iterator[None]:
        """Around one transaction of `rows` rows."""
        started = time.perf_counter()
        try:
            yield
        finally:
            taken = max(time.perf_counter() - started, 1e-6)
            if self.others:
                time.sleep(_SQLITE_PAUSE)
        wanted = rows * self.seconds() / taken
        if rows >= self.rows or wanted < self.rows:  # a short last chunk says nothing about larger ones
            self.rows = int(max(self.least, min(self.most, wanted, self.rows * 2)))

    def seconds(self) -> float:
        """How long the next transaction may take."""
        if not self.others:
            return _POSTGRESQL_SECONDS
        return self.alone if self.others.quiet_seconds() > _QUIET_SECONDS else _SQLITE_SECONDS


class _Others:
    """Other connections that write to a SQLite database."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self.version: object = None
        self.heard = 0.0
        self.quiet_seconds()

    def quiet_seconds(self) -> float:
        """Since when none was seen to commit; a file's version changes with commits of others alone."""
        version, now = rows(self.conn, "PRAGMA data_version")[0][0], time.perf_counter()
        if version != self.version:
            self.version, self.heard = version, now
        return now - self.heard
