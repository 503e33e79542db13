"""Requests at each door over a time: how many, how they ended, how long they took."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from daftar.answers.traffic import BOUNDS, COLUMNS, TIMES
from daftar.portal.monitoring.models import TrafficMinute

LONGEST = 5000.0
"""Milliseconds taken for the end of what took longer than all bounds."""


@dataclass(frozen=True, slots=True)
class DoorSeen:
    """One door. `p50` and `p95` are milliseconds, interpolated within the bounds that are counted."""

    door: str
    requests: int
    refused: int
    failed: int
    p50: float
    p95: float


def doors_seen(after: datetime, until: datetime) -> list[DoorSeen]:
    """What every door saw from one moment to another, minutes that lie between them counted whole."""
    sums = {name: Sum(name) for name in COLUMNS}
    found = TrafficMinute.objects.filter(minute__gt=after, minute__lte=until).values("door").annotate(**sums)
    return [_door(line) for line in found.order_by("door")]


def _door(line: dict[str, int]) -> DoorSeen:
    times = [line[name] for name in TIMES]
    return DoorSeen(
        str(line["door"]), line["requests"], line["refused"], line["failed"], share(times, 0.5), share(times, 0.95)
    )


def share(times: list[int], part: float) -> float:
    """Milliseconds within which a part of the requests were answered, from how many lie between the bounds."""
    wanted, passed, lower = part * sum(times), 0, 0.0
    for number, bound in zip(times, [*(1000 * each for each in BOUNDS), LONGEST], strict=True):
        if number and passed + number >= wanted:
            return round(lower + (bound - lower) * (wanted - passed) / number, 1)
        passed, lower = passed + number, bound
    return 0.0
