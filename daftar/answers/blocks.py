"""Blocks of the journal (ADR 0013).

A block holds consecutive rows of one writer under one signed hash, chained to the writer's block before.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from daftar.answers.canonical import Line
from daftar.answers.writers import SEQUENCES
from daftar.store.dialect import Connection, as_datetime, execute, is_sqlite, rows
from daftar.store.journal_keys import JournalKeys

MARK_BYTES = 8
GENESIS = bytes(32)
"""What a writer's first block has for the block before."""

MOST_ROWS = 5_000
CHUNK = 100
COLUMNS = (
    "writer, first_sequence, last_sequence, previous, marks, hash, kid, signature, sealed_at"  # as in `Block`, in order
)


class Block(msgspec.Struct, frozen=True):
    """One row of `journal_block`."""

    writer: int
    first: int
    last: int
    previous: bytes
    marks: bytes
    hash: bytes
    kid: str
    signature: bytes
    sealed_at: datetime

    @property
    def first_id(self) -> int:
        """The journal's id of the first row."""
        return self.writer * SEQUENCES + self.first

    @property
    def last_id(self) -> int:
        """The journal's id of the last row."""
        return self.writer * SEQUENCES + self.last


def seal_lines(lines: Sequence[Line], *, writer: int, previous: bytes, keys: JournalKeys, at: datetime) -> Block:
    """Seal rows without a gap. One hash over all of them; the marks only serve to name a row that was tampered with."""
    first, last = lines[0][0] % SEQUENCES, lines[-1][0] % SEQUENCES
    marks = b"".join(mark(line) for _, line in lines)
    digest = hash_of(lines, (writer, first, last, previous, marks, keys.signing_kid, at))
    return Block(writer, first, last, previous, marks, digest, keys.signing_kid, keys.sign(digest), at)


def mark(line: bytes) -> bytes:
    """What the block remembers of one row."""
    return hashlib.blake2b(line, digest_size=MARK_BYTES).digest()


def fits(block: Block, lines: Sequence[Line]) -> bool:
    """Whether these are the rows that were sealed, all of them and no other, in their order."""
    about = (block.writer, block.first, block.last, block.previous, block.marks, block.kid, block.sealed_at)
    return hash_of(lines, about) == block.hash


def hash_of(lines: Sequence[Line], about: tuple[int, int, int, bytes, bytes, str, datetime]) -> bytes:
    """SHA-256 of a head line and the rows, one after the other: each says where it ends."""
    writer, first, last, previous, marks, kid, at = about
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    head = f"daftar journal block 1 {writer} {first} {last} {previous.hex()} {marks.hex()} {kid} {moment}\n"
    return hashlib.sha256(head.encode() + b"".join([line for _, line in lines])).digest()


def write_blocks(conn: Connection, blocks: Sequence[Block]) -> None:
    """Add blocks; one that was sealed before raises the database's IntegrityError."""
    for block in blocks:
        execute(
            conn,
            f"INSERT INTO journal_block ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            msgspec.structs.astuple(block),
        )


def last_blocks(conn: Connection) -> dict[int, Block]:
    """Each writer's newest block."""
    found = rows(
        conn,
        f"SELECT {COLUMNS} FROM journal_block WHERE (writer, first_sequence) IN"
        " (SELECT writer, max(first_sequence) FROM journal_block GROUP BY writer)",
    )
    return {block.writer: block for block in map(_block, found)}


def last_block(conn: Connection, writer: int) -> Block | None:
    """One writer's newest block."""
    found = rows(
        conn,
        f"SELECT {COLUMNS} FROM journal_block WHERE writer = ? ORDER BY first_sequence DESC LIMIT 1",
        [writer],
    )
    return _block(found[0]) if found else None


def blocks_after(conn: Connection, writer: int, sequence: int, most: int) -> list[Block]:
    """One writer's blocks that begin after a sequence, in order."""
    found = rows(
        conn,
        f"SELECT {COLUMNS} FROM journal_block WHERE writer = ? AND first_sequence > ? ORDER BY first_sequence LIMIT ?",
        [writer, sequence, most],
    )
    return [_block(line) for line in found]


def all_blocks(conn: Connection) -> Iterator[Block]:
    """Every block by writer and sequence, read in chunks, in the caller's transaction."""
    sql = f"SELECT {COLUMNS} FROM journal_block ORDER BY writer, first_sequence"
    cursor = conn.cursor() if is_sqlite(conn) else conn.cursor(name="journal_blocks", binary=True)
    cursor.execute(sql)
    while chunk := cursor.fetchmany(CHUNK):
        yield from map(_block, chunk)
    cursor.close()


def sealed_rows(conn: Connection) -> int:
    """How many rows the blocks hold."""
    return int(rows(conn, "SELECT coalesce(sum(last_sequence - first_sequence + 1), 0) FROM journal_block")[0][0])


def _block(line: Sequence[Any]) -> Block:
    """What SQLite lets into a column of another type was not written by us: such a block fits nothing."""
    writer, first, last = (value if isinstance(value, int) else -1 for value in line[:3])
    try:
        previous, marks, digest, signature = (bytes(line[place]) for place in (3, 4, 5, 7))
        at = as_datetime(line[8])
        assert at is not None  # the column is NOT NULL
    except (TypeError, ValueError):
        previous = marks = digest = signature = b""
        at = datetime.min.replace(tzinfo=UTC)
    return Block(writer, first, last, previous, marks, digest, str(line[6]), signature, at)
