"""Which categories of filings the law of a day knows, and what they are for (domain-facts 2.10)."""

from datetime import date

from daftar.rules.parameters import law_set
from daftar.terms.filings import FilingCategory
from daftar.terms.jurisdictions import jurisdictions

GROUPS = {"long_term": "filing/long_term", "temporary": "filing/temporary"}


def categories(jurisdiction: str, day: date) -> dict[FilingCategory, str]:
    """The categories of `day` with their group, `long_term` or `temporary`; empty where nothing is filed."""
    law = law_set(jurisdictions()[jurisdiction].law_set)
    return {
        FilingCategory(code): group for group, name in GROUPS.items() if name in law for code in law[name].codes(day)
    }
