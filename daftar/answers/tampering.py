"""What can be wrong with the journal, and where: findings, neighbours of one kind put together."""

from enum import StrEnum

import msgspec


class Tampering(StrEnum):
    """What was done to the journal after it was sealed."""

    ROW_CHANGED = "row_changed"  # not what was sealed; rows that were swapped are both changed
    ROW_REMOVED = "row_removed"  # no row has this sequence
    ROW_INSERTED = "row_inserted"  # a second row of a sequence, or one that no writer has written
    BLOCK_CHANGED = "block_changed"  # hash, signature or chain do not fit, the rows do
    BLOCK_REMOVED = "block_removed"  # nothing seals these sequences, though later ones are sealed
    TRUNCATED = "truncated"  # the published head knows more than the database holds
    HEAD_FORGED = "head_forged"  # the head's own signature does not hold


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong with the rows `first` to `last` (sequences) of a writer."""

    what: Tampering
    writer: int
    first: int
    last: int


class Findings:
    """Collects findings; ten thousand rows removed side by side are one."""

    def __init__(self) -> None:
        self.found: list[Finding] = []

    def add(self, what: Tampering, writer: int, first: int, last: int | None = None) -> None:
        """Add one, unless it is there; a finding that follows the one before lengthens it."""
        last = first if last is None else last
        for place in range(len(self.found) - 1, max(len(self.found) - 4, -1), -1):
            before = self.found[place]
            if (before.what, before.writer) == (what, writer) and before.first <= first <= before.last + 1:
                self.found[place] = Finding(what, writer, before.first, max(before.last, last))
                return
        self.found.append(Finding(what, writer, first, last))
