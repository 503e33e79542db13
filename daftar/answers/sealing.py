"""Sealing the journal: what was committed since the last pass goes into blocks, writer by writer (ADR 0013).

Ids are gap-free in the order of commits, so whatever is visible of a writer is sealed up to its last committed batch.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from daftar.answers.blocks import GENESIS, MOST_ROWS, Block, last_block, last_blocks, seal_lines, write_blocks
from daftar.answers.canonical import Line, read_lines
from daftar.answers.writers import LEASE_CLASS, LEASED_NUMBERS, SEQUENCES, bounds
from daftar.store.dialect import Connection, is_sqlite, rows
from daftar.store.journal_keys import JournalKeys

MOST_BLOCKS = 20
"""Blocks of one writer in one pass; the rest waits for the next one."""

LOCK_CLASS = 0x5365616C
LOCK = (LOCK_CLASS, 0)
"""The advisory lock of the one process that seals."""

End = tuple[int, bytes]
"""Where a writer's chain ends: last sequence and hash."""

NOTHING: End = (-1, GENESIS)


class Sealer:
    """What the sealing process remembers between its passes: where each chain ends, who may have written."""

    def __init__(self, conn: Connection, keys: JournalKeys) -> None:
        self._keys = keys
        self._ends: dict[int, End] = {number: _end(block) for number, block in last_blocks(conn).items()}
        self._held: set[int] = set(LEASED_NUMBERS)  # at first everybody is looked at
        self.gaps: list[tuple[int, int, int]] = []  # writer and sequences that were gone before they were sealed

    @property
    def writers(self) -> set[int]:
        """Everybody who has a chain."""
        return set(self._ends)

    def prepare(self, conn: Connection, at: datetime, *, everybody: bool = False) -> list[Block]:
        """Blocks of all rows that are committed and not sealed yet; nothing is written.

        Looked at are writers that have moved on, and those leased now or at the pass before. What lies behind a
        writer's bound is not its own, and is left for `verify` to find.
        """
        held = set() if is_sqlite(conn) else _held(conn)
        bound = bounds(conn)  # before the rows: who leases one meanwhile is sealed with the next pass
        leased = set(LEASED_NUMBERS) if everybody else held | self._held
        self._held = held
        moved = {number for number, next in bound.items() if next is not None and next > self._end(number) + 1}
        looked_at = sorted(moved | {number for number in leased if bound.get(number) is None})
        return [block for number in looked_at for block in self._seal(conn, number, bound.get(number), at)]

    def add(self, conn: Connection, blocks: Sequence[Block]) -> list[Block]:
        """Write blocks in the caller's transaction, but none where the end of the chain has moved meanwhile."""
        written = []
        for block in blocks:
            newest = last_block(conn, block.writer)
            self._ends[block.writer] = end = _end(newest) if newest else NOTHING
            if block.previous == end[1] and block.first > end[0]:
                if block.first > end[0] + 1:
                    self.gaps.append((block.writer, end[0] + 1, block.first - 1))
                write_blocks(conn, [block])
                self._ends[block.writer] = _end(block)
                written.append(block)
        return written

    def _end(self, number: int) -> int:
        return self._ends.get(number, NOTHING)[0]

    def _seal(self, conn: Connection, number: int, bound: int | None, at: datetime) -> Iterator[Block]:
        """Blocks of one writer's rows below its bound, if it has one."""
        before = SEQUENCES if bound is None else bound
        sequence, previous = self._ends.get(number, NOTHING)
        for _ in range(MOST_BLOCKS):
            first = number * SEQUENCES + sequence + 1
            lines = read_lines(conn, first, number * SEQUENCES + before - 1, MOST_ROWS)
            if not lines:
                return
            block = seal_lines(_gap_free(lines), writer=number, previous=previous, keys=self._keys, at=at)
            sequence, previous = _end(block)
            yield block


def _end(block: Block) -> End:
    return block.last, block.hash


def _gap_free(lines: list[Line]) -> list[Line]:
    """The rows up to the first missing or doubled one."""
    first = lines[0][0]
    if lines[-1][0] == first + len(lines) - 1:
        return lines
    for place, (id, _) in enumerate(lines):
        if id != first + place:
            return lines[:place]
    return lines


def _held(conn: Connection) -> set[int]:
    """Numbers that a session holds a lease of now."""
    sql = "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = ? AND objsubid = 2"
    return {int(line[0]) for line in rows(conn, sql, [LEASE_CLASS])}
