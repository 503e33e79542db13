"""How each channel works now, and how it did in the last ninety days, by what the probe saw (S2.15)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from daftar.portal.monitoring.models import ProbeDay, ProbeResult
from daftar.terms.jurisdictions import Jurisdiction

LOOKED_AT = timedelta(minutes=5)
DOWN_IN_A_ROW = 3
DAYS = 90
ORDER = ("web", "app", "sms", "ussd", "api", "fhir")
WORKS, DISTURBED, DOWN, UNKNOWN = "works", "disturbed", "down", "unknown"
WHOLE = 40
DISTURBED_PERCENT = 99.5
"""A day is shown as disturbed below this share of right answers; one minute of a day is 99.93."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a channel."""

    day: date
    asked: int
    failed: int

    @property
    def state(self) -> str:
        """By the share of right answers."""
        if not self.asked:
            return UNKNOWN
        if self.failed == self.asked:
            return DOWN
        return DISTURBED if self.percent < DISTURBED_PERCENT else WORKS

    @property
    def percent(self) -> float:
        """Right answers of a hundred."""
        return 100 * (self.asked - self.failed) / self.asked if self.asked else 0.0

    @property
    def height(self) -> int:
        """Of forty. Never said by colour alone: a day that was worse is lower, a day without the probe the lowest."""
        return {WORKS: 40, DISTURBED: 26, DOWN: 13, UNKNOWN: 3}[self.state]

    @property
    def top(self) -> int:
        """Where its bar begins."""
        return WHOLE - self.height


@dataclass(frozen=True, slots=True)
class ChannelState:
    """One channel on the status page."""

    channel: str
    state: str
    asked_at: datetime | None
    milliseconds: int
    days: tuple[Day, ...]

    @property
    def text(self) -> str:
        """Entry of the catalogues."""
        return f"channel_state.{self.state}"

    @property
    def share(self) -> str:
        """Right answers of a hundred over all days, as text; empty where nothing was asked."""
        asked, failed = sum(day.asked for day in self.days), sum(day.failed for day in self.days)
        return f"{Day(self.days[-1].day, asked, failed).percent:.2f}" if asked else ""

    @property
    def first_seen(self) -> date | None:
        """Since when it is watched, within these days."""
        return next((day.day for day in self.days if day.asked), None)

    @property
    def bad_days(self) -> list[Day]:
        """Days on which some answer was not right, the newest first."""
        return [day for day in reversed(self.days) if day.failed]


def channels_seen(jurisdiction: Jurisdiction, at: datetime) -> list[ChannelState]:
    """Every channel that the probe has asked in these days, by the days of a jurisdiction."""
    today = jurisdiction.today(at)
    first = today - timedelta(days=DAYS - 1)
    known = {
        (each.channel, each.day): each
        for each in ProbeDay.objects.filter(jurisdiction=jurisdiction.code, day__gte=first, day__lte=today)
    }
    found = []
    for channel in sorted({channel for channel, _ in known}, key=ORDER.index):
        days = [known.get((channel, first + timedelta(days=back))) for back in range(DAYS)]
        drawn = (
            Day(first + timedelta(days=place), each.asked if each else 0, each.failed if each else 0)
            for place, each in enumerate(days)
        )
        found.append(_now(channel, tuple(drawn), at))
    return found


def _now(channel: str, days: tuple[Day, ...], at: datetime) -> ChannelState:
    recent = list(
        ProbeResult.objects.filter(channel=channel, asked_at__gt=at - LOOKED_AT, asked_at__lte=at)
        .order_by("-asked_at")
        .values_list("working", "asked_at", "milliseconds")
    )
    if not recent:
        return ChannelState(channel, UNKNOWN, None, 0, days)
    _, asked_at, milliseconds = recent[0]
    newest = [working for working, *_ in recent]
    down = not any(newest[:DOWN_IN_A_ROW]) and (len(newest) >= DOWN_IN_A_ROW)
    state = DOWN if down else WORKS if all(newest) else DISTURBED
    return ChannelState(channel, state, asked_at, milliseconds, days)
