"""What somebody with the database's password, but without the signing key, may do to the journal.

Each tampering does its work in the open transaction and returns the (writer, sequence) pairs that must be named.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID

from daftar.answers.blocks import hash_of, last_blocks, mark
from daftar.answers.canonical import read_lines
from daftar.answers.journal import COLUMNS, TYPES
from daftar.answers.writers import SEQUENCES
from daftar.store.dialect import execute, for_sqlite, is_sqlite, rows

Named = set[tuple[int, int]]
VALUES = {
    "varchar": ("", "x", "-", "=3:abc", "۷"),
    "uuid": (UUID(int=1), UUID(int=2)),
    "date": (date(2001, 2, 3), date(1999, 1, 1)),
    "timestamptz": (datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC), datetime(2026, 5, 6, 7, 8, 9, 10, tzinfo=UTC)),
}


def pairs(*ids: int) -> Named:
    """Writer and sequence of ids."""
    return {divmod(id, SEQUENCES) for id in ids}


def any_id(conn: Any, chance: Random) -> int:
    """Some row."""
    return chance.choice([line[0] for line in rows(conn, "SELECT id FROM inquiry ORDER BY id")])


def changed(conn: Any, chance: Random) -> Named:
    """One column of one row has another value, of its own type or, on SQLite, of none."""
    id = any_id(conn, chance)
    column = chance.choice(COLUMNS[1:])
    before = rows(conn, f"SELECT {column} FROM inquiry WHERE id = ?", [id])[0][0]
    values = [value for value in VALUES[TYPES[column]] if _stored(conn, value) != before]
    if is_sqlite(conn) and isinstance(before, str):
        values += [before.encode(), before + "\0"]
        if chance.random() < 0.2:
            execute(conn, f"UPDATE inquiry SET {column} = CAST(x'ff' AS text) WHERE id = ?", [id])
            return pairs(id)
    execute(conn, f"UPDATE inquiry SET {column} = ? WHERE id = ?", [chance.choice(values), id])
    return pairs(id)


def _stored(conn: Any, value: Any) -> Any:
    return for_sqlite(value) if is_sqlite(conn) else value


def removed(conn: Any, chance: Random) -> Named:
    """Some rows are gone."""
    ids = {any_id(conn, chance) for _ in range(chance.randint(1, 4))}
    for id in ids:
        execute(conn, "DELETE FROM inquiry WHERE id = ?", [id])
    return pairs(*ids)


def swapped(conn: Any, chance: Random) -> Named:
    """Two rows have each other's ids."""
    one = any_id(conn, chance)
    other = chance.choice([line[0] for line in rows(conn, "SELECT id FROM inquiry WHERE id != ?", [one])])
    for before, after in ((one, -1), (other, one), (-1, other)):
        execute(conn, "UPDATE inquiry SET id = ? WHERE id = ?", [after, before])
    return pairs(one, other)


def inserted(conn: Any, chance: Random) -> Named:
    """A copy of a row under an id of nobody's, after the end of a chain, or (PostgreSQL) under its own id."""
    source = any_id(conn, chance)
    writer = source // SEQUENCES
    end = rows(conn, "SELECT max(id) FROM inquiry WHERE id < ?", [(writer + 1) * SEQUENCES])[0][0]
    ids = [end + 1, end + 7, -5, 1000 * SEQUENCES, 57 * SEQUENCES]
    id = chance.choice(ids if is_sqlite(conn) else [*ids, source, source])
    others = ", ".join(COLUMNS[2:])
    execute(
        conn,
        f"INSERT INTO inquiry (id, asked_at, {others}) SELECT CAST(? AS bigint), ?, {others} FROM inquiry WHERE id = ?",
        [id, datetime(2026, 2, 2, 2, tzinfo=UTC), source],
    )
    return pairs(id)


def truncated(conn: Any, chance: Random) -> Named:
    """A chain ends early: rows, blocks and the writer's sequence agree."""
    writer, sequence = divmod(any_id(conn, chance), SEQUENCES)
    firsts = [
        line[0]
        for line in rows(
            conn,
            "SELECT first_sequence FROM journal_block WHERE writer = ? AND first_sequence <= ?",
            [writer, sequence],
        )
    ]
    start = max(firsts)
    last = last_blocks(conn)[writer].last
    execute(conn, "DELETE FROM journal_block WHERE writer = ? AND first_sequence >= ?", [writer, start])
    execute(
        conn,
        "DELETE FROM inquiry WHERE id >= ? AND id < ?",
        [writer * SEQUENCES + start, (writer + 1) * SEQUENCES],
    )
    execute(conn, "UPDATE writer SET next_sequence = ? WHERE number = ?", [start, writer])
    return {(writer, last)}


def unsealed(conn: Any, chance: Random) -> Named:
    """A block is gone, its rows with it or not."""
    writer, first, last = _a_block(conn, chance)
    execute(conn, "DELETE FROM journal_block WHERE writer = ? AND first_sequence = ?", [writer, first])
    if chance.random() < 0.5:
        low = writer * SEQUENCES
        execute(conn, "DELETE FROM inquiry WHERE id >= ? AND id <= ?", [low + first, low + last])
    return {(writer, last)}


def block_changed(conn: Any, chance: Random) -> Named:
    """One column of a block."""
    writer, first, last = _a_block(conn, chance)
    values = {
        "previous": hashlib.sha256(b"x").digest(),
        "hash": hashlib.sha256(b"y").digest(),
        "marks": b"z" * chance.choice([8, 8 * (last - first + 1)]),
        "signature": b"s" * 64,
        "kid": "0123456789abcdef",
        "sealed_at": datetime(2025, 1, 1, tzinfo=UTC),
    }
    column = chance.choice(sorted(values))
    execute(
        conn,
        f"UPDATE journal_block SET {column} = ? WHERE writer = ? AND first_sequence = ?",
        [values[column], writer, first],
    )
    return {(writer, first)}


def covered_up(conn: Any, chance: Random) -> Named:
    """A row is changed, and its block's marks and hash are made to fit: only the signature cannot be."""
    id = any_id(conn, chance)
    execute(conn, "UPDATE inquiry SET outcome = 'else' WHERE id = ?", [id])
    writer, sequence = divmod(id, SEQUENCES)
    (first, last, previous, kid, at) = rows(
        conn,
        "SELECT first_sequence, last_sequence, previous, kid, sealed_at FROM journal_block"
        " WHERE writer = ? AND first_sequence <= ? AND last_sequence >= ?",
        [writer, sequence, sequence],
    )[0]
    lines = read_lines(conn, writer * SEQUENCES + first, writer * SEQUENCES + last, last - first + 1)
    marks = b"".join(mark(line) for _, line in lines)
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC) if isinstance(at, str) else at
    digest = hash_of(lines, (writer, first, last, bytes(previous), marks, kid, moment))
    execute(
        conn,
        "UPDATE journal_block SET marks = ?, hash = ? WHERE writer = ? AND first_sequence = ?",
        [marks, digest, writer, first],
    )
    return {(writer, sequence)}


def _a_block(conn: Any, chance: Random) -> tuple[int, int, int]:
    found = rows(conn, "SELECT writer, first_sequence, last_sequence FROM journal_block ORDER BY 1, 2")
    return chance.choice(found)  # type: ignore[return-value]


ALL: tuple[Callable[[Any, Random], Named], ...] = (
    changed,
    removed,
    swapped,
    inserted,
    truncated,
    unsealed,
    block_changed,
    covered_up,
)
