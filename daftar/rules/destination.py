"""Where a filing of treatment in another region counts, by the law of a day (S4.7, S4.8; 人社厅发〔2017〕162号).

A destination is a *path*: the province, then the city (or the county that stands directly below the province), then
what lies below. Headings that are no place, such as 市辖区, stand in no path. A province alone is its provincial level
(省本级).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from daftar.rules.filing import CAPITAL_OPENS_PROVINCE, CAPITALS, FILES_TO_PROVINCE, FILING
from daftar.rules.parameters import LawSet, law_set
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.periods import Period

SHARED = len("cn-33")
"""A province and its capital share the country and two digits of GB/T 2260."""


class Counting(StrEnum):
    """Why a filing counts where it counts."""

    PROVINCE = "province"  # the province is enough, and all of it is open: «备案到就医省份即可» (S4.8)
    CAPITAL = "capital"  # provincial level or capital: all institutions of both (S4.7)
    CITY = "city"  # elsewhere: the city filed to
    NO_RULE = "no_rule"  # the law of the day says nothing


class Opened(NamedTuple):
    """A region whose institutions settle directly; `below`: with all that lies in it, else its own level alone."""

    region: str
    below: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a filing counts: the region that it is made to, what that opens, and the rule that says so."""

    counting: Counting
    files_to: str = ""
    opens: tuple[Opened, ...] = ()
    reference: str = ""


NOWHERE = Scope(Counting.NO_RULE)


def where_it_counts(path: Sequence[str], day: date) -> Scope:
    """Where a filing to a destination counts by the law of `day`; ValueError for a path without a region."""
    if not path:
        raise ValueError("a destination has at least its province")
    law = _law(path[0])
    rule = law[FILES_TO_PROVINCE].entry(day) if FILES_TO_PROVINCE in law else None
    if rule is None or rule.value is None:
        return NOWHERE
    province, *further = path
    if province in law[FILES_TO_PROVINCE].codes(day):
        return Scope(Counting.PROVINCE, province, (Opened(province, True),), rule.reference)
    capital, opens = _capital(law, province, day), law[CAPITAL_OPENS_PROVINCE].entry(day)
    if opens and opens.value and (not further or further[0] == capital):
        both = (Opened(province, False), *((Opened(capital, True),) if capital else ()))
        return Scope(Counting.CAPITAL, further[0] if further else province, both, opens.reference)
    city = further[0] if further else province
    return Scope(Counting.CITY, city, (Opened(city, bool(further)),), rule.reference)


def scopes(path: Sequence[str], period: Period) -> list[tuple[Period, Scope]]:
    """Where a filing counts in a period, piece by piece: the law may change in it."""
    law = _law(path[0]) if path else {}
    changes = {entry.since for name in FILING if name in law for entry in law[name].values}
    starts = [period.starts, *sorted(day for day in changes if day > period.starts and day in period)]
    ends = [*(day - timedelta(days=1) for day in starts[1:]), period.ends]
    pieces = [(Period(first, last), where_it_counts(path, first)) for first, last in zip(starts, ends, strict=True)]
    return list(_joined(pieces))


def files_to_province(jurisdiction: str, day: date) -> frozenset[str]:
    """The regions where a picker of destinations stops at the province (S4.8); none where the law has no such rule."""
    law = law_set(jurisdictions()[jurisdiction].law_set)
    return frozenset(law[FILES_TO_PROVINCE].codes(day)) if FILES_TO_PROVINCE in law else frozenset()


def capitals(jurisdiction: str, day: date) -> frozenset[str]:
    """The capitals of provinces that the law of `day` names."""
    law = law_set(jurisdictions()[jurisdiction].law_set)
    return frozenset(law[CAPITALS].codes(day)) if CAPITALS in law else frozenset()


def _law(region: str) -> LawSet:
    """The law set of the country in which a region lies; an unknown country has none."""
    jurisdiction = jurisdictions().get(region.partition("-")[0])
    return law_set(jurisdiction.law_set) if jurisdiction else {}


def _capital(law: LawSet, province: str, day: date) -> str:
    return next((code for code in law[CAPITALS].codes(day) if code[:SHARED] == province[:SHARED]), "")


def _joined(pieces: list[tuple[Period, Scope]]) -> Iterator[tuple[Period, Scope]]:
    """Neighbours that say the same by the same rule as one piece."""
    open_period, open_scope = pieces[0]
    for period, scope in pieces[1:]:
        if scope == open_scope:
            open_period = Period(open_period.starts, period.ends)
            continue
        yield open_period, open_scope
        open_period, open_scope = period, scope
    yield open_period, open_scope
