"""Forms of the enrolment (F6): the unit, the resident, the enrolment itself; what a case keeps of each as text."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.portal.directory.forms import searched
from daftar.portal.directory.models import PoolingRegion
from daftar.portal.enrolment.ethnic_groups import ETHNIC_GROUPS
from daftar.portal.enrolment.shown import HOUSEHOLD_KINDS
from daftar.portal.enrolment.units import Found, units_found
from daftar.portal.theme.forms import CHOOSE, Chosen, PageForm, Typed, plain_text, say
from daftar.portal.theme.page import language
from daftar.portal.theme.templatetags.words import day as in_words
from daftar.rules.enrolment import first_days
from daftar.rules.enrolment_check import EnrolmentReason
from daftar.terms.calendars import read_day, show_day_short
from daftar.terms.enrolments import EnrolmentCategory
from daftar.terms.phones import read_phone

AT_FIELD = {
    EnrolmentReason.CATEGORY_UNKNOWN: "category",
    EnrolmentReason.CATEGORY_NOT_FOR_AGE: "category",
    EnrolmentReason.STARTS_TOO_EARLY: "starts",
    EnrolmentReason.STARTS_TOO_LATE: "starts",
}
"""Where the form says it; other reasons are about the person or the place and stand above all fields."""

FEW = {"required": CHOOSE, "invalid_choice": CHOOSE}


class UnitForm(PageForm):
    """«居民单位信息»: the pooling region, then one of its units, found by any word of its name."""

    pooling_region = forms.ChoiceField(label=_("Pooling region"), error_messages=FEW)
    query = Typed(searched, label=_("Town, street, village or committee"), required=False)
    unit = forms.ChoiceField(
        label=_("Village or neighbourhood committee"), widget=forms.RadioSelect, error_messages=FEW
    )

    def __init__(self, *args: Any, regions: Sequence[PoolingRegion], **options: Any) -> None:
        super().__init__(*args, **options)
        names = {each.code: each.name for each in regions}
        region: Any = self.fields["pooling_region"]
        region.choices = [("", _("Choose")), *names.items()]
        self.fields["query"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false", "dir": "auto"}
        chosen = self._now("pooling_region")
        self.found = units_found(chosen, self._now("query"), self._now("unit")) if chosen in names else Found(())
        unit: Any = self.fields["unit"]
        unit.choices = [(each.code, " · ".join(filter(None, (each.town, each.name)))) for each in self.found.units]

    def _now(self, name: str) -> str:
        return str((self.data if self.is_bound else self.initial).get(name, ""))[:100]

    @property
    def part(self) -> dict[str, str]:
        """What the case keeps: names too, as they were when it was filled in."""
        unit = next(each for each in self.found.units if each.code == self.cleaned_data["unit"])
        region = self.cleaned_data["pooling_region"]
        return {"pooling_region": region, "unit": unit.code, "unit_name": unit.name, "town": unit.town}


class ResidentForm(PageForm):
    """«居民信息», as far as the registry does not know it."""

    ethnicity = forms.ChoiceField(
        label=_("Ethnic group"),
        choices=[("", _("Choose")), *((each, each) for each in ETHNIC_GROUPS)],
        error_messages=FEW,
    )
    household_kind = forms.ChoiceField(
        label=_("Kind of household register"),
        choices=list(HOUSEHOLD_KINDS.items()),
        widget=forms.RadioSelect,
        error_messages=FEW,
    )
    household_address = Typed(plain_text, label=_("Address of the household register"))
    residence_address = Typed(plain_text, label=_("Address of residence"))
    phone = Typed(label=_("Contact telephone"), help_text=_("A mobile, or a landline with its area code."))

    def __init__(self, *args: Any, country: str, **options: Any) -> None:
        super().__init__(*args, **options)
        phone: Any = self.fields["phone"]
        phone.read = lambda typed: read_phone(typed, country)
        phone.widget.attrs |= {"dir": "ltr", "inputmode": "tel", "autocomplete": "tel"}
        for name in ("household_address", "residence_address"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "dir": "auto"}

    @property
    def part(self) -> dict[str, str]:
        """What the case keeps."""
        return {name: str(value) for name, value in self.cleaned_data.items()}


class EnrolmentForm(PageForm):
    """«参保信息»: the category and the first day; the year is that of the day."""

    category = Chosen(words="enrolment_category", label=_("Category of the insured"))
    starts = Typed(read_day, label=_("First day of the insurance"))

    def __init__(
        self, *args: Any, offered: Sequence[EnrolmentCategory], jurisdiction: str, today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        category: Any = self.fields["category"]
        category.choices = [(str(each), say(f"enrolment_category.{each}")) for each in offered]
        starts = self.fields["starts"]
        starts.widget.attrs |= {"dir": "ltr", "autocomplete": "off"}
        starts.help_text = " – ".join(filter(None, (_example(today), _days_in_words(jurisdiction, today))))
        starts.initial = show_day_short(today, language())

    def refuse_reasons(self, reasons: Sequence[EnrolmentReason]) -> None:
        """Put what the rules say at its field."""
        for each in reasons:
            self.add_error(AT_FIELD.get(each), say(f"enrolment_reason.{each}"))

    @property
    def part(self) -> dict[str, str]:
        """What the case keeps."""
        return {"category": self.cleaned_data["category"], "starts": self.cleaned_data["starts"].isoformat()}


def _example(today: date) -> str:
    """How a day is written in the reader's calendar; today, which is allowed."""
    return gettext("For example %(day)s") % {"day": show_day_short(today, language())}


def _days_in_words(jurisdiction: str, today: date) -> str:
    days = first_days(jurisdiction, today)
    if days is None or days.ends is None:
        return ""
    told = {"first": in_words(days.starts), "last": in_words(days.ends)}
    return gettext("from %(first)s to %(last)s; for the newborn from the day of birth") % told
