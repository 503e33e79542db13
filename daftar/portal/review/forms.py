"""Forms of the review pages: the filter of the queue, a certificate number, a case number, reasons (S3.16-S3.19)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.cases.numbers import read_case_number
from daftar.portal.cases.selectors import Age, Wanted
from daftar.portal.theme.forms import PageForm, Typed, say
from daftar.terms.cases import CaseKind, CaseState, RefusalReason, SendBackReason
from daftar.terms.digits import refuse_invisible
from daftar.terms.misunderstood import Misunderstood

LONGEST_NOTE = 1000
HALF_SPACE = "\u200c"  # نیم‌فاصله: Persian is written with it
MINE = "mine"


def note_text(typed: str) -> str:
    """Some lines to the applicant. Raises Misunderstood `too_long`, `forbidden_character`."""
    text = typed.replace("\r\n", "\n")
    refuse_invisible(text, allow="\n" + HALF_SPACE)
    if len(text) > LONGEST_NOTE:
        raise Misunderstood("too_long")
    return text


def offered(words: Iterable[str], section: str, everything: Any) -> list[tuple[str, Any]]:
    """Choices of a filter: everything, then each word by its text."""
    return [("", everything), *((word, say(f"{section}.{word}")) for word in words)]


class QueueFilter(PageForm):
    """Which pending cases; it stands in the address."""

    kind = forms.ChoiceField(label=_("Kind of case"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    age = forms.ChoiceField(label=_("How long it has waited"), required=False)
    holder = forms.ChoiceField(label=_("Taken up by"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "kind", offered(CaseKind, "case_kind", _("All kinds")))
        _offer(self, "state", offered((CaseState.SUBMITTED, CaseState.IN_REVIEW), "case_state", _("All states")))
        _offer(self, "age", offered(Age, "case_age", _("However long")))
        _offer(self, "holder", [("", _("Anybody or nobody")), (MINE, _("Me"))])

    def wanted(self, user: str) -> Wanted:
        """What the filter asks for."""
        values = self.cleaned_data
        return Wanted(
            kinds=[CaseKind(values["kind"])] if values["kind"] else (),
            states=[CaseState(values["state"])] if values["state"] else (),
            age=Age(values["age"]) if values["age"] else None,
            claimed_by=user if values["holder"] else "",
        )


class NumberForm(PageForm):
    """A case by its number, as it stands on the applicant's page."""

    number = Typed(
        read_case_number,
        label=_("Case number"),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "inputmode": "numeric"}),
    )


class _ReasonsForm(PageForm):
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose one of these.")}
    )
    note = Typed(
        note_text,
        label=_("Note to the applicant"),
        help_text=_("Say what is to be done. The applicant and the person read it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def given(self) -> list[str]:
        """The reasons chosen."""
        return list(self.cleaned_data["reasons"])

    @property
    def note_given(self) -> str:
        """The note, or nothing."""
        return self.cleaned_data["note"] or ""


class SendBackForm(_ReasonsForm):
    """What is to be corrected."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, prefix="back", **options)
        _offer(self, "reasons", [(each.value, say(f"case_send_back.{each}")) for each in SendBackReason])


class RefuseForm(_ReasonsForm):
    """Why it is refused: reasons of the list (S3.19)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, prefix="refuse", **options)
        _offer(self, "reasons", [(each.value, say(f"case_refusal.{each}")) for each in RefusalReason])


def _offer(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field: Any = form.fields[name]
    field.choices = choices
