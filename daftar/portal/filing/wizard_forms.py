"""Forms of the filing wizard (F7, S3.21): the filer's page and the contact's."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.portal.directory.region_picker import RegionPickerForm, path_of
from daftar.portal.filing import filled_in
from daftar.portal.filing.shown import ONESELF, relation_name
from daftar.portal.proxy.models import Kinship
from daftar.portal.theme.forms import CHOOSE, PageForm, Typed, complaint, plain_text, say
from daftar.portal.theme.page import language
from daftar.rules.destination import capitals, files_to_province
from daftar.rules.filing import categories
from daftar.store.sealing import Fields
from daftar.terms.calendars import read_day
from daftar.terms.jurisdictions import Jurisdiction
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.periods import check_service_day
from daftar.terms.phones import read_phone

LATEST_YEAR = 2100
"""A last day beyond is a slip of the pen."""


def _one_of(label: Any) -> forms.ChoiceField:
    messages = {"required": CHOOSE, "invalid_choice": CHOOSE}
    return forms.ChoiceField(label=label, widget=forms.RadioSelect, error_messages=messages)


def _day(label: Any, *, required: bool) -> Typed:
    widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    return Typed(read_day, label=label, required=required, widget=widget)


class FilerForm(RegionPickerForm):
    """«备案人信息»: why, where and when. The picker stops where the rule of today says (S4.8)."""

    stops_note = _("Filing to this province is enough: there is no city to choose.")

    category = _one_of(_("Category of the filing"))
    starts = _day(_("First day of the filing"), required=True)
    ends = _day(_("Last day, if there is one"), required=False)
    address = Typed(label=_("Address at the place of treatment"), required=False)
    field_order = ("category", "province", "city", "starts", "ends", "address")

    def __init__(self, *args: Any, law: Jurisdiction, today: date, here: str, fields: Fields, **options: Any) -> None:
        self.today = today
        super().__init__(
            *args,
            countries=[law.code],
            here=here,
            enough=files_to_province(law.code, today),
            itself=_("provincial level (省本级)"),
            notes={city: gettext("capital") for city in capitals(law.code, today)},
            initial=_as_typed(fields),
            **options,
        )
        self.fields["province"].label = _("Province or municipality of the treatment")
        self.fields["province"].required = True
        self.fields["province"].error_messages["required"] = CHOOSE
        category: Any = self.fields["category"]
        category.choices = [
            (str(code), _with_group(str(code), group)) for code, group in categories(law.code, today).items()
        ]
        example = "۱۴۰۵/۰۸/۳۰" if language() == "fa" else "2026-11-21"
        self.fields["starts"].help_text = gettext("For example %(day)s") % {"day": example}
        self.fields["ends"].help_text = gettext("Empty: until you revoke the filing.")

    @property
    def filled(self) -> Fields:
        """What goes into the case."""
        cleaned = self.cleaned_data
        return {
            filled_in.CATEGORY: cleaned["category"],
            filled_in.DESTINATION: self.picked.code if self.picked else "",
            filled_in.STARTS: cleaned["starts"].isoformat(),
            filled_in.ENDS: cleaned["ends"].isoformat() if cleaned.get("ends") else "",
            filled_in.ADDRESS: cleaned.get("address") or "",
        }

    def clean_starts(self) -> date:
        """A day that the law can be asked about."""
        try:
            return check_service_day(self.cleaned_data["starts"], self.today)
        except Misunderstood as error:
            raise complaint(error) from None

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first."""
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.refuse("ends", Misunderstood("period_reversed"))
        elif ends and ends.year > LATEST_YEAR:
            self.refuse("ends", Misunderstood("not_a_day"))
        return cleaned


class ContactForm(PageForm):
    """«联系人信息»: whom to call about the filing."""

    contact_name = Typed(label=_("Name of the contact"))
    contact_phone = Typed(label=_("Telephone"))
    contact_relation = _one_of(_("What the contact is to the person"))
    contact_address = Typed(label=_("Address of the contact"), required=False)

    def __init__(self, *args: Any, law: Jurisdiction, fields: Fields, **options: Any) -> None:
        super().__init__(*args, initial=dict(fields), **options)
        phone: Any = self.fields["contact_phone"]
        phone.read = lambda typed: read_phone(plain_text(typed), law.mobile_country)
        phone.widget.attrs |= {"dir": "ltr", "inputmode": "tel", "autocomplete": "tel"}
        relation: Any = self.fields["contact_relation"]
        relation.choices = [(code, relation_name(code)) for code in (ONESELF, *Kinship.values)]

    @property
    def filled(self) -> Fields:
        """What goes into the case."""
        return {name: self.cleaned_data[name] or "" for name in self.fields}


class LetterForm(PageForm):
    """«承诺书签名页面»: a signature drawn, or the name typed instead."""

    signature = forms.CharField(required=False, strip=True, widget=forms.HiddenInput)
    name = Typed(label=_("Or type your full name instead"), required=False)


def _as_typed(fields: Fields) -> dict[str, str]:
    """What was filled in before, as the form's fields have it."""
    path = path_of(fields.get(filled_in.DESTINATION, ""))
    place = {"province": path[0].code, "city": path[:2][-1].code} if path else {}
    kept = {name: fields.get(name, "") for name in ("category", "starts", "ends", "address")}
    return kept | place


def _with_group(category: str, group: str) -> str:
    name = say(f"filing_category.{category}")
    return f"{name} – {say(f'filing_group.{group}')}" if group else name
