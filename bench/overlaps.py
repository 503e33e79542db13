"""How long the report of overlaps takes with a million of them; wanted: numbers and a page within a second, on both
databases, and a nation's usual number (30,000) within 300 ms.

    python -m bench.overlaps --overlaps 1000000 --rounds 5

By the selectors that the page calls: numbers by insurers and office, the first page, a page far down, a filter.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from bench.report import Figure, show
from bench.servers import each_database

LIMIT_MS = 1000.0
DAY = date(2026, 11, 20)
TOGETHER = ("ir-health ir-sso", "ir-armed-forces ir-sso", "ir-relief ir-sso", "ir-health ir-relief", "ir-other ir-sso")
OFFICES = 400
AT_ONCE = 5_000


def main() -> None:
    """Both databases."""
    each_database("bench.overlaps", __doc__, measure, overlaps=1_000_000, rounds=5)


def measure(name: str, overlaps: int, rounds: int) -> None:
    """Milliseconds for each part of the page."""
    import django

    django.setup()
    _prepare(overlaps)
    figures = [Figure(f"{name}: {what}", "ms", _taken(read, rounds)) for what, read in _reads()]
    show(figures)
    page = statistics.median(figures[0].values) + statistics.median(figures[1].values)
    print(f"{overlaps:,} overlaps: {page:.0f} ms of {LIMIT_MS:.0f} ms: {'kept' if page < LIMIT_MS else 'MISSED'}")


def _taken(read: Callable[[], Any], rounds: int) -> list[float]:
    read()
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        read()
        taken.append(1000 * (time.perf_counter() - begin))
    return taken


def _reads() -> Iterator[tuple[str, Callable[[], Any]]]:
    from daftar.portal.entitlement.overlaps import Wanted, numbers, page_of

    everything = Wanted("ir", DAY)
    ours, there = Wanted("ir", DAY, insurers=TOGETHER[0]), Wanted("ir", DAY, office="ir-7")
    yield "numbers of the day", lambda: numbers(everything)
    yield "first page", lambda: page_of(everything)
    yield "a page far down", lambda: page_of(everything, (DAY - timedelta(days=700), 10**12))
    yield "numbers of insurers together", lambda: numbers(ours)
    yield "numbers of an office", lambda: numbers(there)
    yield "first page of an office", lambda: page_of(there)


def _prepare(overlaps: int) -> None:
    """One in five is over, as after some years."""
    from django.db import connection, transaction

    from daftar.portal.entitlement.models import Overlap

    chance = random.Random(7)
    for first in range(0, overlaps, AT_ONCE):
        with transaction.atomic():
            Overlap.objects.bulk_create(_row(Overlap, chance) for _ in range(first, min(first + AT_ONCE, overlaps)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE overlap")


def _row(overlap: Any, chance: random.Random) -> Any:
    starts = DAY - timedelta(days=chance.randrange(1, 1500))
    ends = starts + timedelta(days=chance.randrange(0, 300)) if chance.random() < 0.2 else None
    office = f"ir-{chance.randrange(OFFICES)}"
    return overlap(
        key=uuid4(), jurisdiction="ir", starts=starts, ends=ends, insurers=chance.choice(TOGETHER), office=office
    )


if __name__ == "__main__":
    main()
