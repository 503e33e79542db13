"""Requests at each door of the service: how many, how they ended, how long they took (S2.15).

Counted in the process, for Prometheus; what came since the last time is added to `traffic_minute`, which all processes
share. These are measures, not evidence: a process that is killed loses those of its last seconds.
"""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import datetime
from threading import Lock

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from daftar.answers.metrics import REGISTRY
from daftar.store.dialect import Connection, execute_many

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0)
"""Seconds; the last column counts what took longer than all of them."""

TIMES = ("le_10", "le_25", "le_50", "le_100", "le_250", "le_500", "le_1000", "le_2000", "longer")
COLUMNS = ("requests", "refused", "failed", *TIMES)
_ADD = f"""
INSERT INTO traffic_minute (minute, door, {", ".join(COLUMNS)}) VALUES (?, ?, {", ".join("?" * len(COLUMNS))})
ON CONFLICT (minute, door) DO UPDATE SET
{", ".join(f"{name} = traffic_minute.{name} + excluded.{name}" for name in COLUMNS)}
"""

Counts = list[int]
"""Requests, refused, failed, then one number for each of TIMES."""


class Traffic(Collector):
    """What this process has seen since it began."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: dict[str, Counts] = {}
        self._seconds: dict[str, float] = {}
        self._kept: dict[str, Counts] = {}
        self._keeping: dict[str, Counts] = {}

    def seen(self, door: str, status: int, seconds: float) -> None:
        """Count one request that has been answered."""
        with self._lock:
            counts = self._seen.get(door)
            if counts is None:
                counts = self._seen[door] = [0] * len(COLUMNS)
                self._seconds[door] = 0.0
            counts[0] += 1
            counts[1] += 400 <= status < 500
            counts[2] += status >= 500
            counts[3 + bisect_left(BOUNDS, seconds)] += 1
            self._seconds[door] += seconds

    def keep(self, conn: Connection, at: datetime) -> None:
        """Add what came since the last time to the minute of `at`. The caller commits, and then says `kept`."""
        with self._lock:
            self._keeping = {door: list(counts) for door, counts in self._seen.items()}
        minute = at.replace(second=0, microsecond=0)
        nothing = [0] * len(COLUMNS)
        came = {
            door: [now - before for now, before in zip(counts, self._kept.get(door, nothing), strict=True)]
            for door, counts in self._keeping.items()
        }
        execute_many(conn, _ADD, [(minute, door, *counts) for door, counts in sorted(came.items()) if counts[0]])

    def kept(self) -> None:
        """What `keep` wrote has been committed."""
        self._kept = self._keeping

    def collect(self) -> Iterable[CounterMetricFamily | HistogramMetricFamily]:
        """For Prometheus, as `daftar_requests_total` and `daftar_request_seconds`."""
        ended = CounterMetricFamily("daftar_requests", "Requests, by how they ended.", labels=["door", "ended"])
        taken = HistogramMetricFamily("daftar_request_seconds", "Time from request to response.", labels=["door"])
        with self._lock:
            seen = [(door, list(counts), self._seconds[door]) for door, counts in sorted(self._seen.items())]
        for door, (requests, refused, failed, *times), seconds in seen:
            ended.add_metric([door, "answered"], requests - refused - failed)
            ended.add_metric([door, "refused"], refused)
            ended.add_metric([door, "failed"], failed)
            taken.add_metric([door], _cumulated(times), seconds)
        return [ended, taken]


def _cumulated(times: Counts) -> list[tuple[str, float]]:
    sums = [float(sum(times[: place + 1])) for place in range(len(times))]
    return list(zip((*map(str, BOUNDS), "+Inf"), sums, strict=True))


TRAFFIC = Traffic()
REGISTRY.register(TRAFFIC)
