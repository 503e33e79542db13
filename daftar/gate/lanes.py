"""A lane: one thread with one connection that answers batches, each in one transaction (design §7).

A bad question is split off, also from the others of its request, and answered alone with its own error; it never fails
its batch. Each part of what was split is a transaction. After an error of the connection the lane opens a new one with
the next batch, and takes a new writer.
"""

import queue
import sqlite3
import threading
import time
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
SEARCH_SECONDS = 1.0  # for faults within requests: time is left to tell of the others before a request is given up
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
# Two transactions waited for each other.
CROSSED = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The database did not answer; nothing was acknowledged."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What is kept about this one question cannot be read; nothing was acknowledged."""


@dataclass(frozen=True, slots=True)
class Poisoned:
    """The database refused this one question."""


Refused = Unavailable | Unreadable | Poisoned
Entry = Sequence[Asked]  # the questions of one request, answered together
Result = list[Answered | Refused]  # one for each question of an entry, in order
Done = Callable[["Lane", list[Result]], None]


class Lane:
    """A thread that answers one batch of entries at a time."""

    def __init__(self, name: str, database_url: str, answering: Answering) -> None:
        self._url = database_url
        self._answering = answering
        self._conn: Connection = None
        self._writer: LeasedWriter | SharedWriter | None = None
        self._search_until = 0.0
        self._is_away = False
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
            self._search_until, self._is_away = time.monotonic() + SEARCH_SECONDS, False
            try:
                results = self._answer(entries)
            except Exception as error:  # frames only: the text of an error may hold what was asked
                log.error("lane failed", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))
                self._close()
                results = _unavailable(entries)
            done(self, results)
        self._give_back()
        self._close()

    def _answer(self, entries: list[Entry], *, again: bool = False) -> list[Result]:
        if self._is_away:
            return _unavailable(entries)
        try:
            return self._together(entries)
        except (*DATA_ERRORS, *CROSSED) as error:  # nothing of this transaction stands
            if _are_several(entries):
                return self._in_halves(entries)
            if not again:
                return self._answer(entries, again=True)  # a key that another lane has just used is known now
            log.warning("question refused by the database", error=type(error).__name__)
            return [[Unavailable() if isinstance(error, CROSSED) else Poisoned()]]
        except CONNECTION_ERRORS as error:
            log.warning("database away", error=type(error).__name__)
            self._is_away = True  # what is left of the batch is not tried; what came before may be committed
            self._close()
            return _unavailable(entries)
        except Exception as error:  # a row that this code cannot read: it must not fail the others
            if _are_several(entries):
                return self._in_halves(entries)
            log.error("question not answered", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))
            return [[Unreadable()]]

    def _in_halves(self, entries: list[Entry]) -> list[Result]:
        """Half of the requests each; of the one at fault half of its questions each, as long as there is time.

        Halves hold fewer locks: what two batches waited for each other for ends with one of them.
        """
        if len(entries) > 1:
            middle = len(entries) // 2
            return self._answer(entries[:middle]) + self._answer(entries[middle:])
        (questions,) = entries
        if time.monotonic() > self._search_until:
            log.warning("questions not answered for want of time", count=len(questions))
            return _unavailable(entries)
        middle = len(questions) // 2
        (first,), (second,) = self._answer([questions[:middle]]), self._answer([questions[middle:]])
        return [first + second]

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


def _are_several(entries: Sequence[Entry]) -> bool:
    return len(entries) > 1 or len(entries[0]) > 1


def _unavailable(entries: Sequence[Entry]) -> list[Result]:
    return [[Unavailable() for _ in entry] for entry in entries]
