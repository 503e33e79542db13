"""Forms about looks: the filter, a question, its answer, hiding."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.affiliation.forms import DaysFilter, day_hint
from daftar.portal.looks.selectors import OTHERS
from daftar.portal.theme.forms import PageForm, Typed
from daftar.terms.calendars import read_day
from daftar.terms.digits import refuse_invisible
from daftar.terms.misunderstood import Misunderstood

LONGEST = 2000
LONGEST_REASON = 200
HALF_SPACE = "\u200c"  # نیم‌فاصله: Persian is written with it
WHO = (
    (OTHERS, _("Everybody but me")),
    ("organisations", _("Organisations")),
    ("insurer", _("The insurer's staff")),
    ("proxies", _("Who acts for me")),
    ("all", _("Everybody, me too")),
)


def long_text(typed: str) -> str:
    """Some lines of text. Raises Misunderstood `too_long`, or `forbidden_character`."""
    text = typed.replace("\r\n", "\n")
    refuse_invisible(text, allow="\n" + HALF_SPACE)
    if len(text) > LONGEST:
        raise Misunderstood("too_long")
    return text


def reason_text(typed: str) -> str:
    """One line of text. Raises as `long_text`."""
    if len(typed) > LONGEST_REASON:
        raise Misunderstood("too_long")
    return long_text(" ".join(typed.split()))


def _lines(label: Any, help_text: Any = "") -> Typed:
    return Typed(long_text, label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": 5}))


class FilterForm(DaysFilter):
    """Whose looks, of which days."""

    who = forms.ChoiceField(label=_("Who looked"), choices=WHO, required=False)
    field_order = ("who",)


class QuestionForm(PageForm):
    """What is wrong with a look."""

    question = _lines(
        _("What do you want to know about this look?"),
        _("For example: you do not know this organisation, or you have never been there."),
    )


class AnswerForm(PageForm):
    """What the person is told."""

    answer = _lines(_("Answer to the person"), _("The person reads it beside the look."))


class HidingForm(PageForm):
    """Until when a look is hidden, and why."""

    until = Typed(
        read_day, label=_("Hidden until"), widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
    )
    reason = Typed(reason_text, label=_("Reason"), help_text=_("The person reads it when the look opens."))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["until"].help_text = day_hint()

    def clean(self) -> dict[str, Any]:
        """A day to come."""
        cleaned = super().clean() or {}
        if cleaned.get("until") and cleaned["until"] <= self.today:
            self.refuse("until", Misunderstood("hiding_in_past"))
        return cleaned
