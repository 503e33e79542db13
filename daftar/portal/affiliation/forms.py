"""Forms of the panel of government bodies: the inquiry (F1), the file, the filter of the list of inquiries."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.disclosure.affiliation import REFUSED, Fault
from daftar.disclosure.affiliation.faults import NEED_A_LETTER
from daftar.portal.affiliation.services import Letter
from daftar.portal.theme.forms import CHOOSE, IdentifierForm, PageForm, Typed, plain_text, say
from daftar.portal.theme.page import language
from daftar.terms.calendars import read_day
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import AffiliationOutcome
from daftar.terms.periods import Period

LONGEST_LETTER = 64


def day_hint() -> str:
    """How a day is written in the reader's own calendar."""
    day = "۱۴۰۵/۰۸/۳۰" if language() == "fa" else "2026-11-21"
    return gettext("For example %(day)s") % {"day": day}


def letter_number(typed: str) -> str:
    """A letter's number as its sender writes it. Raises Misunderstood `too_long`."""
    if len(typed) > LONGEST_LETTER:
        raise Misunderstood("too_long")
    return plain_text(typed)


def day_field(label: Any) -> Typed:
    """A day that may stay empty."""
    widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    return Typed(read_day, label=label, required=False, widget=widget)


def letter_field() -> Typed:
    """The number of the letter that asks."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return Typed(letter_number, label=_("Number of the letter"), required=False, widget=widget)


class InquiryForm(IdentifierForm):
    """F1: national code, a period if one is asked about, the letter (S1.11)."""

    period_from = day_field(_("Start of the period"))
    period_to = day_field(_("End of the period"))
    reference_number = letter_field()
    reference_date = day_field(_("Date of the letter"))

    def __init__(self, *args: Any, jurisdiction: str, kind: str, **options: Any) -> None:
        super().__init__(*args, types=jurisdictions()[jurisdiction].identifier_types, **options)
        _dress_days(self, kind)
        self.fields["period_from"].help_text = day_hint()
        self.fields["period_to"].help_text = day_hint()

    def typed_identifier(self) -> tuple[str, str]:
        """Type and number as they were typed."""
        return str(self.data.get("type", "")), str(self.data.get("number", ""))

    def faults(self) -> list[Fault]:
        """What is wrong, for the journal."""
        return _faults(self)


class FileForm(PageForm):
    """A file of inquiries, with one letter for all its lines."""

    file = forms.FileField(
        label=_("File (CSV, UTF-8)"), widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"})
    )
    reference_number = letter_field()
    reference_date = day_field(_("Date of the letter"))

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].error_messages = {
            "required": _("Choose a file."),
            "empty": say("input.file_empty"),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
        }
        _dress_days(self, kind)

    def letter(self) -> Letter:
        """The letter as far as it could be read; to be asked before its faults are put, which take it away."""
        self.full_clean()
        values = self.cleaned_data
        return Letter(values.get("reference_number"), values.get("reference_date"))

    def faults(self) -> list[Fault]:
        """What is wrong, for the journal."""
        return _faults(self)

    def letter_suits(self, kind: str, today: date) -> bool:
        """Whether the letter is there where it is needed, and its date not in the future; else its errors are put."""
        dated = self.cleaned_data["reference_date"]
        if kind in NEED_A_LETTER and not self.cleaned_data["reference_number"]:
            self.refuse("reference_number", Misunderstood("letter_number_required"))
        if kind in NEED_A_LETTER and not dated:
            self.refuse("reference_date", Misunderstood("letter_date_required"))
        if dated and dated > today:
            self.refuse("reference_date", Misunderstood("letter_in_future"))
        return not self.errors


class DaysFilter(PageForm):
    """Of which days something is shown; either may stay open."""

    day_from = day_field(_("From day"))
    day_to = day_field(_("To day"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["day_from"].help_text = day_hint()
        self.fields["day_to"].help_text = day_hint()

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first."""
        cleaned = super().clean() or {}
        if cleaned.get("day_from") and cleaned.get("day_to"):
            try:
                Period(cleaned["day_from"], cleaned["day_to"])
            except Misunderstood as error:
                self.refuse("day_to", error)
        return cleaned

    def span(self, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
        """The instants between which the days lie, both days included; a filter that is wrong leaves all open."""
        values = self.cleaned_data if self.is_bound and self.is_valid() else {}
        first, last = values.get("day_from"), values.get("day_to")
        return _midnight(first, zone), _midnight(last and last + timedelta(days=1), zone)


class FilterForm(DaysFilter):
    """Which of the inquiries to show: whose, with which outcome, of which days (S1.29).

    `accounts` are number, log-in name and shown name: the number stands in the form, the name in the journal.
    """

    account = forms.ChoiceField(label=_("Account"), required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    field_order: tuple[str, ...] = ("account", "outcome")

    def __init__(self, *args: Any, accounts: Iterable[tuple[str, str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.log_ins = {number: user for number, user, _name in accounts}
        self.offer("account", [(number, name) for number, _user, name in accounts])
        self.offer("outcome", [(word, say(f"outcome_short.{word}")) for word in (*AffiliationOutcome, REFUSED)])

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Choices of a field, and all of them together."""
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]
        field.error_messages |= {"invalid_choice": CHOOSE}

    def account_name(self, values: dict[str, Any]) -> str:
        """The log-in name of the account that was chosen."""
        return self.log_ins.get(values.get("account", ""), "")


def _midnight(day: date | None, zone: tzinfo) -> datetime | None:
    return datetime.combine(day, time(), zone) if day else None


def _faults(form: forms.Form) -> list[Fault]:
    """Fields and codes, never what was typed."""
    found = form.errors.as_data().items()
    return [Fault(field, str(each.code or "invalid")) for field, errors in found for each in errors]


def _dress_days(form: forms.Form, kind: str) -> None:
    form.fields["reference_date"].help_text = day_hint()
    if kind not in NEED_A_LETTER:
        form.fields["reference_number"].help_text = _("If there is one.")
