"""How many inquiries came: by minute for now, by day for a year; by place, channel and outcome (S2.16)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum

from daftar.portal.monitoring.measures import INQUIRIES
from daftar.portal.monitoring.models import InquiryMinute, InquiryTally, Scope

SLOT = timedelta(minutes=10)
SLOTS = 18
SECONDS_OF_NOW = 300
NOT_COUNTED_YET = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """Ten minutes: when they began, inquiries by channel and by outcome."""

    begins: datetime
    channels: Counter[str]
    outcomes: Counter[str]

    @property
    def by_channel(self) -> list[tuple[str, int]]:
        """For templates, to which a Counter has every name."""
        return sorted(self.channels.items())

    @property
    def by_outcome(self) -> list[tuple[str, int]]:
        """The same by outcome."""
        return sorted(self.outcomes.items())


@dataclass(frozen=True, slots=True)
class Sums:
    """Inquiries of a place and time, by channel, by outcome, and by day."""

    channels: Counter[str]
    outcomes: Counter[str]
    days: dict[date, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.channels.values())


def slots_seen(jurisdiction: str, at: datetime) -> list[Slot]:
    """The last three hours, the newest first; those of nobody's jurisdiction count for all."""
    minute = at.replace(second=0, microsecond=0)
    newest = minute - timedelta(minutes=minute.minute % 10)
    begins = [newest - place * SLOT for place in range(SLOTS)]
    slots = {each: Slot(each, Counter(), Counter()) for each in begins}
    found = InquiryMinute.objects.filter(
        minute__gte=begins[-1], minute__lte=at, jurisdiction__in=(jurisdiction, ""), mode__in=INQUIRIES
    )
    for minute, channel, outcome, asked in found.values_list("minute", "channel", "outcome", "asked"):
        slot = slots[minute.replace(minute=minute.minute // 10 * 10, second=0, microsecond=0)]
        slot.channels[channel] += asked
        slot.outcomes[outcome] += asked
    return list(slots.values())


def per_second(jurisdiction: str, at: datetime) -> tuple[dict[str, float], dict[str, float]]:
    """Inquiries a second of the last five whole minutes that are counted, by channel and by outcome."""
    end = (at - NOT_COUNTED_YET).replace(second=0, microsecond=0)
    found = InquiryMinute.objects.filter(
        minute__gte=end - timedelta(seconds=SECONDS_OF_NOW),
        minute__lt=end,
        jurisdiction__in=(jurisdiction, ""),
        mode__in=INQUIRIES,
    )
    channels: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    for channel, outcome, asked in found.values_list("channel", "outcome").annotate(asked=Sum("asked")):
        channels[channel] += asked
        outcomes[outcome] += asked
    return _rates(channels), _rates(outcomes)


def sums_of(scope: Scope, place: str, first: date, last: date) -> Sums:
    """Inquiries of one place on some days."""
    found = InquiryTally.objects.filter(
        scope=scope, place=place, day__gte=first, day__lte=last, mode__in=INQUIRIES
    ).values_list("day", "channel", "outcome", "asked")
    sums = Sums(Counter(), Counter(), {})
    for day, channel, outcome, asked in found:
        sums.channels[channel] += asked
        sums.outcomes[outcome] += asked
        sums.days[day] = sums.days.get(day, 0) + asked
    return sums


def by_place(scope: Scope, places: Iterable[str], first: date, last: date) -> dict[str, int]:
    """Inquiries of several places, those with none included."""
    found = (
        InquiryTally.objects.filter(
            scope=scope, place__in=list(places), day__gte=first, day__lte=last, mode__in=INQUIRIES
        )
        .values_list("place")
        .annotate(asked=Sum("asked"))
    )
    return dict.fromkeys(places, 0) | dict(found)


def _rates(counts: Counter[str]) -> dict[str, float]:
    return {name: counts[name] / SECONDS_OF_NOW for name in sorted(counts)}
