"""Where a person stands: their row of `quiz`, held until the transaction ends, and their wrong answers (S4.20)."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from daftar.disclosure.quiz import (
    COUNTED_FOR,
    WRONG_A_DAY,
    WRONG_IN_ALL,
    Closed,
    Examinee,
    Locked,
    Passed,
    Refused,
)
from daftar.store.dialect import Connection, Row, as_datetime, as_uuid, execute, is_sqlite, rows
from daftar.store.keys import Key

_SELECT = """
SELECT draw, choices, expires_at, given, given_twice, locked_until, closed_at, day_counts_after, counts_after,
passed_at, account, stamp FROM quiz WHERE key = ?
"""
_UPDATE = """
UPDATE quiz SET draw = ?, choices = ?, expires_at = ?, given = ?, given_twice = ?, locked_until = ?, closed_at = ?,
day_counts_after = ?, counts_after = ?, passed_at = ?, account = ?, stamp = ? WHERE key = ?
"""
_WRONG = """
SELECT count(CASE WHEN day >= ? AND id > ? THEN 1 END), count(*) FROM quiz_attempt
WHERE key = ? AND at > ? AND id > ? AND wrong
"""


class Standing(msgspec.Struct, frozen=True):
    """A row of `quiz` (see the model for each column), without its key."""

    draw: UUID | None
    choices: tuple[str, ...]
    expires_at: datetime | None
    given: bytes | None
    given_twice: bool
    locked_until: datetime | None
    closed_at: datetime | None
    day_counts_after: int
    counts_after: int
    passed_at: datetime | None
    account: int | None
    stamp: bytes | None

    def refused(self, now: datetime) -> Refused | None:
        """Why nothing is asked and nothing judged now; None when something may be."""
        if self.closed_at:
            return Closed()
        return Locked(self.locked_until) if self.locked_until and now < self.locked_until else None

    def passed_by(self, who: Examinee) -> Passed | None:
        """Passed, when this account has, with the credentials that it still has."""
        return Passed() if self.passed_at and (self.account, self.stamp) == (who.account, who.stamp) else None

    def opens(self, now: datetime) -> bool:
        """Whether questions stand open."""
        return self.draw is not None and self.expires_at is not None and now < self.expires_at

    def without_questions(self) -> "Standing":
        """The same with no questions open."""
        return msgspec.structs.replace(self, draw=None, choices=(), expires_at=None, given=None, given_twice=False)


class Tally(msgspec.Struct, frozen=True):
    """Wrong answers that count: of this day, and of the last thirty."""

    today: int
    in_all: int

    @property
    def left(self) -> int:
        """How many more may be wrong before something locks or closes."""
        return min(WRONG_A_DAY - self.today, WRONG_IN_ALL - self.in_all)


def hold(conn: Connection, key: Key) -> Standing:
    """A person's row, made at the first time; nobody else has it before the end of the transaction."""
    execute(
        conn,
        "INSERT INTO quiz (key, choices, given_twice, day_counts_after, counts_after) VALUES (?, '[]', ?, 0, 0)"
        " ON CONFLICT (key) DO NOTHING",
        [key, False],
    )
    lock = "" if is_sqlite(conn) else " FOR UPDATE"  # SQLite has taken its write lock at the beginning
    return _standing(rows(conn, _SELECT + lock, [key])[0])


def keep(conn: Connection, key: Key, standing: Standing) -> None:
    """Write a held row."""
    values = msgspec.structs.astuple(standing)
    choices = msgspec.json.encode(standing.choices).decode()
    execute(conn, _UPDATE, [values[0], choices, *values[2:], key])


def tally(conn: Connection, key: Key, standing: Standing, today: date, now: datetime) -> Tally:
    """Count what was wrong: of the day only what came after the last lock, and nothing from before a reopening.

    Before and after go by number, not by time, and a later day counts as today: a clock set back forgets nothing.
    """
    counted = [today, standing.day_counts_after, key, now - COUNTED_FOR, standing.counts_after]
    (line,) = rows(conn, _WRONG, counted)
    return Tally(*line)


def attempt(conn: Connection, key: Key, *, at: datetime, day: date, wrong: bool) -> int:
    """Write down a submission that was judged; its number."""
    made = execute(
        conn, "INSERT INTO quiz_attempt (key, at, day, wrong) VALUES (?, ?, ?, ?) RETURNING id", [key, at, day, wrong]
    ).fetchall()
    return int(made[0][0])


def newest_attempt(conn: Connection, key: Key) -> int:
    """Number of a person's newest attempt; 0 without one."""
    return int(rows(conn, "SELECT COALESCE(max(id), 0) FROM quiz_attempt WHERE key = ?", [key])[0][0])


def _standing(line: Row) -> Standing:
    draw, choices, expires, given, twice, until, closed, day_counts_after, counts_after, passed, account, stamp = line
    return Standing(
        draw=None if draw is None else as_uuid(draw),
        choices=msgspec.json.decode(choices, type=tuple[str, ...]),
        expires_at=as_datetime(expires),
        given=None if given is None else bytes(given),
        given_twice=bool(twice),
        locked_until=as_datetime(until),
        closed_at=as_datetime(closed),
        day_counts_after=day_counts_after,
        counts_after=counts_after,
        passed_at=as_datetime(passed),
        account=account,
        stamp=None if stamp is None else bytes(stamp),
    )
