"""An office and a person's quiz: see whether it is closed, reopen it once the person has been seen (S4.20)."""

from datetime import datetime

import msgspec

from daftar.disclosure.quiz import House, Refused
from daftar.disclosure.quiz.clock import moment
from daftar.disclosure.quiz.journal import note_reopened
from daftar.disclosure.quiz.standing import hold, keep, newest_attempt
from daftar.store.dialect import Connection
from daftar.store.keys import Key


def refusal(conn: Connection, key: Key, *, at: datetime) -> Refused | None:
    """Whether a person's quiz is locked or closed now."""
    standing = hold(conn, key)
    return standing.refused(moment(conn, at))


def reopen(conn: Connection, house: House, key: Key, *, by: str, office: str | None, at: datetime) -> bool:
    """Open a closed quiz: earlier wrong answers count no more. False when it is not closed: 24 hours are waited for."""
    standing = hold(conn, key)
    if standing.closed_at is None:
        return False
    opened = msgspec.structs.replace(
        standing, closed_at=None, locked_until=None, counts_after=newest_attempt(conn, key)
    )
    keep(conn, key, opened)
    note_reopened(conn, house, key, by=by, office=office, at=at)
    return True
