"""Who writes in the journal: every id is a writer's number times 10^12 plus that writer's own gap-free sequence.

A lane of a gate on PostgreSQL leases a number by an advisory lock of its session and counts in memory; everybody else
takes a shared number under its row lock (on SQLite the write lock does the same). Table `writer` bounds what each has
written: a shared one's always, a leased one's as soon as it is given back.
"""

import random
from typing import Protocol

from daftar.store.dialect import Connection, Statement, execute, rows

SEQUENCES = 10**12
SHARED_NUMBERS = range(100)
LEASED_NUMBERS = range(100, 1000)
LEASE_CLASS = 0x44617461  # the advisory locks of writers, apart from any other use


class Writer(Protocol):
    """Hands out ids in a transaction."""

    def take(self, conn: Connection, count: int) -> int:
        """The first of `count` consecutive ids; they are used when the transaction commits, and free again if not."""
        ...


class SharedWriter:
    """A number that any process may use, one transaction at a time."""

    def __init__(self, number: int | None = None) -> None:
        self.number = random.choice(SHARED_NUMBERS) if number is None else number

    def take(self, conn: Connection, count: int) -> int:
        """As in `Writer`; holds the row's lock until the end of the transaction."""
        found = execute(
            conn,
            "UPDATE writer SET next_sequence = next_sequence + ? WHERE number = ? RETURNING next_sequence",
            [count, self.number],
        ).fetchall()
        return self.number * SEQUENCES + int(found[0][0]) - count

    def taking(self, count: int) -> Statement:
        """As `take`, as a statement to go with others: it reads nothing."""
        return "UPDATE writer SET next_sequence = next_sequence + ? WHERE number = ?", [count, self.number]


class NoWriterFree(RuntimeError):
    """All 900 leased numbers are in use."""


class LeasedWriter:
    """A number held by one PostgreSQL session until it ends; ids are counted in memory.

    Call `committed()` after each commit, and `give_back` at an orderly end. After an error throw it away together with
    its connection: whether the commit happened is not known, and a new lease reads what is really there.
    """

    def __init__(self, conn: Connection) -> None:
        """Lease a free number on `conn`, outside a transaction. Raises NoWriterFree."""
        self.number, self._next = _lease(conn)
        self._taken = 0

    def take(self, conn: Connection, count: int) -> int:
        """As in `Writer`; may be called several times in one transaction."""
        first = self._next + self._taken
        self._taken += count
        return first

    def committed(self) -> None:
        """The transaction has been committed: what was taken is used."""
        self._next += self._taken
        self._taken = 0

    def rolled_back(self) -> None:
        """The transaction has been rolled back for certain: what was taken is free again."""
        self._taken = 0

    def give_back(self, conn: Connection) -> None:
        """Leave word of where this ended, so that a row behind it is seen not to be ours; then close the connection."""
        execute(conn, "UPDATE writer SET next_sequence = ? WHERE number = ?", [self._next % SEQUENCES, self.number])


def bounds(conn: Connection) -> dict[int, int | None]:
    """By writer, the sequence below which its rows lie; None while it is leased, or when nobody gave it back."""
    return {int(number): next for number, next in rows(conn, "SELECT number, next_sequence FROM writer")}


def _lease(conn: Connection) -> tuple[int, int]:
    """A number and its next id. One with rows behind where it was given back is left as it is, to be found."""
    for number in random.sample(LEASED_NUMBERS, len(LEASED_NUMBERS)):
        if rows(conn, "SELECT pg_try_advisory_lock(?, ?)", [LEASE_CLASS, number])[0][0]:
            next_id = _next_id(conn, number)
            if next_id is not None:
                execute(conn, "UPDATE writer SET next_sequence = NULL WHERE number = ?", [number])
                return number, next_id
            rows(conn, "SELECT pg_advisory_unlock(?, ?)", [LEASE_CLASS, number])
    raise NoWriterFree


def _next_id(conn: Connection, number: int) -> int | None:
    """Where a number goes on: where it was given back, or behind its newest row; None when these disagree."""
    first = number * SEQUENCES
    newest = rows(conn, "SELECT max(id) FROM inquiry WHERE id >= ? AND id < ?", [first, first + SEQUENCES])[0][0]
    behind = first if newest is None else int(newest) + 1
    given_back = rows(conn, "SELECT next_sequence FROM writer WHERE number = ?", [number])[0][0]
    if given_back is None:
        return behind
    return None if behind > first + given_back else first + int(given_back)
