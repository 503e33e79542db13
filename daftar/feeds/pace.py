"""How many rows go into one transaction: as many as keep it short, so that inquiries go on while a feed is loaded."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from daftar.store.dialect import Connection, is_sqlite

_SQLITE_SECONDS = 0.08  # others wait for the one write lock meanwhile
_SQLITE_PAUSE = 0.005  # and get it in between
_POSTGRESQL_SECONDS = 1.0
_MOST = 20_000


class Pace:
    """A number of rows that follows what the last transactions took; never below a quarter of the first."""

    def __init__(self, conn: Connection, rows: int, most: int = _MOST) -> None:
        self.rows = rows
        self.most = most
        self.least = rows // 4
        self.seconds, self.pause = (_SQLITE_SECONDS, _SQLITE_PAUSE) if is_sqlite(conn) else (_POSTGRESQL_SECONDS, 0.0)

    @contextmanager
    def transaction_of(self, rows: int) -> Iterator[None]:
        """Around one transaction of `rows` rows."""
        started = time.perf_counter()
        yield
        taken = max(time.perf_counter() - started, 1e-6)
        wanted = rows * self.seconds / taken
        if rows >= self.rows or wanted < self.rows:  # a short last chunk says nothing about larger ones
            self.rows = int(max(self.least, min(self.most, wanted, self.rows * 2)))
        if self.pause:
            time.sleep(self.pause)
