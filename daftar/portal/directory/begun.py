"""Institutions under the terms that begin as somebody typed, in the order of the terms (ADR 0014): plain SQL.

One statement looks terms up by their key and brings what the rest of a search is judged by. Django's own way would be
a list of a thousand codes, and take longer than the databases; making an object of each line it shows, as well.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection

from daftar.portal.directory.wanted import Terms

WINDOWS = (600, 3_000, 12_000)
"""Terms that are read at most, step by step; afterwards there may be more."""
LAST = b"\xff"
"""After every letter in UTF-8."""

SQL = """
SELECT t.code, i.region, {more}
FROM (SELECT term, code FROM institution_term WHERE whole = %s AND term >= %s AND term < %s
      ORDER BY term, code LIMIT %s OFFSET %s) t
LEFT JOIN institution i ON i.code = t.code AND i.withdrawn = %s AND i.cross_region = %s
  AND (i.opened_on IS NULL OR i.opened_on <= %s) AND (i.closed_on IS NULL OR i.closed_on >= %s)
ORDER BY t.term, t.code
"""
"""`listed` (kept.py) in SQL; a term of an institution that is not listed comes without a region."""
MORE = "i.words, i.level, i.institution_class, i.address"
NO_MORE = "'', '', '', ''"
"""For a search of one name or code alone: half the work of reading six hundred rows is their long texts."""
LINES = """
SELECT code, region, name, level, institution_class, address
FROM institution WHERE code IN ({marks})
"""


class Begun(NamedTuple):
    """An institution under a term; no region: it is not listed."""

    code: str
    region: str | None
    words: str
    level: str
    institution_class: str
    address: str


class Line(NamedTuple):
    """An institution as the list shows it."""

    code: str
    region: str
    name: str
    level: str
    institution_class: str
    address: str


def begun(terms: Terms, day: date, *, more: bool = True) -> Iterator[tuple[list[Begun], bool]]:
    """Institutions under the terms that begin so, best first, in windows that grow; whether it is a term's last.

    Without `more` only codes and regions are told.
    """
    for whole, term in terms:
        start = 0
        for size in WINDOWS:
            window = _read(whole, term.encode(), size, start, day, MORE if more else NO_MORE)
            last = len(window) < size
            yield window, last
            start += size
            if last:
                break


def lines(codes: Sequence[str]) -> list[Line]:
    """Institutions by their codes, in that order."""
    if not codes:
        return []
    with connection.cursor() as cursor:
        cursor.execute(LINES.format(marks=", ".join(["%s"] * len(codes))), codes)
        rows = {row[0]: Line._make(row) for row in cursor.fetchall()}
    return [rows[code] for code in codes if code in rows]


def _read(whole: bool, term: bytes, size: int, start: int, day: date, more: str) -> list[Begun]:
    with connection.cursor() as cursor:
        cursor.execute(SQL.format(more=more), [whole, term, term + LAST, size, start, False, True, day, day])
        return [Begun._make(row) for row in cursor.fetchall()]
