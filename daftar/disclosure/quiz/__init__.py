"""The quiz before a person's expenses (S4.17-S4.22, S4.28): two questions about one of their own stays.

Who asks, what was given, what comes of it. Used by the portal's settlement room and its counter. May import answers,
store and terms. Never commits: the caller's transaction holds the person's row (on SQLite the whole database) from the
first look at it to its commit, so that any number of guesses at once are judged one after the other.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from daftar.answers import TrackingCodes, Writer
from daftar.store.dialect import Connection, rows
from daftar.store.keys import Key, Secrets

WRONG_A_DAY = 3  # S4.20: «当天累计答错3次»
LOCKED_FOR = timedelta(hours=24)  # S4.20, from the third on
WRONG_IN_ALL = 9
COUNTED_FOR = timedelta(days=30)  # nine within this time close the quiz until an office reopens it
LASTS = timedelta(minutes=30)
"""How long a person may take over the questions; afterwards they begin anew, and no try is spent."""


class House(msgspec.Struct, frozen=True):
    """What the installation brings to each transaction."""

    secrets: Secrets
    writer: Writer
    tracking: TrackingCodes


class Examinee(msgspec.Struct, frozen=True):
    """Who is asked: the person, and the account that it is remembered for as long as its `stamp` stays the same."""

    key: Key
    jurisdiction: str
    account: int
    user: str  # the account's name in the journal
    stamp: bytes


class Given(msgspec.Struct, frozen=True):
    """What was typed: the questions it answers, the hospital chosen, one of the two days or both."""

    draw: UUID
    institution: str
    admitted: date | None
    discharged: date | None


class Choice(msgspec.Struct, frozen=True):
    """One hospital of the list."""

    code: str
    name: str


class Ready(msgspec.Struct, frozen=True):
    """No questions stand open; `left` tries remain today."""

    left: int


class Questions(msgspec.Struct, frozen=True):
    """The questions that stand open; `wrong`: they have been answered wrong before."""

    draw: UUID
    choices: tuple[Choice, ...]
    left: int
    wrong: bool


class Passed(msgspec.Struct, frozen=True):
    """«认证通过» (S4.22)."""


class Wrong(msgspec.Struct, frozen=True):
    """Something differs from the data; never what (S4.19). `left` tries remain today."""

    left: int


class Locked(msgspec.Struct, frozen=True):
    """Three were wrong on one day: closed until then (S4.20)."""

    until: datetime


class Closed(msgspec.Struct, frozen=True):
    """Nine were wrong within thirty days: an office has to reopen it."""


class Expired(msgspec.Struct, frozen=True):
    """These questions stand open no more; nothing was judged and no try spent."""


class NoQuestions(msgspec.Struct, frozen=True):
    """None can be made, and no try is spent (S4.28). `why`: no_settlement or no_hospital."""

    why: str


Refused = Locked | Closed


def passed(conn: Connection, *, key: Key, account: int, stamp: bytes) -> bool:
    """Whether this account has answered for this person, and its credentials are still those of then (S4.23)."""
    found = rows(conn, "SELECT account, stamp FROM quiz WHERE key = ? AND passed_at IS NOT NULL", [key])
    return bool(found) and found[0][0] == account and bytes(found[0][1]) == stamp
