"""Entries as pages and files show them: each region with its path, in its own language."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from daftar.portal.directory.days import Days
from daftar.portal.directory.kept import Kept, Pool
from daftar.portal.directory.models import PoolingRegion
from daftar.portal.directory.paging import Page
from daftar.rules.destination import files_to_province
from daftar.terms.jurisdictions import jurisdictions

PATH = " › "


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with the path of its region and the language of its own words."""

    row: Any
    path: str
    lang: str


def shown_on(page: Page, kept: Kept) -> list[Shown]:
    """The rows of a page."""
    return [Shown(row, *path_of(getattr(row, "region", row.code), kept)) for row in page.rows]


def path_of(region: str, kept: Kept) -> tuple[str, str]:
    """A region's path and its language; the code of one that is not known."""
    path = kept.tree.path(region)
    if path:
        return PATH.join(place.name for place in path), path[0].lang
    place = kept.tree.places.get(region)
    return (place.name, place.lang) if place else (region, "")


def filings_stop(region: str, at: datetime) -> str:
    """Where filings stop (S4.8): the region itself where the law of the day says so, else nothing.

    The column `files_to` is what a source or a hand wrote; whoever tells people where to file asks here.
    """
    law = jurisdictions().get(region.partition("-")[0])
    return region if law and region in files_to_province(law.code, law.today(at)) else ""


def all_open(region: str, kept: Kept) -> bool:
    """Whether there are pooling regions in a region, or anywhere when none is named, and every one of them is open."""
    within = set(kept.tree.subtree(region))
    pools = [pool for pool in kept.pools.values() if not region or pool.region in within]
    return bool(pools) and all(is_open(pool, kept.days) for pool in pools)


def is_open(pooling: PoolingRegion | Pool, days: Days) -> bool:
    """Whether a pooling region settles directly on the day of its country (S4.4)."""
    return pooling.opened_on is not None and pooling.opened_on <= days.of(pooling.region)
