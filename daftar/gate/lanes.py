"""A lane: one thread with one connection that answers batches, each in one transaction (design §7).

A bad question is split off and answered alone with its own error; it never fails its batch. After an error of the
connection the lane opens a new one with the next batch, and takes a new writer.
"""

import queue
import sqlite3
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg
import structlog

from daftar.answers import LeasedWriter, SharedWriter
from daftar.gate.answering import Answered, Answering, Asked
from daftar.store.connect import connect, transaction
from daftar.store.dialect import Connection, is_sqlite

STATEMENT_SECONDS = 2.0
# What the database says of the question itself; everything else is the connection's fault. An OverflowError or a
# UnicodeEncodeError is the driver refusing a value before it is sent.
DATA_ERRORS = (
    psycopg.DataError,
    psycopg.IntegrityError,
    sqlite3.DataError,
    sqlite3.IntegrityError,
    OverflowError,
    UnicodeEncodeError,
)
CONNECTION_ERRORS = (psycopg.Error, sqlite3.Error, OSError)
CROSSED = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The database did not answer; nothing was acknowledged."""


@dataclass(frozen=True, slots=True)
class Poisoned:
    """The database refused this one question."""


Entry = Sequence[Asked]  # the questions of one request, answered together
Result = list[Answered] | Unavailable | Poisoned
Done = Callable[["Lane", list[Result]], None]


class Lane:
    """A thread that answers one batch of entries at a time."""

    def __init__(self, name: str, database_url: str, answering: Answering) -> None:
        self._url = database_url
        self._answering = answering
        self._conn: Connection = None
        self._writer: LeasedWriter | SharedWriter | None = None
        self._work: queue.SimpleQueue[tuple[list[Entry], Done] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin waiting for batches."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the batch at hand and end."""
        self._work.put(None)
        self._thread.join(timeout=5)

    def answer(self, entries: list[Entry], done: Done) -> None:
        """Answer these; `done` is called in the lane's thread with one result an entry, in order."""
        self._work.put((entries, done))

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            entries, done = work
            try:
                results = self._answer(entries)
            except Exception as error:  # frames only: the text of an error may hold what was asked
                log.error("lane failed", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))
                self._close()
                results = [Unavailable()] * len(entries)
            done(self, results)
        self._give_back()
        self._close()

    def _answer(self, entries: list[Entry]) -> list[Result]:
        try:
            return self._together(entries)
        except DATA_ERRORS as error:
            return self._apart(entries, error)
        except CROSSED as error:  # two transactions waited for each other, and nothing of this one stands
            return self._apart(entries, error)
        except CONNECTION_ERRORS as error:
            return self._away(entries, error)
        except Exception as error:  # a row that this code cannot read: it must not fail the others
            return self._without_culprit(entries, error)

    def _without_culprit(self, entries: list[Entry], error: Exception) -> list[Result]:
        """Halves, down to the one entry at fault."""
        if len(entries) > 1:
            middle = len(entries) // 2
            return self._answer(entries[:middle]) + self._answer(entries[middle:])
        log.error("question not answered", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))
        return [Unavailable()]

    def _together(self, entries: list[Entry]) -> list[Result]:
        """All entries in one transaction."""
        conn, writer = self._open()
        questions = [question for entry in entries for question in entry]
        try:
            with transaction(conn):
                replies = self._answering(conn, questions, at=datetime.now(UTC), writer=writer)
        except Exception:
            if isinstance(writer, LeasedWriter):
                writer.rolled_back()  # where the commit itself broke off, the lane takes a new writer anyway
            raise
        if isinstance(writer, LeasedWriter):
            writer.committed()
        remaining = iter(replies)
        return [[next(remaining) for _ in entry] for entry in entries]

    def _apart(self, entries: list[Entry], error: Exception) -> list[Result]:
        """Halves of a batch that the database refused; a single entry is tried once more, then refused alone.

        Halves hold fewer locks: what two batches waited for each other for ends with one of them.
        """
        if len(entries) > 1:
            middle = len(entries) // 2
            return self._answer(entries[:middle]) + self._answer(entries[middle:])
        try:
            return self._together(entries)  # an Idempotency-Key that another lane has just used is known now
        except DATA_ERRORS:
            log.warning("question refused by the database", error=type(error).__name__)
            return [Poisoned()]
        except CONNECTION_ERRORS as again:  # of this entry only: the others of its batch may be committed
            return self._away(entries, again)

    def _away(self, entries: list[Entry], error: Exception) -> list[Result]:
        """Nothing of these was acknowledged."""
        log.warning("database away", error=type(error).__name__)
        self._close()
        return [Unavailable()] * len(entries)

    def _open(self) -> tuple[Connection, LeasedWriter | SharedWriter]:
        if self._conn is None or self._writer is None:
            self._conn = connect(self._url, statement_seconds=STATEMENT_SECONDS)
            self._writer = SharedWriter() if is_sqlite(self._conn) else LeasedWriter(self._conn)
        return self._conn, self._writer

    def _give_back(self) -> None:
        """At an orderly end say how far this lane has written: after an error nobody knows."""
        if isinstance(self._writer, LeasedWriter):
            try:
                self._writer.give_back(self._conn)
            except CONNECTION_ERRORS as error:
                log.warning("writer not given back", error=type(error).__name__)

    def _close(self) -> None:
        conn, self._conn, self._writer = self._conn, None, None
        if conn is not None:
            try:
                conn.close()
            except CONNECTION_ERRORS as error:
                log.warning("connection not closed", error=type(error).__name__)
