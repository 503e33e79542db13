"""What pages keep in memory of the directory: the tree of regions, and how many institutions there are where.

Read anew when the counter of changes has moved (ADR 0014). Where that takes long, as in a large directory that is just
being loaded, what is kept may lag some seconds behind, so that loading does not slow searching down.
"""

import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Count

from daftar.portal.directory.days import Days, days_at
from daftar.portal.directory.models import Institution, PoolingRegion, Region
from daftar.portal.directory.tree import Tree, language_of

Made = TypeVar("Made")

QUICK_SECONDS = 0.05
PATIENCE = 20  # times what the last reading took
MOST_SLOTS = 2_000
MOST_MADE = 10_000


def is_in(region: str, country: str) -> bool:
    """Whether a region's code is one of a country's."""
    return region.partition("-")[0] == country


@dataclass(frozen=True)
class Slots:
    """How many institutions each region holds for one choice of region, level and class, in the order of the tree."""

    numbers: dict[str, int]
    levels: Counter[str]
    classes: Counter[str]
    regions: list[str] = field(init=False)
    ends: list[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "regions", list(self.numbers))
        object.__setattr__(self, "ends", list(accumulate(self.numbers.values())))

    @property
    def total(self) -> int:
        """All of them."""
        return self.ends[-1] if self.ends else 0

    def stretch(self, start: int, most: int) -> tuple[list[str], int]:
        """The regions in which the entries from `start` on lie, and how many of the first region come before them."""
        first = bisect_right(self.ends, start)
        last = bisect_right(self.ends, min(start + most, self.total) - 1)
        return self.regions[first : last + 1], start - (self.ends[first - 1] if first else 0)


class Pool(NamedTuple):
    """A pooling region, open or not, and the region that it pools for."""

    name: str
    region: str
    opened_on: date | None

    @property
    def lang(self) -> str:
        """Language of the name, for `lang`."""
        return language_of(self.region)


class Kept:
    """The directory as it was at one version of its counter, on one day of each country."""

    def __init__(self, version: int, days: Days) -> None:
        began = time.monotonic()
        self.version, self.days = version, days
        self.tree = Tree(Region.objects.filter(withdrawn=False).values_list("code", "name", "level", "parent"))
        pooling = PoolingRegion.objects.filter(withdrawn=False).values_list("code", "name", "region", "opened_on")
        self.pools = {code: Pool(*told) for code, *told in pooling}
        groups = Institution.objects.filter(days.listed()).values_list("region", "level", "institution_class")
        self.counts: dict[str, list[tuple[str, str, int]]] = {}
        for region, level, institution_class, number in groups.annotate(Count("code")).order_by():
            self.counts.setdefault(region, []).append((level, institution_class, number))
        self.order = sorted(self.counts, key=self.tree.place_in_order)
        self.chosen: dict[tuple[str, ...], Slots] = {}
        self.made: dict[tuple[object, ...], Any] = {}
        took = time.monotonic() - began
        self.fresh_until = time.monotonic() + (took * PATIENCE if took > QUICK_SECONDS else 0)

    def pooled(self, code: str) -> list[str]:
        """The regions of a pooling region: its own and what lies below, but for what pools a fund of its own (S4.5).

        So the provincial level (省本级) is its own level alone, as the rule of destinations has it (S4.7).
        """
        if code not in self.pools:
            return []
        region = self.pools[code].region
        return self.tree.subtree(region, without={each.region for each in self.pools.values()} - {region})

    def slots(
        self, region: str = "", level: str = "", institution_class: str = "", first: str = "", pooling: str = ""
    ) -> Slots:
        """Where the institutions of a choice lie; an empty word chooses all. The country `first` comes first."""
        choice = (region, level, institution_class, "" if region or pooling else first, pooling)
        if choice not in self.chosen:
            if len(self.chosen) >= MOST_SLOTS:
                self.chosen.clear()
            self.chosen[choice] = self._slots(*choice)
        return self.chosen[choice]

    def once(self, about: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What was made of this directory before, else made now and kept."""
        if about not in self.made:
            if len(self.made) >= MOST_MADE:
                self.made.clear()
            self.made[about] = make()
        made: Made = self.made[about]
        return made

    def _slots(self, region: str, level: str, institution_class: str, first: str, pooling: str) -> Slots:
        numbers: dict[str, int] = {}
        levels: Counter[str] = Counter()
        classes: Counter[str] = Counter()
        for code in self._within(region, pooling) if region or pooling else self._ordered(first):
            for its_level, its_class, number in self.counts[code]:
                if level in ("", its_level) and institution_class in ("", its_class):
                    numbers[code] = numbers.get(code, 0) + number
                    levels[its_level] += number
                    classes[its_class] += number
        return Slots(numbers, levels, classes)

    def _within(self, region: str, pooling: str) -> list[str]:
        """The regions that hold institutions, of a region, of a pooling region, or of both."""
        chosen = set(self.tree.subtree(region) if region else self.pooled(pooling))
        if region and pooling:
            chosen &= set(self.pooled(pooling))
        return sorted(chosen & self.counts.keys(), key=self.tree.place_in_order)

    def _ordered(self, first: str) -> list[str]:
        """All regions that hold institutions, with the country `first` before the others."""
        return sorted(self.order, key=lambda code: not is_in(code, first)) if first else self.order


_KEPT: dict[str, Kept] = {}
_READING = Lock()


def kept(at: datetime) -> Kept:
    """What is kept of the directory as it stands at an instant."""
    version = _version()
    days = days_at(at)
    database = "{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    have = _usable(database, version, days)
    if have:
        return have
    stale = _KEPT.get(database)
    must_wait = stale is None or stale.days != days
    if not _READING.acquire(blocking=must_wait) and stale:
        return stale  # somebody else is reading
    try:
        have = _usable(database, version, days) or Kept(version, days)
        _KEPT[database] = have
        return have
    finally:
        _READING.release()


def _version() -> int:
    """How often the directory has changed: asked with every page, so without what Django's own way costs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM directory_change WHERE id = 1")
        return int(cursor.fetchone()[0])


def _usable(database: str, version: int, days: Days) -> Kept | None:
    have = _KEPT.get(database)
    usable = have and have.days == days and (have.version == version or time.monotonic() < have.fresh_until)
    return have if usable else None
