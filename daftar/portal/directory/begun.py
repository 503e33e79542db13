"""Institutions under the terms that begin as somebody typed, in the order of the terms (ADR 0014): plain SQL.

One statement walks along the key of the terms and looks each institution up as it goes. So that no planner reads the
whole table of institutions instead, the looking up is a query within the query.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection

from daftar.portal.directory.days import Days
from daftar.portal.directory.wanted import Terms, Wanted
from daftar.portal.directory.words import shortest, spellings
from daftar.terms.finding import LONGEST

Begun = tuple[str, str | None]
"""Code of an institution and its region; no region: it is not listed, or surely not what is wanted."""

WINDOWS = (600, 1_200, 2_400, 4_800, 6_600)
"""Terms that are read at most, step by step; afterwards there may be more, and `begun` says so."""
LAST = b"\xff"
"""After every letter in UTF-8."""

SQL = """
SELECT code, (
    SELECT i.region FROM institution i WHERE i.code = begun.code {listed}{chosen})
FROM (SELECT term, code FROM institution_term WHERE whole = %s AND term >= %s AND term < %s
      ORDER BY term, code LIMIT %s OFFSET %s) begun
ORDER BY term, code
"""
LINES = """
SELECT code, region, name, level, institution_class, address
FROM institution WHERE code IN ({marks})
"""
TEXTS = "SELECT code, words, address FROM institution WHERE code IN ({marks})"
COUNT = """
SELECT count(*) FROM (SELECT 1 FROM institution_term WHERE whole = %s AND term >= %s AND term < %s LIMIT %s) counted
"""
HOLDS = "replace(i.words, ' ', '') LIKE %s"
LIES = "lower(i.address) LIKE %s ESCAPE '!'"
"""Quick looks at other terms and the address: they let more pass than is wanted, and never less."""


class Line(NamedTuple):
    """An institution as the list shows it."""

    code: str
    region: str
    name: str
    level: str
    institution_class: str
    address: str


def begun(terms: Terms, others: list[Terms], wanted: Wanted, days: Days) -> Iterator[tuple[Sequence[Begun], bool]]:
    """What stands under the terms that begin so, best first, in windows that grow; whether it is a term's last.

    Of the rest of the search all but the place is looked at, `others` only roughly. An empty window that is not the
    last: there is more than is read.
    """
    listed, on = days.listed_sql()
    chosen, values = _rest(others, wanted)
    sql = SQL.format(listed=listed, chosen=chosen)
    for whole, term in terms:
        start = 0
        for size in WINDOWS:
            window = _read(sql, [*on, *values, whole, *span(term), size, start])
            last = len(window) < size
            yield window, last
            start += size
            if last:
                break
        else:
            yield (), False


def leads_further(terms: Terms) -> bool:
    """Whether more was typed than terms are kept of: what they lead to is still to be compared with the whole."""
    return any(len(term) > LONGEST for _, term in terms)


def span(term: str) -> tuple[bytes, bytes]:
    """Between which terms those lie that begin so, as far as they are kept."""
    begins = term[:LONGEST].encode()
    return begins, begins + LAST


def how_many(terms: Terms) -> int:
    """Terms that begin so; counted no further than they are read."""
    most = sum(WINDOWS) + 1
    counted = 0
    with connection.cursor() as cursor:
        for whole, term in terms:
            cursor.execute(COUNT, [whole, *span(term), most])
            counted += int(cursor.fetchone()[0])
    return counted


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


def _rest(others: list[Terms], wanted: Wanted) -> tuple[str, list[str]]:
    """Level, class, other terms and address as SQL with its values."""
    every = {"i.level = %s": wanted.level, "i.institution_class = %s": wanted.institution_class}
    told = [(sql, [value]) for sql, value in every.items() if value]
    told += [(HOLDS, [f"%{shortest(terms)}%"]) for terms in others]
    if wanted.address:
        lying = [f"%{_roughly(each)}%" for each in spellings(wanted.address)]
        told.append((f"({' OR '.join([LIES] * len(lying))})", lying))
    return "".join(f" AND {sql}" for sql, _ in told), [value for _, values in told for value in values]


def _roughly(text: str) -> str:
    """For LIKE: in small letters, and anything for a letter of which the databases know the small one differently."""
    signs = (f"!{sign}" if sign in "!%_" else sign for sign in text.lower())
    return "".join(sign if sign.isascii() or sign[-1].lower() == sign[-1].upper() else "%" for sign in signs)


def _read(sql: str, values: Sequence[Any]) -> Sequence[Begun]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        window: Sequence[Begun] = cursor.fetchall()
    return window
