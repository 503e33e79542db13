"""Regions in the law: whose law a region has, and which region of a list decides for it.

A *path* is a region with those above it, the province first (see `rules.destination`).
"""

from collections.abc import Collection, Sequence

from daftar.rules.parameters import LawSet, law_set
from daftar.terms.jurisdictions import jurisdictions

HEADINGS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Entries of the official list that are no place, but head those below them."""


def law_of(code: str) -> LawSet:
    """The law set of a jurisdiction, or of the one in which a region lies; empty for an unknown one."""
    jurisdiction = jurisdictions().get(code.partition("-")[0])
    return law_set(jurisdiction.law_set) if jurisdiction else {}


def nearest(path: Sequence[str], listed: Collection[str]) -> str:
    """The lowest region of a path that a list names: a city's own rule goes before its province's; else empty."""
    return next((code for code in reversed(path) if code in listed), "")
