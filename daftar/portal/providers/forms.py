"""Forms of the pages about providers: the filter, which stands in the address; a mobile; a suspension."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.directory.forms import searched
from daftar.portal.organisations.words import OWNERSHIPS, PROVIDER_TYPES
from daftar.portal.providers.asked import Span, Wanted
from daftar.portal.providers.checking import CHECKINGS
from daftar.portal.theme.forms import CHOOSE, PageForm, Ticked, Typed, plain_text
from daftar.terms.digits import fold
from daftar.terms.jurisdictions import Jurisdiction
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.mobiles import Mobile, read_mobile

PERIODS = {"7": _("7 days"), "30": _("30 days"), "90": _("90 days"), "365": _("a year")}
PERIOD = "30"
ORDERED = {"name": _("by name"), "least": _("those who ask least first"), "most": _("those who ask most first")}
LONGEST_HOLDER = 100
LONGEST_REASON = 90
"""With the provider's code before it it fits the journal's reference."""


class ProvidersFilter(PageForm):
    """Which providers, over which days, in which order."""

    days = forms.ChoiceField(label=_("Period: the last"), required=False, choices=list(PERIODS.items()))
    type = forms.ChoiceField(label=_("Type of provider"), required=False)
    ownership = forms.ChoiceField(label=_("Ownership"), required=False)
    province = forms.ChoiceField(label=_("Province"), required=False)
    checking = forms.ChoiceField(label=_("Does it check?"), required=False)
    name = Typed(searched, label=_("Name or code"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False, choices=list(ORDERED.items()))

    def __init__(self, data: Any, *, provinces: Iterable[tuple[str, str]]) -> None:
        super().__init__({"days": PERIOD} | {name: value for name, value in data.items() if value})
        self._offer("type", _("All types"), PROVIDER_TYPES.items())
        self._offer("ownership", _("Both"), OWNERSHIPS.items())
        self._offer("province", _("All provinces"), provinces)
        self._offer("checking", _("All"), CHECKINGS.items())
        for each in self.fields.values():
            each.error_messages |= {"invalid_choice": CHOOSE}

    def _offer(self, name: str, everything: Any, choices: Iterable[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", everything), *choices]

    def wanted(self, jurisdiction: Jurisdiction, at: Any) -> Wanted:
        """What the filter asks for; the period ends today."""
        values, today = self.cleaned_data, jurisdiction.today(at)
        span = Span(today - timedelta(days=int(values["days"] or PERIOD) - 1), today)
        chosen = {each: values[each] for each in ("type", "ownership", "province", "checking")}
        return Wanted(jurisdiction.code, span, **chosen, name=fold(values["name"] or ""))

    def kept(self) -> dict[str, str]:
        """The filter as an address holds it."""
        return {name: str(self.data[name]) for name in self.fields if self.data.get(name)}


class PhoneForm(PageForm):
    """A mobile from which a provider may ask by SMS and USSD (S2.19)."""

    mobile = Typed(
        str, label=_("Mobile"), widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "tel", "autocomplete": "off"})
    )
    holder = Typed(
        plain_text, label=_("Who holds it"), help_text=_("For example: reception, Dr. Karimi."), required=False
    )
    seen = Ticked(label=_("The provider asked for this in writing; I have the letter"))

    def __init__(self, *args: Any, country: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.country = country
        typed: Any = self.fields["mobile"]
        typed.read = self._mobile
        held: Any = self.fields["holder"]
        held.read = _holder

    def _mobile(self, typed: str) -> Mobile:
        return read_mobile(typed, self.country)


class PhoneEndForm(PageForm):
    """When a mobile stops: at the end of today, or at once because it was lost."""

    when = forms.ChoiceField(
        label=_("From when on may this mobile not ask any more?"),
        choices=[("tomorrow", _("From tomorrow")), ("now", _("At once: it was lost or misused"))],
        widget=forms.RadioSelect,
        initial="tomorrow",
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


def reason_text(typed: str) -> str:
    """A reason in one line. Raises Misunderstood."""
    if len(typed) > LONGEST_REASON:
        raise Misunderstood("too_long")
    return plain_text(typed)


class SuspendForm(PageForm):
    """Why a provider is refused from now on, or let in again."""

    reason = Typed(reason_text, label=_("Reason"), help_text=_("A letter's number, or one line. It stays on record."))


def _holder(typed: str) -> str:
    if len(typed) > LONGEST_HOLDER:
        raise Misunderstood("too_long")
    return plain_text(typed)
