"""Counted cases: how many of which kind wait how long, for a reviewer or to be corrected; table and bars (S3.16)."""

from collections.abc import Sequence
from dataclasses import dataclass

from daftar.portal.cases.selectors import Age, Number
from daftar.portal.theme.bars import Chart, Row, chart
from daftar.portal.theme.forms import say
from daftar.portal.theme.templatetags.words import digits
from daftar.terms.cases import CaseKind


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers of what waits, added up."""

    numbers: Sequence[Number]

    @property
    def kinds(self) -> list[tuple[CaseKind, list[int], int]]:
        """Each kind with its numbers by age, and their sum."""
        found = []
        for kind in CaseKind:
            counts = [sum(n.count for n in self.numbers if n.kind == kind and n.age == age) for age in Age]
            found.append((kind, counts, sum(counts)))
        return found

    @property
    def all(self) -> int:
        """All of them."""
        return sum(each.count for each in self.numbers)

    def chart(self) -> Chart:
        """The same as bars, one a kind, stretches by age."""
        bars = [Row(say(f"case_kind.{kind}"), tuple(counts), digits(total)) for kind, counts, total in self.kinds]
        return chart(bars, series=[say(f"case_age.{age}") for age in Age])
