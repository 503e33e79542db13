"""Lists as CSV files: sent as they are read, UTF-8 with its mark for spreadsheets, no cell that one would run."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

from django.http import StreamingHttpResponse

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""Beginnings of cells that a spreadsheet takes for a formula, the wide ones of Chinese keyboards too."""
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
"""Runs nothing, and programs read it: written as it is, telephones with their plus too."""
AT_ONCE = 500
"""Lines in one piece: a piece a line would be slow."""


def sheet(
    name: str, columns: Sequence[str], rows: Iterable[Any], cells: Callable[[Any], Sequence[Any]]
) -> StreamingHttpResponse:
    """A file of rows; `cells` gives those of one row in the order of columns."""
    response = StreamingHttpResponse(_pieces(columns, rows, cells), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _pieces(columns: Sequence[str], rows: Iterable[Any], cells: Callable[[Any], Sequence[Any]]) -> Iterator[bytes]:
    told = StringIO()
    writer = csv.writer(told, lineterminator="\r\n")
    writer.writerow(columns)
    told.seek(0)
    yield told.read().encode("utf-8-sig")
    waiting = 0
    for row in rows:
        if not waiting:
            told.seek(0)
            told.truncate()
        writer.writerow([harmless(cell) for cell in cells(row)])
        waiting = (waiting + 1) % AT_ONCE
        if not waiting:
            yield told.getvalue().encode()
    if waiting:
        yield told.getvalue().encode()


def harmless(cell: Any) -> str:
    """A cell's text; what looks like a formula is made plain text by an apostrophe, and a number stays one."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text
