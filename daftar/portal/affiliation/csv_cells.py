"""Cells of CSV: a line of an inquiry file as sent, and cells of an answer file that a spreadsheet opens safely."""

import csv
import re
from collections.abc import Sequence
from io import StringIO
from operator import itemgetter

from daftar.portal.affiliation.heading import MARK, NUMBER, PERIOD_FROM, PERIOD_TO, TYPE, Heading
from daftar.portal.directory.sheets import FORMULA, harmless
from daftar.portal.directory.sheets import NUMBER as NUMERAL
from daftar.terms.misunderstood import Misunderstood

ASKED = (MARK, NUMBER, PERIOD_FROM, PERIOD_TO, TYPE)
"""The order in which the cells of a line are read, whatever their order in the file."""

BLANK = ("",) * len(ASKED)
FORMULAS = tuple(f",{sign}" for sign in FORMULA)
GUARDED = re.compile(rf",(?=[{re.escape(''.join(FORMULA))}])(?!{NUMERAL.pattern}(?:,|\Z))")
"""Where a cell begins that `harmless` guards, in a text of plain cells: no comma, quotation mark or end of line."""


class LineReader:
    """Reads lines under one heading."""

    def __init__(self, heading: Heading) -> None:
        self._separator = heading.separator
        self._width = len(heading.columns)
        places = {name: place for place, name in enumerate(heading.columns)}
        self._in_order = itemgetter(*(places.get(name, self._width) for name in ASKED))  # beyond: an empty cell

    def cells(self, raw: str) -> tuple[str, ...]:
        """The cells of a line in the order of ASKED; missing ones are empty. Raises Misunderstood."""
        split = next(csv.reader([raw], delimiter=self._separator)) if '"' in raw else raw.split(self._separator)
        cells = [*map(str.strip, split)]
        if len(cells) != self._width:
            cells = self._fitted(cells)
        cells.append("")
        return self._in_order(cells)

    def _fitted(self, cells: list[str]) -> list[str]:
        if any(cells[self._width :]):
            raise Misunderstood("file_cells_too_many")
        return [*cells[: self._width], *[""] * (self._width - len(cells))]


def cells_text(cells: Sequence[str]) -> str:
    """Cells as CSV, each after a comma. Nearly all are plain, and need no more than a guard in front of a formula."""
    text = "," + ",".join(cells)
    if text.count(",") == len(cells) and not ('"' in text or "\t" in text or "\r" in text or "\n" in text):
        return GUARDED.sub(",'", text) if any(map(text.__contains__, FORMULAS)) else text
    written = StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return "," + written.getvalue().removesuffix("\r\n")
