"""What settlements come to, by currency and by year of the reader's calendar (S4.23)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from daftar.portal.settlement.adding_up import amount_of
from daftar.portal.settlement.models import Settlement
from daftar.portal.settlement.selectors import Line
from daftar.portal.theme.bars import Chart, Row, chart
from daftar.terms.calendars import year_in
from daftar.terms.digits import to_persian
from daftar.terms.money import currency_name, show_amount, show_number


@dataclass(slots=True)
class Sums:
    """What some settlements come to; `rest` is what stands neither under funds nor under the person."""

    count: int = 0
    total: int = 0
    funds: int = 0
    personal: int = 0

    @property
    def rest(self) -> int:
        """Not broken down by the source, or not adding up."""
        return self.total - self.funds - self.personal

    def take(self, row: Settlement) -> None:
        """Add one settlement; a refund's amounts lie below zero."""
        amounts = row.__dict__
        self.count += 1
        self.total += row.total
        self.funds += amount_of(amounts, "fund_total") or 0
        self.personal += amount_of(amounts, "personal") or 0


@dataclass(frozen=True, slots=True)
class TotalsLine:
    """A line of the table, in the reader's words and script."""

    year: str
    count: str
    total: str
    funds: str
    personal: str
    rest: str


@dataclass(frozen=True, slots=True)
class CurrencyTotals:
    """Everything that was settled in one currency: its years, all of them together, and the chart."""

    currency: str
    name: str
    years: list[TotalsLine]
    all_years: TotalsLine
    chart: Chart
    has_rest: bool


def year_of(line: Line, language: str) -> int:
    """The year a settlement is counted in: that of the discharge; of a refund, of the stay that it takes back.

    So what was paid back comes off the year it was spent in. Where that stay is not known, the refund's own day counts.
    """
    stay = line.refunds or line
    return year_in(stay.row.discharged, language)


def totals(lines: Iterable[Line], language: str) -> list[CurrencyTotals]:
    """Totals by currency, the one with most settlements first."""
    found: dict[str, dict[int, Sums]] = defaultdict(lambda: defaultdict(Sums))
    overall: dict[str, Sums] = defaultdict(Sums)
    for line in lines:
        found[line.row.currency][year_of(line, language)].take(line.row)
        overall[line.row.currency].take(line.row)
    ordered = sorted(found, key=lambda currency: (-overall[currency].count, currency))
    return [_currency(each, found[each], overall[each], language) for each in ordered]


def _currency(currency: str, years: dict[int, Sums], overall: Sums, language: str) -> CurrencyTotals:
    newest_first = sorted(years.items(), reverse=True)
    has_rest = any(sums.rest for sums in years.values())
    series = [gettext("Paid by insurance"), gettext("Borne by the person")]
    if has_rest:
        series.append(gettext("Not broken down"))
    drawn = [
        Row(
            _figure(year, language),
            (sums.funds, sums.personal, sums.rest)[: len(series)],
            show_amount(sums.total, currency, language),
            href=f"#year-{year}",
        )
        for year, sums in newest_first
    ]
    return CurrencyTotals(
        currency,
        currency_name(currency, language),
        [_line(_figure(year, language), sums, currency, language) for year, sums in newest_first],
        _line(gettext("All years"), overall, currency, language),
        chart(drawn, series),
        has_rest,
    )


def _line(year: str, sums: Sums, currency: str, language: str) -> TotalsLine:
    amounts = (show_number(each, currency, language) for each in (sums.total, sums.funds, sums.personal, sums.rest))
    return TotalsLine(year, _figure(sums.count, language), *amounts)


def _figure(number: int, language: str) -> str:
    return to_persian(str(number)) if language == "fa" else str(number)
