"""Forms of the staff shell."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.entitlement.forms import day_hint
from daftar.portal.theme.forms import Chosen, PageForm, Ticked, Typed, complaint
from daftar.terms.calendars import read_day
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.mobiles import read_mobile
from daftar.terms.outcomes import EvidenceKind
from daftar.terms.periods import Period
from daftar.terms.tracking_codes import read_tracking_code


class MobileForm(PageForm):
    """S2.9: the mobile of a person who stands at the counter."""

    mobile = Typed(label=_("Mobile number"), widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr"}))
    seen = Ticked(label=_("I have seen this person and their original identity document"))

    def __init__(self, *args: Any, country: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.country = country

    def clean_mobile(self) -> str:
        """Read as a number of the person's country."""
        try:
            return read_mobile(self.cleaned_data["mobile"], self.country)
        except Misunderstood as error:
            raise complaint(error) from None


class EvidenceForm(PageForm):
    """S2.13: a paper that the office has seen."""

    kind = Chosen(list(EvidenceKind), words="evidence", label=_("Paper"))
    valid_from = Typed(read_day, label=_("Valid from"), widget=forms.TextInput(attrs={"dir": "ltr"}))
    valid_until = Typed(
        read_day,
        label=_("Valid until"),
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    seen = Ticked(label=_("I have seen the original paper"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["valid_from"].help_text = day_hint()
        self.fields["valid_until"].help_text = _("Leave empty when the paper names no end; the law's own term applies.")

    def clean(self) -> dict[str, Any]:
        """The end may not lie before the start."""
        cleaned = super().clean() or {}
        if cleaned.get("valid_from"):
            try:
                Period(cleaned["valid_from"], cleaned.get("valid_until"))
            except Misunderstood as error:
                self.refuse("valid_until", error)
        return cleaned


class ExplainForm(PageForm):
    """A tracking code to take apart."""

    code = Typed(
        read_tracking_code,
        label=_("Tracking code"),
        help_text=_("Sixteen digits, with or without spaces."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )
