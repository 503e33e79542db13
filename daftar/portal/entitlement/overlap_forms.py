"""The filter of the overlap report; it stands in the address and names nobody."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.portal.entitlement.forms import day_hint
from daftar.portal.entitlement.overlaps import Numbers, Wanted, in_order
from daftar.portal.theme.forms import CHOOSE, PageForm, Typed
from daftar.portal.theme.templatetags.words import insurer_name
from daftar.terms.calendars import read_day
from daftar.terms.jurisdictions import Jurisdiction
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.periods import check_service_day

NO_OFFICE = "-"
WRITTEN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})_([0-9]{1,18})")


class OverlapFilter(PageForm):
    """On which day, of which insurers together, of which office."""

    day = Typed(read_day, label=_("On the day"), required=False, widget=forms.TextInput(attrs={"dir": "ltr"}))
    insurers = forms.ChoiceField(label=_("Insurers together"), required=False)
    office = forms.ChoiceField(label=_("Responsible office"), required=False)

    def __init__(self, data: Any, *, jurisdiction: Jurisdiction, today: date) -> None:
        super().__init__({name: value for name, value in data.items() if value})
        self.jurisdiction, self.today = jurisdiction, today
        self.fields["day"].help_text = day_hint()
        for name in ("insurers", "office"):
            self.fields[name].error_messages |= {"invalid_choice": CHOOSE}

    def offer(self, found: Numbers, names: Mapping[str, str]) -> None:
        """What can be chosen: the combinations and offices that there are on the day."""
        everything = ("", _("All"))
        combinations = [(each, together(self.on_day(), each)) for each, _persons in found.insurers]
        offices = [(code or NO_OFFICE, names.get(code) or gettext("none named")) for code, _persons in found.offices]
        insurers: Any = self.fields["insurers"]
        office: Any = self.fields["office"]
        insurers.choices, office.choices = [everything, *combinations], [everything, *offices]

    def clean_day(self) -> date:
        """Today, unless another day is asked for."""
        day = self.cleaned_data["day"]
        if day is None:
            return self.today
        try:
            return check_service_day(day, self.today)
        except Misunderstood as error:
            self.refuse("day", error)
            return self.today

    def on_day(self) -> Wanted:
        """All overlaps of the day, whatever else is chosen: what the choices are made of."""
        return Wanted(self.jurisdiction.code, self._day())

    def wanted(self) -> Wanted:
        """What the filter asks for; call it when the form is valid."""
        office = self.cleaned_data["office"]
        kept = None if not office else "" if office == NO_OFFICE else office
        return Wanted(self.jurisdiction.code, self.cleaned_data["day"], self.cleaned_data["insurers"], kept)

    def kept(self) -> dict[str, str]:
        """The filter as an address holds it."""
        return {name: str(self.data[name]) for name in self.fields if self.data.get(name)}

    def _day(self) -> date:
        """The day as typed, before the choices are checked; today where it cannot be read."""
        try:
            return check_service_day(read_day(str(self.data.get("day", ""))), self.today)
        except Misunderstood:
            return self.today


def together(wanted: Wanted, insurers: str) -> str:
    """The insurers of an overlap by their names, in the order in which they pay."""
    return " + ".join(insurer_name(code) for code, _place, _why in in_order(insurers, wanted.day, wanted.jurisdiction))


def mark_read(text: str) -> tuple[date, int] | None:
    """Where a page of the list ended; None for anything else, which is the first page."""
    found = WRITTEN.fullmatch(text)
    try:
        return (date.fromisoformat(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def mark_written(starts: date, id: int) -> str:
    """The same as an address holds it."""
    return f"{starts.isoformat()}_{id}"
