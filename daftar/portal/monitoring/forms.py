"""The filter of the history of inquiries; it stands in the address, and nothing personal is in it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.monitoring.models import Scope
from daftar.portal.theme.forms import CHOOSE, PageForm

PERIODS = {"7": _("7 days"), "30": _("30 days"), "90": _("90 days"), "365": _("a year")}
PERIOD = "30"
CODE = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})


class HistoryFilter(PageForm):
    """Over which days, of which place; of several places named the narrowest counts."""

    days = forms.ChoiceField(label=_("Period: the last"), required=False, choices=list(PERIODS.items()))
    province = forms.ChoiceField(label=_("Province"), required=False)
    office = forms.CharField(label=_("Responsible office (code)"), required=False, max_length=16, widget=CODE)
    organisation = forms.CharField(label=_("Organisation (code)"), required=False, max_length=32, widget=CODE)

    def __init__(self, data: Any, *, provinces: Iterable[tuple[str, str]]) -> None:
        super().__init__({"days": PERIOD} | {name: value for name, value in data.items() if value})
        province: Any = self.fields["province"]
        province.choices = [("", _("All provinces")), *provinces]
        for name in ("days", "province"):
            self.fields[name].error_messages |= {"invalid_choice": CHOOSE}

    def place(self, jurisdiction: str) -> tuple[Scope, str]:
        """Whose inquiries are wanted."""
        for scope in (Scope.ORGANISATION, Scope.OFFICE, Scope.PROVINCE):
            if code := self.cleaned_data[scope.value]:
                return scope, code
        return Scope.JURISDICTION, jurisdiction

    def span(self, today: date) -> tuple[date, date]:
        """First and last day."""
        return today - timedelta(days=int(self.cleaned_data["days"] or PERIOD) - 1), today
