"""Forms of the answer to an objection: upheld, with the paper that was seen; or not (S2.12, S2.13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.cases.objecting import said_text
from daftar.portal.entitlement.forms import day_hint
from daftar.portal.theme.forms import CHOOSE, PageForm, Typed, say
from daftar.terms.calendars import read_day
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.objections import DismissedReason, UpheldReason
from daftar.terms.outcomes import EvidenceKind
from daftar.terms.periods import Period


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that is recorded with the answer."""

    kind: str
    valid_from: date
    valid_until: date | None


class _AnswerForm(PageForm):
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    note = Typed(
        said_text,
        label=_("Answer to the person"),
        help_text=_("What was found, and what they can do now. They read it with the objection."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def offer(self, reasons: Iterable[str]) -> None:
        """Give the reasons."""
        field: Any = self.fields["reasons"]
        field.choices = [(code, say(f"objection_reason.{code}")) for code in reasons]


def _day(label: Any) -> Typed:
    widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    return Typed(read_day, label=label, required=False, widget=widget)


class UpholdForm(_AnswerForm):
    """The person is right. `paper` is what was seen, None where nothing is recorded."""

    kind = forms.ChoiceField(label=_("Paper"), required=False)
    valid_from = _day(_("Valid from"))
    valid_until = _day(_("Valid until"))
    seen = forms.BooleanField(label=_("I have seen the original paper"), required=False)

    def __init__(self, *args: Any, papers: bool, **options: Any) -> None:
        super().__init__(*args, prefix="up", **options)
        self.papers = papers
        self.offer(each for each in UpheldReason if papers or each != UpheldReason.PAPER_RECORDED)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("None")), *((each.value, say(f"evidence.{each}")) for each in EvidenceKind)]
        self.fields["valid_from"].help_text = day_hint()
        self.fields["valid_until"].help_text = _("Leave empty when the paper names no end; the law's own term applies.")

    def clean(self) -> dict[str, Any]:
        """A paper needs its first day and eyes that saw it; the reason that one was recorded needs a paper."""
        cleaned = super().clean() or {}
        recorded = UpheldReason.PAPER_RECORDED in cleaned.get("reasons", ())
        if not cleaned.get("kind"):
            if recorded:
                self.add_error("kind", CHOOSE)
            return cleaned
        if not self.papers:
            self.add_error("kind", CHOOSE)
        if not cleaned.get("valid_from") and "valid_from" not in self.errors:
            self.refuse("valid_from", Misunderstood("required"))
        if not cleaned.get("seen"):
            self.add_error("seen", _("Tick the box if this is so."))
        self._order(cleaned)
        return cleaned

    @property
    def paper(self) -> Paper | None:
        """What is recorded, of a valid form."""
        values = self.cleaned_data
        return Paper(values["kind"], values["valid_from"], values["valid_until"]) if values["kind"] else None

    def _order(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("valid_from"):
            try:
                Period(cleaned["valid_from"], cleaned.get("valid_until"))
            except Misunderstood as error:
                self.refuse("valid_until", error)


class DismissForm(_AnswerForm):
    """The answer stands."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, prefix="down", **options)
        self.offer(DismissedReason)
