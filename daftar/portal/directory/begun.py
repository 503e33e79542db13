"""Institutions under the terms that begin as somebody typed, in the order of the terms (ADR 0014): plain SQL.

One statement walks along the key of the terms and looks each institution up as it goes. So that no planner reads the
whole table of institutions instead, the looking up is a query within the query.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from daftar.portal.directory.wanted import Terms, Wanted

Begun = tuple[str, str | None]
"""Code of an institution and its region; no region: it is not listed, or not of the level and class that are wanted."""

WINDOWS = (600, 1_200, 2_400, 4_800, 6_600)
"""Terms that are read at most, step by step; afterwards there may be more."""
LAST = b"\xff"
"""After every letter in UTF-8."""

SQL = """
SELECT code, (
    SELECT i.region FROM institution i WHERE i.code = begun.code AND i.withdrawn = %s AND i.cross_region = %s
    AND (i.opened_on IS NULL OR i.opened_on <= %s) AND (i.closed_on IS NULL OR i.closed_on >= %s){chosen})
FROM (SELECT term, code FROM institution_term WHERE whole = %s AND term >= %s AND term < %s
      ORDER BY term, code LIMIT %s OFFSET %s) begun
ORDER BY term, code
"""
"""`listed` (kept.py) in SQL."""
LINES = """
SELECT code, region, name, level, institution_class, address
FROM institution WHERE code IN ({marks})
"""
TEXTS = "SELECT code, words, address FROM institution WHERE code IN ({marks})"


class Line(NamedTuple):
    """An institution as the list shows it."""

    code: str
    region: str
    name: str
    level: str
    institution_class: str
    address: str


def begun(terms: Terms, wanted: Wanted, day: date) -> Iterator[tuple[Sequence[Begun], bool]]:
    """What stands under the terms that begin so, best first, in windows that grow; whether it is a term's last.

    Of the search only level and class are looked at.
    """
    for whole, term in terms:
        start = 0
        for size in WINDOWS:
            window = _read(whole, term.encode(), size, start, wanted, day)
            last = len(window) < size
            yield window, last
            start += size
            if last:
                break


def lines(codes: Sequence[str]) -> list[Line]:
    """Institutions by their codes, in that order."""
    rows = {row[0]: Line._make(row) for row in _by_codes(LINES, codes)}
    return [rows[code] for code in codes if code in rows]


def texts(codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Words and address of institutions, by their codes."""
    return {code: (words, address) for code, words, address in _by_codes(TEXTS, codes)}


def _by_codes(sql: str, codes: Sequence[str]) -> list[tuple[Any, ...]]:
    if not codes:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.format(marks=", ".join(["%s"] * len(codes))), codes)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _read(whole: bool, term: bytes, size: int, start: int, wanted: Wanted, day: date) -> Sequence[Begun]:
    every = {"level": wanted.level, "institution_class": wanted.institution_class}
    chosen = {column: value for column, value in every.items() if value}
    sql = SQL.format(chosen="".join(f" AND i.{column} = %s" for column in chosen))
    with connection.cursor() as cursor:
        cursor.execute(sql, [False, True, day, day, *chosen.values(), whole, term, term + LAST, size, start])
        window: Sequence[Begun] = cursor.fetchall()
    return window
