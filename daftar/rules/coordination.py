"""Who pays first for inpatient care when several basic insurers cover the day (S2.5). On the hot path: no Ibis."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from daftar.rules.parameters import law_set
from daftar.terms.jurisdictions import jurisdictions


class PayerReason(StrEnum):
    """Why an insurer stands where it stands in the order."""

    ONLY_COVER = "only_cover"  # nobody else covers the day
    FIRST_IN_ORDER = "first_in_order"  # the coordination order in force names it before the others
    LATER_IN_ORDER = "later_in_order"  # the order names another one before it
    NOT_IN_ORDER = "not_in_order"  # the order does not name it: after the named ones, by its code


def order(insurers: Iterable[str], day: date, jurisdiction: str) -> list[tuple[str, int, PayerReason]]:
    """The insurers that cover `day`, in the order in which they pay by the law of that day; the first has order 1."""
    listed = _listed(day, jurisdiction)
    found = sorted(set(insurers), key=lambda code: (listed.index(code) if code in listed else len(listed), code))
    return [(code, place, _reason(code, place, len(found), listed)) for place, code in enumerate(found, start=1)]


def _listed(day: date, jurisdiction: str) -> tuple[str, ...]:
    parameter = law_set(jurisdictions()[jurisdiction].law_set)["coordination/order"]
    value = parameter.at(day)
    return value if isinstance(value, tuple) else ()


def _reason(code: str, place: int, count: int, listed: tuple[str, ...]) -> PayerReason:
    if count == 1:
        return PayerReason.ONLY_COVER
    if code not in listed:
        return PayerReason.NOT_IN_ORDER
    return PayerReason.FIRST_IN_ORDER if place == 1 else PayerReason.LATER_IN_ORDER
