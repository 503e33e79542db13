"""Which categories of filings the law of a day knows, and in which groups (domain-facts 2.10)."""

from datetime import date

from daftar.rules.parameters import law_set
from daftar.terms.filings import FilingCategory
from daftar.terms.jurisdictions import jurisdictions

FILING = (
    "destination/files_to_province",
    "destination/capitals",
    "destination/capital_opens_province",
    "filing/categories",
    "filing/long_term",
    "filing/temporary",
)
"""What a law set must have besides where its insurer offers the service `filing` (S4.7, S4.8): no span rests on it."""

CATEGORIES = "filing/categories"
GROUPS = {"long_term": "filing/long_term", "temporary": "filing/temporary"}


def categories(jurisdiction: str, day: date) -> dict[FilingCategory, str]:
    """The categories of `day`, each with its group, `long_term` or `temporary`; the law before 2023 had no groups.

    Empty where nothing is filed.
    """
    law = law_set(jurisdictions()[jurisdiction].law_set)
    if CATEGORIES not in law:
        return {}
    group = {code: name for name, parameter in GROUPS.items() for code in law[parameter].codes(day)}
    return {FilingCategory(code): group.get(code, "") for code in law[CATEGORIES].codes(day)}
