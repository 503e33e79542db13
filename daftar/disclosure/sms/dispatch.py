"""The way of an SMS from the outbox to the telephone: taken, handed to the gateway, accepted, delivered (ADR 0020).

`handed` is committed before the gateway is called and `accepted` after it has answered. Whoever dies between leaves the
message in doubt: after a while the gateway itself is asked, and only what it does not know is handed over again.

What concerns one person goes first and at any hour; campaigns go by day, a few at a time, the oldest message first.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from daftar.disclosure.outbox import Message, countries_by_day, open_message
from daftar.store.dialect import Connection, execute, is_sqlite, marks, rows
from daftar.store.keys import Secrets

MOST_TRIES = 11
FIRST_WAIT = timedelta(minutes=1)
"""After a refusal for the moment; doubled each time: 1, 2, 4 ... 512 minutes."""

DOUBT = timedelta(seconds=60)
"""Longer than a call of the gateway may take, and than a delivery report needs to come in."""

# SQLite takes the index of what waits only where its own condition stands in the query, word for word
_OF_ONE_PERSON = """
SELECT id FROM outbox_message WHERE state IN ('waiting', 'handed')
AND channel = 'sms' AND state = 'waiting' AND campaign IS NULL
AND (next_try_at IS NULL OR next_try_at <= ?) ORDER BY campaign, id LIMIT ?
"""
_OF_CAMPAIGNS = """
SELECT id FROM outbox_message WHERE state IN ('waiting', 'handed')
AND channel = 'sms' AND state = 'waiting' AND campaign IS NOT NULL
AND (next_try_at IS NULL OR next_try_at <= ?) AND coalesce(country, '') IN ({})
AND campaign NOT IN (SELECT id FROM campaign WHERE state = 'stopped') ORDER BY id LIMIT ?
"""
_IN_DOUBT = """
SELECT id FROM outbox_message WHERE state IN ('waiting', 'handed')
AND channel = 'sms' AND state = 'handed' AND handed_at <= ? LIMIT ?
"""
_SENT = "UPDATE outbox_message SET state = 'accepted', sent_at = ?, sealed = ? WHERE state = 'handed' AND id IN ({})"


class Report(IntEnum):
    """What Kannel reports of a message: `%d` of its dlr-url."""

    DELIVERED = 1
    UNDELIVERABLE = 2
    BUFFERED = 4
    ACCEPTED = 8
    REJECTED = 16


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message in the hands of a sender."""

    id: int
    tries: int
    message: Message
    campaign: bool
    handed_at: datetime


def anything_to_send(conn: Connection, at: datetime) -> bool:
    """Whether a message waits that may leave now."""
    return any(rows(conn, sql, [*values, 1]) for sql, values in _waiting(at))


def anything_in_doubt(conn: Connection, at: datetime) -> bool:
    """Whether the answer to a handing over has not come for long."""
    return bool(rows(conn, _IN_DOUBT, [at - DOUBT, 1]))


def take(
    conn: Connection, secrets: Secrets, *, most: int, at: datetime, most_of_campaigns: int | None = None
) -> list[Outgoing]:
    """Take messages that wait, what concerns one person before campaigns; they are `handed` once it is committed."""
    set_handed, taken = "state = 'handed', handed_at = ?, tries = tries + 1", list[Outgoing]()
    limits = (most, most if most_of_campaigns is None else most_of_campaigns)
    for (sql, values), limit in zip(_waiting(at), limits, strict=True):
        if room := min(limit, most - len(taken)):
            taken += _take(conn, secrets, at, set_handed, sql, [*values, room])
    return taken


def _waiting(at: datetime) -> list[tuple[str, list[Any]]]:
    """Both queries for what may leave now, without how many."""
    countries = ["", *countries_by_day(at)]
    return [(_OF_ONE_PERSON, [at]), (_OF_CAMPAIGNS.format(marks(countries)), [at, *countries])]


def take_doubtful(conn: Connection, secrets: Secrets, *, most: int, at: datetime) -> list[Outgoing]:
    """Messages whose handing over was never answered; nobody else looks at them for as long again."""
    return _take(conn, secrets, at, "handed_at = ?", _IN_DOUBT, [at - DOUBT, most])


def note_accepted(conn: Connection, ids: Collection[int], at: datetime) -> None:
    """The gateway holds these; nothing personal of them stays here."""
    if ids:
        execute(conn, _SENT.format(marks([*ids])), [at, b"", *ids])


def note_refused(conn: Connection, id: int) -> None:
    """The gateway will never take it: a number that is none."""
    sql = "UPDATE outbox_message SET state = 'failed', sealed = ? WHERE state = 'handed' AND id = ?"
    execute(conn, sql, [b"", id])


def note_later(conn: Connection, outgoing: Outgoing, at: datetime) -> None:
    """The gateway could not take it now; given up after many tries."""
    if outgoing.tries >= MOST_TRIES:
        note_refused(conn, outgoing.id)
    else:
        _wait_again(conn, outgoing, outgoing.tries, at + FIRST_WAIT * 2 ** (outgoing.tries - 1))


def note_untouched(conn: Connection, outgoing: Sequence[Outgoing], until: datetime) -> None:
    """The gateway is away and has seen nothing of these, or does not know them: they were not tried."""
    for each in outgoing:
        _wait_again(conn, each, each.tries - 1, until)


def note_report(conn: Connection, id: int, report: Report, at: datetime) -> None:
    """What the gateway says became of a message. A telephone that has it has it, whatever comes in late."""
    match report:
        case Report.DELIVERED:
            _report(conn, id, "delivered", at, unless=("delivered",))
        case Report.UNDELIVERABLE | Report.REJECTED:
            _report(conn, id, "failed", at, unless=("delivered", "failed"))
        case _:
            _report(conn, id, "accepted", at, unless=("delivered", "failed"))


def _report(conn: Connection, id: int, state: str, at: datetime, *, unless: Sequence[str]) -> None:
    execute(
        conn,
        "UPDATE outbox_message SET state = ?, reported_at = ?, sent_at = coalesce(sent_at, ?), sealed = ?"
        f" WHERE channel = 'sms' AND id = ? AND state NOT IN ({marks(unless)})",
        [state, at, at, b"", id, *unless],
    )


def _wait_again(conn: Connection, outgoing: Outgoing, tries: int, until: datetime) -> None:
    """Unless somebody else has taken it meanwhile, because this sender was so slow that it came in doubt."""
    execute(
        conn,
        "UPDATE outbox_message SET state = 'waiting', tries = ?, next_try_at = ?"
        " WHERE state = 'handed' AND id = ? AND handed_at = ?",
        [tries, until, outgoing.id, outgoing.handed_at],
    )


def _take(
    conn: Connection, secrets: Secrets, at: datetime, change: str, which: str, wanted: list[Any]
) -> list[Outgoing]:
    locking = "" if is_sqlite(conn) else " FOR UPDATE SKIP LOCKED"  # SQLite has taken its write lock at the beginning
    found = execute(
        conn,
        f"UPDATE outbox_message SET {change} WHERE id IN ({which}{locking}) RETURNING id, tries, sealed, campaign",
        [at, *wanted],
    ).fetchall()
    taken = [
        Outgoing(int(id), int(tries), open_message(secrets, sealed), campaign is not None, at)
        for id, tries, sealed, campaign in found
    ]
    return sorted(taken, key=lambda each: each.id)
