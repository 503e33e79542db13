"""Numbers of the watch as rows of charts and tables; a chart never stands without its table (S2.16)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from daftar.portal.monitoring.rates import Slot
from daftar.portal.theme.bars import Chart, Row, chart
from daftar.portal.theme.forms import say
from daftar.portal.theme.templatetags.words import day as day_words
from daftar.portal.theme.templatetags.words import digits, moment

MOST_SERIES = 3
MOST_DAYS = 31
COVERED = ("covered", "not_covered")


def rates(found: Mapping[str, float]) -> list[tuple[str, str]]:
    """Code and inquiries a second, as text."""
    return [(name, digits(f"{rate:.2f}")) for name, rate in found.items()]


def slots(found: Sequence[Slot], what: str, zone: str) -> Chart | None:
    """Ten minutes a bar: covered, not covered and other outcomes; or the two busiest channels and all others."""
    total: Counter[str] = sum((getattr(slot, what) for slot in found), Counter())
    if not total:
        return None
    first = list(COVERED) if what == "outcomes" else [name for name, _ in total.most_common(MOST_SERIES - 1)]
    section = "inquiry_outcome" if what == "outcomes" else "channel"
    series = [*(say(f"{section}.{name}") for name in first), say("queue.others")]
    bars = []
    for slot in found:
        counts: Counter[str] = getattr(slot, what)
        amounts = [counts[name] for name in first]
        all_of_them = sum(counts.values())
        amounts.append(all_of_them - sum(amounts))
        bars.append(Row(moment(slot.begins, zone), tuple(amounts), digits(f"{all_of_them:,}")))
    return chart(bars, series)


def days(found: Mapping[date, int], first: date, last: date) -> Chart:
    """A day a bar; over longer times seven days, the newest first."""
    step = 1 if (last - first).days < MOST_DAYS else 7
    bars = []
    end = last
    while end >= first:
        begin = max(first, end - timedelta(days=step - 1))
        asked = sum(found.get(begin + timedelta(days=place), 0) for place in range((end - begin).days + 1))
        bars.append(Row(day_words(begin), (asked,), digits(f"{asked:,}")))
        end = begin - timedelta(days=1)
    return chart(bars)


def counts(found: Counter[str], section: str) -> list[tuple[str, str]]:
    """Name and number, the greatest first."""
    return [(say(f"{section}.{name}"), digits(f"{asked:,}")) for name, asked in found.most_common()]
