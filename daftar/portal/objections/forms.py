"""Forms of objections: one's own, an operator's, the list's filter, what is looked for (S2.12)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.cases.numbers import read_case_number
from daftar.portal.cases.objecting import SaidForm, languages, said_text
from daftar.portal.directory.models import Office
from daftar.portal.journal.words import CHANNELS
from daftar.portal.objections.selectors import Clock, Shown, Wanted
from daftar.portal.theme.forms import CHOOSE, Chosen, PageForm, Typed, complaint, say
from daftar.terms.digits import compact
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.objections import Caller
from daftar.terms.phones import read_phone
from daftar.terms.tracking_codes import read_tracking_code

CODE = {"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}
HOTLINE = "hotline"
"""In the filter, instead of an office: what was passed on to none."""

OBJECTED_BY = ("web", "app", "ussd", "sms")
CASE_DIGITS = 14


def code_or_number(typed: str) -> str:
    """A tracking code of sixteen digits, or a number of fourteen. Raises Misunderstood as they do."""
    return read_case_number(typed) if len(compact(typed[:64])) == CASE_DIGITS else read_tracking_code(typed)


class OwnForm(SaidForm):
    """An answer by its code, and what is wrong with it."""

    field_order = ("code", "said")

    code = Typed(
        read_tracking_code,
        label=_("Tracking code of the answer"),
        help_text=_("Sixteen digits, with or without spaces."),
        widget=forms.TextInput(attrs=CODE),
    )


class CodeForm(PageForm):
    """The answer about which somebody calls."""

    code = Typed(
        read_tracking_code,
        label=_("Tracking code"),
        help_text=_("Sixteen digits, with or without spaces."),
        widget=forms.TextInput(attrs=CODE),
    )


class FindForm(PageForm):
    """An objection by its number, or by the tracking code of the answer."""

    wanted = Typed(
        code_or_number,
        label=_("Number of the objection, or tracking code"),
        widget=forms.TextInput(attrs=CODE),
    )


class TakeDownForm(SaidForm):
    """What an operator writes down."""

    field_order = ("caller", "said", "phone", "notices_in")

    caller = Chosen(list(Caller), words="objection_caller", label=_("Who calls"))
    phone = Typed(
        label=_("Number to call back"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off"}),
    )
    notices_in = forms.ChoiceField(
        label=_("Language in which the person is told"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, jurisdiction: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.country = jurisdictions()[jurisdiction].mobile_country
        said: Any = self.fields["said"]
        said.label = _("What they say")
        field: Any = self.fields["notices_in"]
        field.choices = languages()
        field.initial = jurisdictions()[jurisdiction].language

    def clean_phone(self) -> str:
        """Read as a number of the country; nothing where none was said."""
        try:
            return read_phone(self.cleaned_data["phone"], self.country) if self.cleaned_data["phone"] else ""
        except Misunderstood as error:
            raise complaint(error) from None


class ListFilter(PageForm):
    """Which objections; it stands in the address."""

    shown = forms.ChoiceField(label=_("State"), required=False)
    clock = forms.ChoiceField(label=_("To be answered"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    office = forms.ChoiceField(label=_("Office"), required=False)
    holder = forms.ChoiceField(label=_("Taken up by"), required=False)

    def __init__(self, *args: Any, offices: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "shown", [(each.value, say(f"objection_shown.{each}")) for each in Shown])
        offer(self, "clock", [("", _("Whenever")), *((each.value, say(f"objection_clock.{each}")) for each in Clock)])
        offer(self, "channel", [("", _("All channels")), *((code, CHANNELS[code]) for code in OBJECTED_BY)])
        offer(self, "office", [("", _("All offices")), (HOTLINE, _("The hotline")), *offices])
        offer(self, "holder", [("", _("Anybody or nobody")), ("mine", _("Me"))])

    def wanted(self, user: str) -> Wanted:
        """What the filter asks for."""
        values = self.cleaned_data
        office = values["office"]
        return Wanted(
            shown=Shown(values["shown"] or Shown.OPEN),
            clock=Clock(values["clock"]) if values["clock"] else None,
            channel=values["channel"],
            office=None if not office else "" if office == HOTLINE else office,
            holder=user if values["holder"] else "",
        )


class PassOnForm(PageForm):
    """To whom an objection is given, and why."""

    office = forms.ChoiceField(label=_("Give it to"), error_messages={"required": CHOOSE, "invalid_choice": CHOOSE})
    note = Typed(
        said_text,
        label=_("What the office is to do"),
        help_text=_("The person reads it, too."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, offices: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, prefix="pass", **options)
        offer(self, "office", [("", _("Choose")), (HOTLINE, _("The hotline")), *offices])

    @property
    def given(self) -> str:
        """The office's code; empty for the hotline."""
        return "" if self.cleaned_data["office"] == HOTLINE else str(self.cleaned_data["office"])


def offices_of(jurisdiction: str) -> list[tuple[str, str]]:
    """The offices of a country, by name."""
    found = Office.objects.filter(withdrawn=False, code__startswith=f"{jurisdiction}-").order_by("name")
    return list(found.values_list("code", "name"))


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Give a field its choices."""
    field: Any = form.fields[name]
    field.choices = list(choices)
