"""Dialogues as they are kept: sealed, one row each under the lock of the transaction that goes on with it (S2.20).

On PostgreSQL rows are locked in one order. A dialogue that two gateways begin at once is inserted by one of them; the
other's transaction fails as a whole and is tried again (`daftar.gate.lanes`), and then finds it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from daftar.gate.ussd.dialogue import Dialogue
from daftar.store.dialect import Connection, Row, as_datetime, as_uuid, execute, execute_many, is_sqlite, marks, rows
from daftar.store.forgetting import MOST
from daftar.store.keys import MobileKey, Secrets

TABLE = "ussd_dialogue"
LASTS = timedelta(minutes=5)  # after its last word; a network ends a silent dialogue sooner
KNOWN = timedelta(days=2)  # that there was one: a word repeated later opens no second
CODES_KEPT = timedelta(days=10)
CODES_TOLD = 3

_READ = "SELECT id, caller, began_at, touched_at, sealed FROM ussd_dialogue"
_COUNT = "SELECT caller, count(*) FROM ussd_dialogue WHERE began_at > ? AND"


class Statement(NamedTuple):
    """A write in both dialects: of one row, and of a column a value."""

    sqlite: str
    postgresql: str


_COLUMNS = "id, caller, began_at, touched_at, turns, ended, sealed"
_ARRAYS = "unnest(?::uuid[], ?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::int2[], ?::bool[], ?::bytea[])"
INSERT = Statement(
    f"INSERT INTO ussd_dialogue ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
    f"INSERT INTO ussd_dialogue ({_COLUMNS}) SELECT * FROM {_ARRAYS}",
)
UPDATE = Statement(
    f"REPLACE INTO ussd_dialogue ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
    "UPDATE ussd_dialogue d SET caller = n.caller, began_at = n.began_at, touched_at = n.touched_at, turns = n.turns,"
    f" ended = n.ended, sealed = n.sealed FROM {_ARRAYS} n ({_COLUMNS}) WHERE d.id = n.id",
)
TELL = Statement(
    "INSERT INTO ussd_answer (inquiry, caller, told_at) VALUES (?, ?, ?)",
    "INSERT INTO ussd_answer (inquiry, caller, told_at) SELECT * FROM unnest(?::int8[], ?::uuid[], ?::timestamptz[])",
)

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
    if is_sqlite(conn):  # it has taken its write lock at the beginning
        found = rows(conn, f"{_READ} WHERE id IN ({marks(wanted)})", wanted)
    else:
        found = rows(conn, f"{_READ} WHERE id = ANY(?::uuid[]) ORDER BY id FOR UPDATE", [_array(wanted)])
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
    blobs = secrets.seal_all([_encode(each.dialogue) for each in changed], about=TABLE)
    lines = [
        (each.fresh, (each.id, each.caller, each.began_at, at, each.dialogue.turns, each.dialogue.ended, sealed))
        for each, sealed in zip(changed, blobs, strict=True)
        if each.dialogue
    ]
    _write(conn, INSERT, [line for fresh, line in lines if fresh])
    _write(conn, UPDATE, [line for fresh, line in lines if not fresh])


def _write(conn: Connection, statement: Statement, lines: Sequence[Row]) -> None:
    """One statement for all rows on PostgreSQL; on SQLite one for each, which costs no round trip there."""
    if not lines:
        return
    if is_sqlite(conn):
        execute_many(conn, statement.sqlite, lines)
    else:
        execute(conn, statement.postgresql, [_array(column) for column in zip(*lines, strict=True)])


def _array(column: Iterable[Any]) -> str:
    """A column as PostgreSQL writes an array: made here it costs a tenth of what the driver takes for one."""
    return f"{{{','.join(map(_element, column))}}}"


def _element(value: UUID | datetime | bytes | int) -> str:
    match value:
        case UUID():
            return value.hex
        case bytes():
            return f'"\\\\x{value.hex()}"'
        case datetime():
            return f'"{value.isoformat()}"'
    return str(value).lower()


def count_begun(conn: Connection, callers: Collection[MobileKey], since: datetime) -> dict[MobileKey, int]:
    """How many dialogues each of these numbers has begun since."""
    wanted = sorted(set(callers))
    if is_sqlite(conn):
        found = rows(conn, f"{_COUNT} caller IN ({marks(wanted)}) GROUP BY caller", [since, *wanted])
    else:
        found = rows(conn, f"{_COUNT} caller = ANY(?::uuid[]) GROUP BY caller", [since, _array(wanted)])
    return {MobileKey(as_uuid(caller)): int(count) for caller, count in found}


def remember_answers(conn: Connection, told: Sequence[tuple[int, MobileKey]], at: datetime) -> None:
    """Keep which inquiries a number was told of, so that it may hear their codes again."""
    _write(conn, TELL, [(inquiry, caller, at) for inquiry, caller in told])


def last_answers(conn: Connection, caller: MobileKey, at: datetime) -> list[tuple[int, datetime]]:
    """The newest inquiries that a number was told of, and when."""
    found = rows(
        conn,
        "SELECT inquiry, told_at FROM ussd_answer WHERE caller = ? AND told_at > ? ORDER BY told_at DESC, inquiry DESC"
        " LIMIT ?",
        [caller, at - CODES_KEPT, CODES_TOLD],
    )
    return [(int(inquiry), as_datetime(told) or at) for inquiry, told in found]


def forget_dialogues(conn: Connection, at: datetime, most: int = MOST) -> int:
    """Wipe what was said in dialogues that are minutes old, some at a time; how many, fewer than `most` at the end.

    Those that a late word has just taken are left to the next time.
    """
    chosen = "SELECT id FROM ussd_dialogue WHERE sealed IS NOT NULL AND touched_at < ? LIMIT ?"
    skip = "" if is_sqlite(conn) else " FOR UPDATE SKIP LOCKED"
    wiped = execute(
        conn,
        f"UPDATE ussd_dialogue SET sealed = NULL, caller = NULL, ended = ? WHERE id IN ({chosen}{skip})",
        [True, at - LASTS, most],
    )
    return int(wiped.rowcount)


def forget_rows(conn: Connection, at: datetime, most: int = MOST) -> int:
    """Remove rows of dialogues of past days, and answers whose codes are no longer told, some at a time."""
    dialogues = execute(
        conn,
        "DELETE FROM ussd_dialogue WHERE id IN"
        " (SELECT id FROM ussd_dialogue WHERE began_at < ? AND sealed IS NULL LIMIT ?)",
        [at - KNOWN, most],
    )
    answers = execute(
        conn,
        "DELETE FROM ussd_answer WHERE inquiry IN (SELECT inquiry FROM ussd_answer WHERE told_at < ? LIMIT ?)",
        [at - CODES_KEPT, most],
    )
    return max(int(dialogues.rowcount), int(answers.rowcount))
