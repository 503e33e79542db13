"""CSV with a header: comma, double quotes, one row a line.

A line break inside quotes is not a row here: no column holds one, and a lost quote must not swallow the rows after it.
"""

import csv
from collections.abc import Callable, Iterator
from typing import BinaryIO

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from daftar.feeds.block import Block, Fault, FileRefused, as_cells
from daftar.feeds.description import FeedTable
from daftar.feeds.formats.lines import LONGEST_LINE, Lines, Piece, read_lines
from daftar.feeds.masking import column_name

_MARK = "\ufeff".encode()  # which Arrow would drop; it belongs at the beginning of a file alone


def inspect(stream: BinaryIO, table: FeedTable) -> None:
    """Look at the header. FileRefused for unknown, doubled or missing columns."""
    _header(next(read_lines(stream)).lines(), table)


def blocks(stream: BinaryIO, table: FeedTable, progress: Callable[[int, int], None]) -> Iterator[Block]:
    """Rows after the header; progress in bytes."""
    total = stream.seek(0, 2)
    header: list[str] | None = None
    for piece in read_lines(stream):
        if header is None:
            header = _header(piece.lines(), table)
            piece = piece.after_first()
        yield _block(header, piece)
        progress(piece.done, total)


def _header(lines: Lines, table: FeedTable) -> list[str]:
    if not lines.texts or lines.numbers[0] != 1:
        raise FileRefused(lines.faults[0].reason if lines.faults else "empty_file")
    try:
        names = [name.strip() for name in _cells(lines.texts[0])]
    except csv.Error:
        raise FileRefused("no_header") from None
    if not set(names) & set(table.names):
        raise FileRefused("no_header")
    if unknown := [name for name in names if name not in table.names]:
        raise FileRefused("unknown_column", *map(column_name, unknown[:5]))
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise FileRefused("doubled_column", *doubled)
    if missing := [name for name in table.required if name not in names]:
        raise FileRefused("missing_column", *missing)
    return names


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], strict=True), []) if '"' in line else line.split(",")


def _block(header: list[str], piece: Piece) -> Block:
    columns = _plain(piece, len(header))
    if columns is not None:
        numbers = list(range(piece.number, piece.number + len(piece)))
        return Block(numbers, dict(zip(header, columns, strict=True)), list(piece.faults))
    numbers, rows, faults = _careful(piece.lines(), len(header))
    cells = map(as_cells, zip(*rows, strict=True)) if rows else (as_cells([]) for _ in header)
    return Block(numbers, dict(zip(header, cells, strict=True)), faults)


def _plain(piece: Piece, width: int) -> list[pa.StringArray] | None:
    """The columns of lines that are all rows without quotes, as nearly all files have them; None for others."""
    data = (piece.data or b"").replace(b"\r\n", b"\n")
    if width < 2 or not data or b'"' in data or b"\r" in data or data.startswith(_MARK):
        return None  # with one column: is a blank line a row?
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
    if np.diff(ends, prepend=-1, append=len(data)).max() > LONGEST_LINE:
        return None
    names = [str(place) for place in range(width)]
    try:
        found = arrow_csv.read_csv(
            pa.BufferReader(data),
            arrow_csv.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=names),
            arrow_csv.ParseOptions(quote_char=False),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid:  # bytes that are no UTF-8 among them
        return None
    # a blank line is left out by Arrow, and then all are read with care
    return [column.combine_chunks() for column in found.columns] if found.num_rows == len(piece) else None


def _careful(lines: Lines, width: int) -> tuple[list[int], list[list[str]], list[Fault]]:
    """Numbers and cells of the lines that are rows of this width, and the faults of the others."""
    numbers, rows, faults = [], [], list(lines.faults)
    for number, line in zip(lines.numbers, lines.texts, strict=True):
        if not line or line.isspace():
            continue
        try:
            cells = _cells(line)
        except csv.Error:
            faults.append(Fault(number, "", "broken_quotes"))
            continue
        if len(cells) != width:
            faults.append(Fault(number, "", "wrong_number_of_columns"))
            continue
        numbers.append(number)
        rows.append(cells)
    return numbers, rows, sorted(faults)
