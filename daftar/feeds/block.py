"""Rows on their way in, by column, as texts; and what is wrong with a row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pyarrow as pa


class Fault(NamedTuple):
    """A row that may not come in: its line (the header is 1), the column at fault, a reason code, the masked value."""

    line: int
    column: str
    reason: str
    masked: str = ""


class FileRefused(Exception):
    """The file as a whole cannot be loaded. `code` has a text under [feed]; `names` are columns or formats."""

    def __init__(self, code: str, *names: str) -> None:
        super().__init__(code)
        self.code = code
        self.names = names

    def __str__(self) -> str:
        """Code and names in one line, as kept in feed_batch.problem."""
        return self.code + (": " + ", ".join(self.names) if self.names else "")


@dataclass(slots=True)
class Block:
    """Some consecutive rows of a file: cells by column, and the rows that were no rows at all, in order of lines.

    Cells are texts in Arrow's arrays: a column is looked at as a whole, and only its different texts become objects.
    `received` is given for rows that have waited: the instant of the batch that brought each of them.
    """

    lines: list[int]
    columns: dict[str, pa.StringArray]
    faults: list[Fault] = field(default_factory=list)
    received: list[str] | None = None

    def __len__(self) -> int:
        return len(self.lines) + len(self.faults)

    def split(self, count: int) -> "tuple[Block, Block]":
        """The first `count` rows, faulty ones counted, and the rest."""
        if not self.faults:
            return self._cut(0, count, []), self._cut(count, len(self.lines), [])
        in_order = sorted([*self.lines, *(fault.line for fault in self.faults)])
        last = in_order[count - 1] if count else 0
        rows = sum(1 for line in self.lines if line <= last)
        head = [fault for fault in self.faults if fault.line <= last]
        return self._cut(0, rows, head), self._cut(rows, len(self.lines), self.faults[len(head) :])

    def part(self, start: int, count: int) -> "Block":
        """`count` rows from the row `start` on, faulty ones counted."""
        if self.faults:
            rest = self.split(start)[1]
            return rest.split(min(count, len(rest)))[0]
        return self._cut(start, start + count, [])

    def _cut(self, start: int, end: int, faults: list[Fault]) -> "Block":
        columns = {name: cells.slice(start, end - start) for name, cells in self.columns.items()}
        received = None if self.received is None else self.received[start:end]
        return Block(self.lines[start:end], columns, faults, received)

    def cell(self, name: str, place: int) -> str:
        """One cell; empty where the file has no such column."""
        return str(self.columns[name][place].as_py()) if name in self.columns else ""


def as_cells(texts: Sequence[str]) -> pa.StringArray:
    """A column of texts."""
    return pa.array(texts, pa.string())
