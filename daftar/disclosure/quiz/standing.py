"""Where a person stands: their row of `quiz`, held until the transaction ends, and their wrong answers (S4.20)."""

from datetime import UTC, date, datetime
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
SELECT draw, choices, expires_at, given, given_twice, locked_at, locked_until, closed_at, reopened_at, passed_at,
account, stamp FROM quiz WHERE key = ?
"""
_UPDATE = """
UPDATE quiz SET draw = ?, choices = ?, expires_at = ?, given = ?, given_twice = ?, locked_at = ?, locked_until = ?,
closed_at = ?, reopened_at = ?, passed_at = ?, account = ?, stamp = ? WHERE key = ?
"""
_WRONG = """
SELECT count(CASE WHEN day = ? AND at > ? THEN 1 END), count(*) FROM quiz_attempt WHERE key = ? AND at > ? AND wrong
"""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Standing(msgspec.Struct, frozen=True):
    """A row of `quiz` (see the model for each column), without its key."""

    draw: UUID | None
    choices: tuple[str, ...]
    expires_at: datetime | None
    given: bytes | None
    given_twice: bool
    locked_at: datetime | None
    locked_until: datetime | None
    closed_at: datetime | None
    reopened_at: datetime | None
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
        "INSERT INTO quiz (key, choices, given_twice) VALUES (?, '[]', ?) ON CONFLICT (key) DO NOTHING",
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
    """Count what was wrong: of the day only after the lock of that day, and nothing from before a reopening."""
    reopened = standing.reopened_at or LONG_AGO
    since_lock = max(standing.locked_at or LONG_AGO, reopened)
    (line,) = rows(conn, _WRONG, [today, since_lock, key, max(now - COUNTED_FOR, reopened)])
    return Tally(*line)


def attempt(conn: Connection, key: Key, *, at: datetime, day: date, wrong: bool) -> None:
    """Write down a submission that was judged."""
    execute(conn, "INSERT INTO quiz_attempt (key, at, day, wrong) VALUES (?, ?, ?, ?)", [key, at, day, wrong])


def _standing(line: Row) -> Standing:
    draw, choices, expires, given, twice, locked, until, closed, reopened, passed, account, stamp = line
    return Standing(
        draw=None if draw is None else as_uuid(draw),
        choices=msgspec.json.decode(choices, type=tuple[str, ...]),
        expires_at=as_datetime(expires),
        given=None if given is None else bytes(given),
        given_twice=bool(twice),
        locked_at=as_datetime(locked),
        locked_until=as_datetime(until),
        closed_at=as_datetime(closed),
        reopened_at=as_datetime(reopened),
        passed_at=as_datetime(passed),
        account=account,
        stamp=None if stamp is None else bytes(stamp),
    )
