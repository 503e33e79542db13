"""Dialogues as they are kept: sealed, one row each under the lock of the transaction that goes on with it (S2.20).

On PostgreSQL rows are locked in one order. A dialogue that two gateways begin at once is inserted by one of them; the
other's transaction fails as a whole and is tried again (`daftar.gate.lanes`), and then finds it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from daftar.gate.ussd.dialogue import Dialogue
from daftar.store.dialect import Connection, as_datetime, as_uuid, execute, execute_many, is_sqlite, marks, rows
from daftar.store.keys import MobileKey, Secrets

TABLE = "ussd_dialogue"
LASTS = timedelta(minutes=5)  # after its last word; a network ends a silent dialogue sooner
KNOWN = timedelta(days=2)  # that there was one: a word repeated later opens no second
CODES_KEPT = timedelta(days=10)
CODES_TOLD = 3

_DECODER = msgspec.json.Decoder(Dialogue)
_encode = msgspec.json.Encoder().encode


@dataclass(slots=True)
class Kept:
    """A row: `dialogue` is None once it was forgotten; `fresh` has no row yet."""

    id: UUID
    caller: MobileKey
    began_at: datetime
    dialogue: Dialogue | None
    fresh: bool = False
    changed: bool = False


def read_dialogues(conn: Connection, secrets: Secrets, ids: Collection[UUID], at: datetime) -> dict[UUID, Kept]:
    """Those that are known, locked until the end of the transaction."""
    wanted = sorted(set(ids))
    lock = "" if is_sqlite(conn) else " FOR UPDATE"  # SQLite has taken its write lock at the beginning
    found = rows(
        conn,
        f"SELECT id, caller, began_at, touched_at, sealed FROM ussd_dialogue WHERE id IN ({marks(wanted)}) ORDER BY id"
        + lock,
        wanted,
    )
    kept = {}
    for id, caller, began, touched, sealed in found:
        last, key = as_datetime(touched), as_uuid(id)
        open_still = sealed is not None and last is not None and at - last < LASTS
        dialogue = _DECODER.decode(secrets.open(sealed, about=TABLE)) if open_still else None
        whose = MobileKey(as_uuid(caller)) if caller is not None else MobileKey(UUID(int=0))
        kept[key] = Kept(key, whose, as_datetime(began) or at, dialogue)
    return kept


def write_dialogues(conn: Connection, secrets: Secrets, kept: Iterable[Kept], at: datetime) -> None:
    """New rows and those that went on. A row that another transaction has just made raises IntegrityError."""
    changed = sorted((each for each in kept if each.changed and each.dialogue), key=lambda each: each.id)
    values = [
        [each.caller, each.began_at, at, each.dialogue.turns, each.dialogue.ended, sealed, each.id]
        for each, sealed in zip(
            changed, secrets.seal_all([_encode(each.dialogue) for each in changed], about=TABLE), strict=True
        )
        if each.dialogue
    ]
    going_on = [line for each, line in zip(changed, values, strict=True) if not each.fresh]
    if going_on:
        execute_many(
            conn,
            "UPDATE ussd_dialogue SET caller = ?, began_at = ?, touched_at = ?, turns = ?, ended = ?, sealed = ?"
            " WHERE id = ?",
            going_on,
        )
    begun = [line for each, line in zip(changed, values, strict=True) if each.fresh]
    if begun:
        execute_many(
            conn,
            "INSERT INTO ussd_dialogue (caller, began_at, touched_at, turns, ended, sealed, id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            begun,
        )


def count_begun(conn: Connection, callers: Collection[MobileKey], since: datetime) -> dict[MobileKey, int]:
    """How many dialogues each of these numbers has begun since."""
    wanted = sorted(set(callers))
    found = rows(
        conn,
        f"SELECT caller, count(*) FROM ussd_dialogue WHERE caller IN ({marks(wanted)}) AND began_at > ?"
        " GROUP BY caller",
        [*wanted, since],
    )
    return {MobileKey(as_uuid(caller)): int(count) for caller, count in found}


def remember_answers(conn: Connection, told: Sequence[tuple[int, MobileKey]], at: datetime) -> None:
    """Keep which inquiries a number was told of, so that it may hear their codes again."""
    execute_many(
        conn,
        "INSERT INTO ussd_answer (inquiry, caller, told_at) VALUES (?, ?, ?)",
        [(inquiry, caller, at) for inquiry, caller in told],
    )


def last_answers(conn: Connection, caller: MobileKey, at: datetime) -> list[tuple[int, datetime]]:
    """The newest inquiries that a number was told of, and when."""
    found = rows(
        conn,
        "SELECT inquiry, told_at FROM ussd_answer WHERE caller = ? AND told_at > ? ORDER BY told_at DESC, inquiry DESC"
        " LIMIT ?",
        [caller, at - CODES_KEPT, CODES_TOLD],
    )
    return [(int(inquiry), as_datetime(told) or at) for inquiry, told in found]


def forget_dialogues(conn: Connection, at: datetime) -> None:
    """Wipe what was said in dialogues that are minutes old."""
    execute(
        conn,
        "UPDATE ussd_dialogue SET sealed = NULL, caller = NULL, ended = ? WHERE sealed IS NOT NULL AND touched_at < ?",
        [True, at - LASTS],
    )


def forget_rows(conn: Connection, at: datetime) -> None:
    """Remove the rows of dialogues of past days, and answers whose codes are no longer told."""
    execute(conn, "DELETE FROM ussd_dialogue WHERE began_at < ? AND sealed IS NULL", [at - KNOWN])
    execute(conn, "DELETE FROM ussd_answer WHERE told_at < ?", [at - CODES_KEPT])
