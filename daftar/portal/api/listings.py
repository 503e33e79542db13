"""The public lists: which filters each takes, and what is told of an entry (contracts §2, §3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone

from daftar.portal.api.filters import Reader, a_code, flag, one_of, plain
from daftar.portal.directory.models import Institution, Office, PoolingRegion, Region
from daftar.portal.directory.shown import filings_stop

LEVELS = ("country", "province", "city", "county")
OFFICES = ("headquarters", "province", "branch", "brokerage", "handling")


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: its table, the filters besides those of every list, and an entry as JSON."""

    model: type[Model]
    told: Callable[[Any], Mapping[str, Any]]
    filters: Mapping[str, Reader]
    columns: Mapping[str, str]  # column of the table by filter


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def region_told(row: Region) -> dict[str, Any]:
    """An administrative division; `files_to` says where filings stop by the law of today (S4.8)."""
    return {
        "code": row.code,
        "name": row.name,
        "level": row.level,
        "parent": row.parent or None,
        "files_to": filings_stop(row.code, timezone.now()) or None,
    }


def pooling_region_told(row: PoolingRegion) -> dict[str, Any]:
    """A region that pools its fund (S4.4)."""
    return {
        "code": row.code,
        "name": row.name,
        "region": row.region,
        "opened_on": _day(row.opened_on),
        "insurance_types": row.insurance_types.split(),
    }


def institution_told(row: Institution) -> dict[str, Any]:
    """A medical institution (S4.6)."""
    return {
        "code": row.code,
        "name": row.name,
        "region": row.region,
        "level": row.level or None,
        "class": row.institution_class or None,
        "address": row.address or None,
        "phone": row.phone or None,
        "opened_on": _day(row.opened_on),
        "closed_on": _day(row.closed_on),
        "cross_region": row.cross_region,
    }


def office_told(row: Office) -> dict[str, Any]:
    """An office of the insurer (S4.9, S4.26)."""
    return {
        "code": row.code,
        "kind": row.kind,
        "name": row.name,
        "department": row.department or None,
        "region": row.region or None,
        "address": row.address or None,
        "phone": row.phone or None,
        "postcode": row.postcode or None,
        "parent": row.parent or None,
    }


LISTINGS: dict[str, Listing] = {
    "regions": Listing(Region, region_told, {"level": one_of(*LEVELS)}, {"level": "level"}),
    "pooling-regions": Listing(PoolingRegion, pooling_region_told, {}, {}),
    "institutions": Listing(
        Institution,
        institution_told,
        {"level": plain, "class": plain, "cross_region": flag, "pooling_region": a_code},
        {"level": "level", "class": "institution_class", "cross_region": "cross_region"},
    ),
    "offices": Listing(Office, office_told, {"kind": one_of(*OFFICES)}, {"kind": "kind"}),
}
"""By the last part of their address."""

EVERYWHERE: dict[str, Reader] = {"code": a_code, "region": a_code, "q": plain}
"""Filters of every list: the exact code; a region with everything below it; the beginning of a name or code."""
