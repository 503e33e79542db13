"""Verifying the journal: every row against its block, every block against its chain, the chains against the head.

Read-only, in a snapshot of the caller's (`store.connect.snapshot`): people go on writing meanwhile. The head must have
been read before the snapshot began.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import groupby

import msgspec

from daftar.answers.blocks import GENESIS, MARK_BYTES, Block, all_blocks, fits, hash_of, mark
from daftar.answers.canonical import HIGHEST, Line, Lines, asked_at
from daftar.answers.head import Head
from daftar.answers.tampering import Finding, Findings, Tampering
from daftar.answers.writers import SEQUENCES, bounds
from daftar.store.dialect import Connection
from daftar.store.journal_keys import JournalKeys


class Report(msgspec.Struct, frozen=True):
    """What was looked at and found. `waiting` rows are committed and not sealed yet, the oldest asked at a moment.

    `unbounded`: writers of whom it is not known where they end, leased now or never given back.
    """

    rows: int
    blocks: int
    waiting: int
    waiting_since: datetime | None
    unbounded: int
    findings: list[Finding]


def verify(
    conn: Connection, keys: JournalKeys, head: Head | None, progress: Callable[[int], None] = lambda rows: None
) -> Report:
    """Look at every row and block. `progress` is called with the number of rows since the last call."""
    return _Verification(conn, keys, head, progress).run()


class _Verification:
    """One walk over rows and blocks, both in the order of writer and sequence."""

    def __init__(self, conn: Connection, keys: JournalKeys, head: Head | None, progress: Callable[[int], None]) -> None:
        self._keys = keys
        self._progress = progress
        self._lines = Lines(conn)
        self._blocks = all_blocks(conn)
        self._findings = Findings()
        self._ends: dict[int, int] = {}  # last sealed sequence by writer
        self._hashes: set[bytes] = {GENESIS}  # what the next block may have for the one before
        self._promised = {(writer, end.sequence): end.hash for writer, end in (head.writers if head else {}).items()}
        self._reached: dict[int, int] = {}  # by writer, behind the last row that waits
        bound = bounds(conn)
        self._bounds = {number: SEQUENCES if next is None else next for number, next in bound.items()}
        self._known = {number: next for number, next in bound.items() if next is not None}
        self._unbounded = sum(next is None for next in bound.values())
        self._oldest: str | None = None  # the moment of the row that waits longest, as it stands in its line
        self._rows = self._waiting = self._count = 0

    def run(self) -> Report:
        """Walk, then say what the head promised and was not there."""
        for block in self._blocks:
            self._count += 1
            self._loose(self._take(block.first_id - 1), before=block)
            self._chain(block)
            self._block(block, self._take(block.last_id))
        self._loose(self._take(HIGHEST), before=None)
        for writer, sequence in sorted(self._promised):
            first = min(self._ends.get(writer, -1) + 1, sequence)
            self._findings.add(Tampering.TRUNCATED, writer, first, sequence)
            self._reached[writer] = max(self._reached.get(writer, 0), sequence + 1)
        self._short()
        since = None if self._oldest is None else _moment(self._oldest)
        return Report(self._rows, self._count, self._waiting, since, self._unbounded, self._findings.found)

    def _take(self, last: int) -> list[Line]:
        taken = self._lines.up_to(last)
        self._rows += len(taken)
        self._progress(len(taken))
        return taken

    def _loose(self, lines: Sequence[Line], before: Block | None) -> None:
        """Rows outside of blocks: those after the end of their chain wait to be sealed, unless there are gaps."""
        for writer, group in groupby(lines, lambda line: line[0] // SEQUENCES):
            loose = [(id % SEQUENCES, line) for id, line in group]
            if before is not None and writer == before.writer:
                continue  # nothing seals them, though later ones are sealed: `_chain` says so
            expected = self._ends.get(writer, -1) + 1
            for sequence, line in loose:
                if sequence >= self._bounds.get(writer, 0) or sequence < expected:
                    self._findings.add(Tampering.ROW_INSERTED, writer, sequence)
                    continue
                if sequence > expected:
                    self._findings.add(Tampering.ROW_REMOVED, writer, expected, sequence - 1)
                self._waiting += 1
                moment = asked_at(line)  # ISO: as text they stand in the order of time
                self._oldest = moment if self._oldest is None else min(moment, self._oldest)
                expected = sequence + 1
            self._reached[writer] = expected

    def _short(self) -> None:
        """Rows are missing where a writer has written more than is there: what is taken is used or free again."""
        for writer, next in sorted(self._known.items()):
            reached = max(self._reached.get(writer, 0), self._ends.get(writer, -1) + 1)
            if reached < next:
                self._findings.add(Tampering.ROW_REMOVED, writer, reached, next - 1)

    def _chain(self, block: Block) -> None:
        """The block goes on where the one before ended."""
        if block.writer not in self._ends:
            self._hashes = {GENESIS}
        expected = self._ends.get(block.writer, -1) + 1
        if block.first > expected:
            gone = Tampering.ROW_REMOVED if block.previous in self._hashes else Tampering.BLOCK_REMOVED
            self._findings.add(gone, block.writer, expected, block.first - 1)
        elif block.first < expected or block.previous not in self._hashes:
            self._findings.add(Tampering.BLOCK_CHANGED, block.writer, block.first, block.last)
        if not self._keys.holds(block.kid, block.signature, block.hash):
            self._findings.add(Tampering.BLOCK_CHANGED, block.writer, block.first, block.last)
        if self._promised.get((block.writer, block.last)) == block.hash.hex():
            del self._promised[block.writer, block.last]
        self._ends[block.writer] = max(block.last, expected - 1)

    def _block(self, block: Block, lines: Sequence[Line]) -> None:
        self._hashes = {block.hash}
        if len(lines) == block.last - block.first + 1 and fits(block, lines):
            return
        if not self._name_rows(block, lines):
            self._findings.add(Tampering.BLOCK_CHANGED, block.writer, block.first, block.last)
            about = (block.writer, block.first, block.last, block.previous, block.marks, block.kid, block.sealed_at)
            self._hashes.add(hash_of(lines, about))  # only its own hash was changed: the next one is not to blame

    def _name_rows(self, block: Block, lines: Sequence[Line]) -> bool:
        """Compare row by row with the marks; False when each row is as it was sealed."""
        count = block.last - block.first + 1
        if len(block.marks) != count * MARK_BYTES:
            return False
        named, present = False, dict[int, int]()
        for id, line in lines:
            place = id % SEQUENCES - block.first
            sealed = block.marks[place * MARK_BYTES : (place + 1) * MARK_BYTES]
            what = Tampering.ROW_INSERTED if place in present else Tampering.ROW_CHANGED
            if place in present or mark(line) != sealed:
                self._findings.add(what, block.writer, block.first + place)
                named = True
            present[place] = id
        for place in range(count):
            if place not in present:
                self._findings.add(Tampering.ROW_REMOVED, block.writer, block.first + place)
                named = True
        return named


def _moment(text: str) -> datetime:
    """As a line has it; what is no moment was not written by us, and waits for ever."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
