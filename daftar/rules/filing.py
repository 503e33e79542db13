"""Which categories of filings the law of a day knows, in which groups, and what each needs (domain-facts 2.10)."""

from collections.abc import Collection
from datetime import date

from daftar.rules.regions import law_of
from daftar.rules.units import Unit
from daftar.terms.filings import FilingCategory
from daftar.terms.materials import MaterialKind

CATEGORIES = "filing/categories"
GROUPS = {"long_term": "filing/long_term", "temporary": "filing/temporary"}
IDENTITY = "filing/materials_identity"
DAYS_BACK, DAYS_AHEAD = "filing/days_back", "filing/days_ahead"
NO_NEED_WITHIN = "filing/no_need_within"
FILES_TO_PROVINCE, CAPITALS = "destination/files_to_province", "destination/capitals"
CAPITAL_OPENS_PROVINCE = "destination/capital_opens_province"

FILING = {
    FILES_TO_PROVINCE: Unit.REGIONS,
    CAPITALS: Unit.REGIONS,
    CAPITAL_OPENS_PROVINCE: Unit.TRUE_OR_FALSE,
    **dict.fromkeys((CATEGORIES, *GROUPS.values()), Unit.FILING_CATEGORIES),
    **dict.fromkeys((IDENTITY, *(f"filing/materials_{category}" for category in FilingCategory)), Unit.MATERIALS),
    DAYS_BACK: Unit.DAYS,
    DAYS_AHEAD: Unit.DAYS,
    NO_NEED_WITHIN: Unit.REGIONS,
}
"""What a law set must have besides where its insurer offers the service `filing` (S4.7, S4.8): no span rests on it."""

Materials = tuple[MaterialKind, ...]
"""Kinds of which one is enough."""


def categories(jurisdiction: str, day: date) -> dict[FilingCategory, str]:
    """The categories of `day`, each with its group, `long_term` or `temporary`; the law before 2023 had no groups.

    Empty where nothing is filed.
    """
    law = law_of(jurisdiction)
    if CATEGORIES not in law:
        return {}
    group = {code: name for name, parameter in GROUPS.items() for code in law[parameter].codes(day)}
    return {FilingCategory(code): group.get(code, "") for code in law[CATEGORIES].codes(day)}


def materials(jurisdiction: str, category: FilingCategory, day: date) -> tuple[Materials, ...]:
    """What a filing needs by the law of `day`: of each entry one kind; no entry where the law asks for nothing."""
    law = law_of(jurisdiction)
    asked = (law[name].codes(day) for name in (IDENTITY, f"filing/materials_{category}") if name in law)
    return tuple(tuple(MaterialKind(code) for code in codes) for codes in asked if codes)


def lacking(needed: tuple[Materials, ...], given: Collection[str]) -> tuple[Materials, ...]:
    """The entries of which nothing was given."""
    return tuple(each for each in needed if not set(each) & set(given))
