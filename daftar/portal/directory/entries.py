"""Finding entries of the smaller lists: regions, pooling regions, offices; a few thousand each."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from daftar.portal.directory.kept import Kept, is_in
from daftar.portal.directory.paging import SIZE, Page, first_of
from daftar.portal.directory.wanted import Wanted
from daftar.portal.directory.words import begins, compact, contains


def entries_page(entries: QuerySet[Any], wanted: Wanted, number: int, kept: Kept, first: str = "") -> Page:
    """One page of a list; the country named `first` comes first."""
    codes = _codes(entries, wanted, kept, first)
    shown = codes[first_of(number) :][:SIZE]
    return Page(_rows(entries, shown), number, len(codes))


def entries_all(entries: QuerySet[Any], wanted: Wanted, kept: Kept) -> Iterator[Any]:
    """Every entry, for a file."""
    return iter(_rows(entries, _codes(entries, wanted, kept)))


def _codes(entries: QuerySet[Any], wanted: Wanted, kept: Kept, first: str = "") -> list[str]:
    """Codes of what is wanted, in the order of the tree of regions."""
    place = "region" if hasattr(entries.model, "region") else "code"
    found = compact(entries.filter(withdrawn=False))
    if wanted.region:
        found = found.filter(**{f"{place}__in": kept.tree.subtree(wanted.region)})
    for terms in wanted.typed:
        found = found.filter(contains(terms))
    tests = [begins(terms) for terms in wanted.typed]
    rows = found.order_by("code").values_list(place, "code", "words")
    fit = [(region, code) for region, code, words in rows if all(test(words) for test in tests)]
    fit.sort(key=lambda each: (not is_in(each[0], first), kept.tree.place_in_order(each[0])))
    return [code for _region, code in fit]


def _rows(entries: QuerySet[Any], codes: list[str]) -> list[Any]:
    rows = entries.in_bulk(codes)
    return [rows[code] for code in codes if code in rows]
