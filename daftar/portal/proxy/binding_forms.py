"""Forms of binding: «亲情成员基本信息» with identity card (F4) and without (F5), the way of proving, the letter's tick.

The guide's pictures are lost. What nothing would rest on is not asked: mobile, sex and region are the registry's, and
that a guardian agrees is a sentence of the commitment letter.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.sign_up_forms import read_name
from daftar.portal.proxy.asked import Child, Named, Refusal
from daftar.portal.proxy.models import Kinship, Way
from daftar.portal.theme.forms import Chosen, IdentifierForm, PageForm, Ticked, Typed, say
from daftar.terms.calendars import read_day

PAPERS = ("household_register", "birth_certificate", "other")
"""What shows who a child without identity card is; texts `proxy_paper.*` (S3.9)."""

AT = {
    Refusal.ONESELF: "number",
    Refusal.ALREADY_BOUND: "number",
    Refusal.SIXTEEN_OR_OVER: "born",
}
"""At which field a refusal is told; the others are told of the whole form."""


class MemberForm(IdentifierForm):
    """Form F4: who is to be bound, with identity card."""

    name = Typed(
        read_name,
        label=_("Name of the member"),
        help_text=_("As on the identity document."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kinship = Chosen(Kinship.values, words="kinship", label=_("The member is your"))

    def __init__(self, *args: Any, types: Iterable[str], today: date, **options: Any) -> None:
        super().__init__(*args, types=types, **options)
        self.today = today
        self.order_fields(["name", "paper", "type", "number", "born", "kinship"])

    @property
    def named(self) -> Named:
        """The member as typed; the form is valid."""
        cleaned = self.cleaned_data
        return Named(cleaned["identifier"], cleaned["name"], Kinship(cleaned["kinship"]))

    @property
    def child(self) -> Child | None:
        """Nothing more is asked of who has a card."""
        return None

    def tell(self, refusal: Refusal) -> None:
        """Why the member cannot be bound."""
        place = AT.get(refusal)
        self.add_error(place if place in self.fields else None, say(f"proxy_refused.{refusal}"))


class ChildForm(MemberForm):
    """Form F5: who is under 16 and has no identity card."""

    paper = Chosen(PAPERS, words="proxy_paper", label=_("Paper that shows who it is"))
    born = Typed(read_day, label=_("Date of birth"), help_text=_("For example 2012-03-05"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if len(self.fields["type"].choices) == 1:  # then it is no question beside that of the paper
            self.fields["type"].widget = forms.HiddenInput()
        self.fields["number"].label = _("Identity number")
        self.fields["name"].help_text = _("As in the household register or on the birth certificate.")
        self.fields["born"].widget.attrs |= {"autocomplete": "off", "dir": "ltr", "inputmode": "numeric"}

    def clean_born(self) -> date:
        """Not born after today."""
        born: date = self.cleaned_data["born"]
        if born > self.today:
            raise forms.ValidationError(say("input.day_in_future"))
        return born

    @property
    def child(self) -> Child | None:
        """Day of birth and paper; the form is valid."""
        return Child(self.cleaned_data["born"], self.cleaned_data["paper"])


class ProofForm(PageForm):
    """By what the member proves that they agree, where their region's policy leaves the choice."""

    way = Chosen((Way.FACE, Way.OWN_CONFIRMATION), words="proxy_proof", label=_("How does the member agree?"))


class LetterForm(PageForm):
    """«已阅读承诺书» (S3.9)."""

    read = Ticked(label=_("I have read the commitment letter"))
