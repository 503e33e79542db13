"""Where filings count, with the names of the regions: the rule (daftar.rules.destination) joined with the directory."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from daftar.portal.directory.models import Region
from daftar.portal.directory.region_picker import below, path_of
from daftar.rules.destination import Counting, Scope, scopes, where_it_counts
from daftar.terms.periods import Period

NOTICE = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号|GB/T \d+")


@dataclass(frozen=True, slots=True)
class OpenedRegion:
    """A region that a filing opens; `whole`: with all below it, else its own level alone."""

    region: Region
    whole: bool
    inside: list[Region]


@dataclass(frozen=True, slots=True)
class Counted:
    """Where a filing counts in some days, and the notice that says so."""

    period: Period
    counting: Counting
    province: Region
    filed_to: Region | None
    opens: list[OpenedRegion]
    notice: str


def counted(region: str, period: Period) -> list[Counted]:
    """Where a filing to a region counts, piece by piece where the law changes; empty for an unknown region."""
    path = _from_province(region)
    if not path:
        return []
    pieces = scopes([each.code for each in path], period)
    names = _named([path], (scope for _, scope in pieces))
    return [_counted(piece, scope, path[0], names) for piece, scope in pieces]


def counted_on(region: str, day: date) -> Counted | None:
    """Where a filing to a region counts on a day; None for an unknown region."""
    path = _from_province(region)
    if not path:
        return None
    scope = where_it_counts([each.code for each in path], day)
    return _counted(Period(day, day), scope, path[0], _named([path], [scope]))


def _from_province(region: str) -> list[Region]:
    """The path that the law asks for; empty where the province, or what lies between, is withdrawn or has not come."""
    path = path_of(region)
    return path if path and path[0].level == "province" else []


def _named(paths: Iterable[list[Region]], found: Iterable[Scope]) -> dict[str, Region]:
    """The regions of some paths and scopes by code."""
    codes = {code for scope in found for code in (scope.files_to, *(each.region for each in scope.opens)) if code}
    names = {each.code: each for path in paths for each in path}
    missing = codes - names.keys()
    return names | {each.code: each for each in Region.objects.filter(code__in=missing, withdrawn=False)}


def _counted(period: Period, scope: Scope, province: Region, names: dict[str, Region]) -> Counted:
    opens = [
        OpenedRegion(names[each.region], each.below, below(each.region) if each.below else [])
        for each in scope.opens
        if each.region in names
    ]
    return Counted(period, scope.counting, province, names.get(scope.files_to), opens, notice(scope.reference))


def notice(reference: str) -> str:
    """The number of the notice in a reference; the whole reference where it has none."""
    match = NOTICE.search(reference)
    return match[0] if match else reference
