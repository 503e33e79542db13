"""The quiz in the journal: rows of mode `quiz` under the person, in the transaction of what they tell of (X.5)."""

from datetime import datetime
from enum import StrEnum

from daftar.answers import Entry, record
from daftar.disclosure.quiz import Examinee, House
from daftar.store.dialect import Connection
from daftar.store.keys import Key
from daftar.terms.outcomes import Channel, Ground

MODE = "quiz"


class Happened(StrEnum):
    """What happened. Which answer was wrong is written nowhere."""

    ASKED = "asked"  # a list of hospitals was shown
    NO_SETTLEMENT = "no_settlement"  # S4.28
    NO_HOSPITAL = "no_hospital"  # settlements, but no list of hospitals can be made of them
    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"
    CLOSED = "closed"
    REOPENED = "reopened"  # by an office


SHOWN = {Happened.ASKED: "questions", Happened.NO_SETTLEMENT: "known", Happened.NO_HOSPITAL: "known"}


def note(conn: Connection, house: House, who: Examinee, *happened: Happened, at: datetime) -> None:
    """Journal what happened to a person who was asked."""
    entries = [_entry(who.key, what, Channel.WEB, Ground.OWN, who.user, None) for what in happened]
    record(conn, entries, at=at, writer=house.writer, tracking=house.tracking)


def note_reopened(conn: Connection, house: House, key: Key, *, by: str, office: str | None, at: datetime) -> None:
    """Journal that an office has reopened a person's quiz."""
    entry = _entry(key, Happened.REOPENED, Channel.COUNTER, Ground.DUTY, by, office)
    record(conn, [entry], at=at, writer=house.writer, tracking=house.tracking)


def _entry(key: Key, what: Happened, channel: Channel, ground: Ground, account: str, office: str | None) -> Entry:
    return Entry(
        channel=channel,
        mode=MODE,
        key=key,
        outcome=what,
        reason="identity_checked" if what is Happened.REOPENED else what,
        ground=ground,
        shown=SHOWN.get(what, ""),
        account=account,
        office=office,
    )
