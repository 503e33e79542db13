"""Forms of the entitlement room."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.disclosure.admissions import read_reference
from daftar.portal.theme.forms import CHOOSE, Chosen, IdentifierForm, PageForm, Typed
from daftar.portal.theme.page import language
from daftar.portal.theme.templatetags.words import insurer_name
from daftar.terms.calendars import read_day
from daftar.terms.digits import compact
from daftar.terms.jurisdictions import jurisdiction_of, jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.mobiles import read_mobile
from daftar.terms.outcomes import Setting
from daftar.terms.tracking_codes import read_tracking_code

DIGITS = {"inputmode": "numeric", "dir": "ltr"}


def day_hint() -> str:
    """How a day may be written, in the reader's own calendar first."""
    days = ("۱۴۰۵/۰۸/۳۰", "2026-11-21") if language() == "fa" else ("2026-11-21", "1405/08/30")
    return gettext("For example %(one)s or %(other)s") % {"one": days[0], "other": days[1]}


class OwnForm(IdentifierForm):
    """S2.8: identifier and the applicant's mobile."""

    mobile = Typed(
        label=_("Mobile number"),
        help_text=_(
            "The one registered with the insurer. For a child, or a dependant who has consented at an office: that of"
            " the main insured. For a bound family member: also yours."
        ),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the mobile as one of the identifier's country."""
        cleaned = super().clean()
        if cleaned.get("mobile") and "type" in cleaned:
            try:
                cleaned["mobile"] = read_mobile(cleaned["mobile"], jurisdiction_of(cleaned["type"]).mobile_country)
            except Misunderstood as error:
                self.refuse("mobile", error)
        return cleaned


class OneTimeCodeForm(PageForm):
    """The code that came by SMS."""

    code = Typed(
        compact,
        label=_("Code of six digits"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", **DIGITS}),
    )


class AskForm(IdentifierForm):
    """S2.7: what a provider asks."""

    service_day = Typed(read_day, label=_("Day of treatment"), widget=forms.TextInput(attrs={"dir": "ltr"}))
    setting = Chosen(list(Setting), words="setting", label=_("Kind of treatment"), initial=Setting.OUTPATIENT)

    def __init__(self, *args: Any, jurisdiction: str, **options: Any) -> None:
        super().__init__(*args, types=jurisdictions()[jurisdiction].identifier_types, **options)
        self.fields["service_day"].help_text = day_hint()


class FindForm(PageForm):
    """The tracking code of an answer that the organisation was given."""

    code = Typed(
        read_tracking_code,
        label=_("Tracking code"),
        help_text=_("Sixteen digits, with or without spaces."),
        widget=forms.TextInput(attrs={"autocomplete": "off", **DIGITS}),
    )


class AdmissionForm(PageForm):
    """S2.5: the payer that the hospital chose, and its admission number."""

    payer = forms.ChoiceField(label=_("Who pays for this admission"), widget=forms.RadioSelect)
    reference = Typed(read_reference, label=_("Admission number"))

    def __init__(self, *args: Any, payers: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["payer"]
        field.choices = [(code, insurer_name(code)) for code in payers]
        field.error_messages |= {"required": CHOOSE, "invalid_choice": CHOOSE}
