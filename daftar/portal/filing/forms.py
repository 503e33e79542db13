"""Forms about filings: a destination, and the days it is for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.portal.directory.region_picker import RegionPickerForm
from daftar.portal.theme.forms import Typed, complaint
from daftar.portal.theme.page import language
from daftar.rules.destination import capitals, files_to_province
from daftar.terms.calendars import read_day
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.periods import Period, check_service_day

SERVICE = "filing"


def filing_countries() -> tuple[str, ...]:
    """The jurisdictions whose insured file where they seek treatment."""
    return tuple(code for code, each in jurisdictions().items() if SERVICE in each.services)


def _day(label: Any) -> Typed:
    widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    return Typed(read_day, label=label, required=False, widget=widget)


class DestinationForm(RegionPickerForm):
    """Where one wants to be treated: the picker stops where the rule of `today` says (S4.8)."""

    stops_note = _("Filing to this province is enough: there is no city to choose.")

    starts = _day(_("First day of the filing"))
    ends = _day(_("Last day, if there is one"))

    def __init__(self, *args: Any, today: date, here: str, **options: Any) -> None:
        self.today = today
        countries = filing_countries()
        super().__init__(
            *args,
            countries=countries,
            here=here,
            enough=frozenset().union(*(files_to_province(code, today) for code in countries)),
            itself=_("provincial level (省本级)"),
            notes={city: gettext("capital") for code in countries for city in capitals(code, today)},
            **options,
        )
        self.fields["province"].label = _("Province or municipality of the treatment")
        example = "۱۴۰۵/۰۸/۳۰" if language() == "fa" else "2026-11-21"
        hints = (gettext("For example %(day)s") % {"day": example}, gettext("Empty: today."))
        self.fields["starts"].help_text = " – ".join(hints)

    @property
    def period(self) -> Period:
        """The days that are asked about: today where nothing is said."""
        starts, ends = self.cleaned_data.get("starts"), self.cleaned_data.get("ends")
        return Period(starts or self.today, ends or starts or self.today)

    @property
    def days_typed(self) -> bool:
        """Whether any day was typed."""
        return bool(self.data.get("starts") or self.data.get("ends"))

    def clean_starts(self) -> date | None:
        """A day that the law can be asked about."""
        return self._asked("starts")

    def clean_ends(self) -> date | None:
        """Likewise."""
        return self._asked("ends")

    def _asked(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None:
            try:
                check_service_day(day, self.today)
            except Misunderstood as error:
                raise complaint(error) from None
        return day

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first, and does not stand alone."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if ends and not starts and "starts" not in self.errors:
            self.refuse("starts", Misunderstood("period_without_start"))
        if starts and ends and ends < starts:
            self.refuse("ends", Misunderstood("period_reversed"))
        return cleaned
