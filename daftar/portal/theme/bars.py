"""What `<c-bars>` draws: amounts as horizontal bars with their words and values beside them.

The chart is an aid to a table that always stands beside it: labels and values are text, the bars are decoration.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = 100
"""Width of the longest bar, in the units of its drawing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line to draw: its words, its amounts (one a series; below zero is drawn hollow), its value in words."""

    label: str
    amounts: tuple[int, ...]
    shown: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar. Figures as text: a template would write them in the reader's script."""

    starts: str
    width: str
    series: int
    below_zero: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A line as drawn."""

    label: str
    shown: str
    href: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars that share one scale. `series` names what the stretches mean, for the legend; empty when there is one."""

    bars: tuple[Bar, ...]
    series: tuple[str, ...] = ()

    @property
    def below_zero(self) -> bool:
        """Whether the legend must explain hollow stretches."""
        return any(part.below_zero for bar in self.bars for part in bar.parts)


def chart(rows: Sequence[Row], series: Sequence[str] = ()) -> Chart:
    """Scale rows to the longest of them; stretches of a row stand one after the other, whatever their sign."""
    longest = max((sum(map(abs, row.amounts)) for row in rows), default=0)
    bars = tuple(Bar(row.label, row.shown, row.href, tuple(_parts(row.amounts, longest))) for row in rows)
    return Chart(bars, tuple(series))


def _parts(amounts: Sequence[int], longest: int) -> list[Part]:
    parts, reached = [], 0
    for place, amount in enumerate(amounts, start=1):
        if amount:
            starts, width = (f"{WHOLE * each / longest:.2f}" for each in (reached, abs(amount)))
            parts.append(Part(starts, width, place, amount < 0))
        reached += abs(amount)
    return parts
