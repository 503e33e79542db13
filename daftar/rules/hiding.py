"""How long a judicial look may stay hidden from the person on one supervisor's word ("Every look is recorded", X.5)."""

from datetime import date

from daftar.rules.parameters import law_set
from daftar.terms.jurisdictions import jurisdictions


def longest(looked_on: date, jurisdiction: str) -> date:
    """The last day of hiding that needs no second person, by the law of the day of the look.

    Where that law has no value, it is the day of the look itself.
    """
    months = law_set(jurisdictions()[jurisdiction].law_set)["hiding/months"].number(looked_on) or 0
    month = looked_on.month - 1 + months
    year, month = looked_on.year + month // 12, month % 12 + 1
    return date(year, month, min(looked_on.day, _days(year, month)))


def _days(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
