"""One table of figures: median, range, and the paired ratio to the peer where there is one."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """One measured thing: all its runs, and the ratios of ours to this peer, run by run."""

    name: str
    unit: str
    values: Sequence[float]
    ours_to_this: Sequence[float] | None = None


def show(figures: Sequence[Figure]) -> None:
    """Print the table."""
    table = Table("what", "median", "min – max", "unit", "ours / this, median (min – max)")
    for figure in figures:
        ratio = figure.ours_to_this
        table.add_row(
            figure.name,
            _number(statistics.median(figure.values)),
            f"{_number(min(figure.values))} – {_number(max(figure.values))}",
            figure.unit,
            f"{statistics.median(ratio):.2f}x ({min(ratio):.2f} – {max(ratio):.2f})" if ratio else "",
        )
    Console(width=140).print(table)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"
