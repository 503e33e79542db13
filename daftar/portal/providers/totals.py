"""Providers added up by type, by ownership or by province: a table, and the same as bars (S2.11, S2.16)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from daftar.portal.providers.asked import Group
from daftar.portal.providers.checking import CHECKINGS, OBLIGED, Checking
from daftar.portal.theme.bars import Chart, Row, chart
from daftar.portal.theme.templatetags.words import digits


@dataclass
class Total:
    """Providers of one type, ownership or province. `href` shows them alone."""

    label: str
    href: str = ""
    counts: dict[Checking, int] = field(default_factory=lambda: dict.fromkeys(Checking, 0))
    asked: int = 0

    @property
    def obliged(self) -> int:
        """How many have the duty to check."""
        return sum(self.counts[each] for each in OBLIGED)

    @property
    def providers(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def share(self) -> int | None:
        """How many in a hundred of them check, rounded down: 100 is all; None where nobody has the duty."""
        return self.counts[Checking.CHECKS] * 100 // self.obliged if self.obliged else None

    @property
    def silent(self) -> int:
        """How many have the duty and do not check."""
        return self.obliged - self.counts[Checking.CHECKS]


def add_up(groups: Iterable[Group], by: str, labels: Mapping[str, str], hrefs: Mapping[str, str]) -> list[Total]:
    """Totals in the order of `labels`, without those that have nobody; `by` names the column of `Group`."""
    totals = {code: Total(label, hrefs.get(code, "")) for code, label in labels.items()}
    for each in groups:
        total = totals[getattr(each, by)]
        total.counts[each.checking] += each.providers
        total.asked += each.asked
    return [total for total in totals.values() if total.providers]


def whole(groups: Iterable[Group], label: str) -> Total:
    """All of them together."""
    total = Total(label)
    for each in groups:
        total.counts[each.checking] += each.providers
        total.asked += each.asked
    return total


def drawn(totals: Sequence[Total]) -> Chart:
    """Bars of those who have the duty, stretches by what they do."""
    return chart(
        [
            Row(
                each.label,
                tuple(each.counts[one] for one in OBLIGED),
                f"{digits(each.counts[Checking.CHECKS])} / {digits(each.obliged)}",
                each.href,
            )
            for each in totals
            if each.obliged
        ],
        series=[str(CHECKINGS[each]) for each in OBLIGED],
    )
