"""Do the times tell an unknown person from a known uncovered one? A rank test (S2.7, S2.9)."""

import math
import time
from collections.abc import Sequence

import httpx

PATH = "/api/v1/eligibility-inquiries"


def times(http: httpx.Client, numbers: Sequence[tuple[str, str]]) -> dict[str, list[float]]:
    """Seconds of one inquiry each, by label; the labels come interleaved as given."""
    found: dict[str, list[float]] = {}
    for label, number in numbers:
        body = {"subject": {"type": "ir-foreigner-number", "number": number}}
        began = time.perf_counter()
        http.post(PATH, json=body).raise_for_status()
        found.setdefault(label, []).append(time.perf_counter() - began)
    return found


def rank_probability(first: Sequence[float], second: Sequence[float]) -> tuple[float, float]:
    """Mann-Whitney: the chance that one of `first` is the slower (0.5 tells nothing), and the two-sided p."""
    ordered = sorted([(value, 0) for value in first] + [(value, 1) for value in second])
    rank_sum = sum(rank for rank, (_, label) in enumerate(ordered, start=1) if label == 0)
    n, m = len(first), len(second)
    above = rank_sum - n * (n + 1) / 2
    z = (above - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return above / (n * m), math.erfc(abs(z) / math.sqrt(2))
