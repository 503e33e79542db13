"""Periods of days, both ends inclusive (contracts §1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from daftar.terms.misunderstood import Misunderstood

EARLIEST_SERVICE_DAY = date(1950, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """From `starts` to `ends`, both included; `ends` None is open. Raises Misunderstood `period_reversed`."""

    starts: date
    ends: date | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends < self.starts:
            raise Misunderstood("period_reversed")

    def __contains__(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)

    def overlaps(self, other: "Period") -> bool:
        """Whether some day lies in both."""
        return (self.ends is None or other.starts <= self.ends) and (other.ends is None or self.starts <= other.ends)


def merge(periods: Iterable[Period]) -> list[Period]:
    """Overlapping and adjoining periods as one, in order."""
    merged: list[Period] = []
    for period in sorted(periods, key=lambda each: each.starts):
        last = merged[-1] if merged else None
        if last is None or (last.ends is not None and period.starts > last.ends + timedelta(days=1)):
            merged.append(period)
        elif last.ends is not None and (period.ends is None or period.ends > last.ends):
            merged[-1] = Period(last.starts, period.ends)
    return merged


def check_service_day(day: date, today: date) -> date:
    """A day that can be asked about: 1950-01-01 to a year ahead. Raises Misunderstood `service_day_out_of_range`."""
    if not EARLIEST_SERVICE_DAY <= day <= year_after(today):
        raise Misunderstood("service_day_out_of_range")
    return day


def year_after(day: date) -> date:
    """The same day of the next year; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
