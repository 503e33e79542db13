"""A line of the wide table in the reader's words and script (S4.23)."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from daftar.disclosure.settled import REFUND
from daftar.portal.settlement.adding_up import faults
from daftar.portal.settlement.columns import NAMES
from daftar.portal.settlement.models import Settlement
from daftar.portal.settlement.selectors import Line, Places
from daftar.portal.settlement.totals import year_of
from daftar.portal.settlement.words import fault_words, ratio_words
from daftar.terms.calendars import show_day, show_day_short
from daftar.terms.digits import to_persian
from daftar.terms.money import currency_name, show_number
from daftar.terms.texts import worded

KINDS: dict[str, Promise] = {
    "settled": _("Settled"),
    "refund": _("Refund"),
    "correction": _("Corrected"),
}
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class ExpenseRow:
    """One settlement: `amounts` are the cells in the order of `columns.NAMES`; `marks` say what does not add up."""

    line: Line
    institution: str
    discharged: str
    stay: str
    kind: str
    kind_word: Promise | str
    refund_of: tuple[str, str] | None  # reference and day of the settlement that this one refunds
    refunded: list[tuple[str, str]]
    insured: str
    treated: str
    insurance_type: str
    currency: str
    amounts: SafeString
    marks: list[str]

    @property
    def remarkable(self) -> bool:
        """Whether there is more to say than what was settled: most lines have nothing."""
        return bool(self.marks or self.line.earlier or self.refunded or self.kind == REFUND)


@dataclass(frozen=True, slots=True)
class Year:
    """The settlements of one year of the reader's calendar."""

    anchor: str
    name: str
    rows: list[ExpenseRow]


def years(lines: Iterable[Line], places: Places, language: str) -> list[Year]:
    """The table's lines by the year they are counted in, the newest first; in a year they stay in their order."""
    found = []
    ordered = sorted(lines, key=lambda each: year_of(each, language), reverse=True)
    for year, members in groupby(ordered, key=lambda each: year_of(each, language)):
        name = to_persian(str(year)) if language == "fa" else str(year)
        found.append(Year(f"year-{year}", name, [expense_row(each, places, language) for each in members]))
    return found


def expense_row(line: Line, places: Places, language: str) -> ExpenseRow:
    """One line in words."""
    row = line.row
    amounts = row.__dict__
    return ExpenseRow(
        line=line,
        institution=places.institution(row.institution),
        discharged=show_day(row.discharged, language),
        stay=f"{show_day_short(row.admitted, language)} – {show_day_short(row.discharged, language)}",
        kind=row.kind,
        kind_word=KINDS.get(row.kind, row.kind),
        refund_of=_link(line.refunds, language) if line.refunds else None,
        refunded=[_link(each, language) for each in line.refunded_by],
        insured=places.region(row.insured_region) or NOTHING,
        treated=places.region(row.treated_region) or NOTHING,
        insurance_type=worded("insurance_type", row.insurance_type, language) or NOTHING,
        currency=currency_name(row.currency, language),
        amounts=_cells(row, language),
        marks=[fault_words(each, row.currency, language) for each in faults(amounts)],
    )


def _link(line: Line, language: str) -> tuple[str, str]:
    return line.reference, show_day(line.row.discharged, language)


def _cells(row: Settlement, language: str) -> SafeString:
    """The cells of all amounts and of the share, as HTML: nine in ten cells of the page, and nothing but figures."""
    amounts = (getattr(row, name) for name in NAMES)
    told = [NOTHING if each is None else show_number(each, row.currency, language) for each in amounts]
    return mark_safe("".join(f'<td class="num">{each}</td>' for each in (*told, ratio_words(row.pool_ratio, language))))
