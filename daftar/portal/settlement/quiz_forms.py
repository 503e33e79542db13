"""The form of the two questions (S4.18). What cannot be an answer at all is said at its field and spends no try."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.disclosure.quiz import Choice
from daftar.portal.affiliation.forms import day_field, day_hint
from daftar.portal.theme.forms import CHOOSE, PageForm
from daftar.terms.misunderstood import Misunderstood


class QuizForm(PageForm):
    """Question 1: the hospital. Question 2: day of admission or of discharge, one of them is enough."""

    hospital = forms.ChoiceField(
        label=_("Question 1: In which of these hospitals did you have a stay that was settled directly?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    admitted = day_field(_("Day of admission"))
    discharged = day_field(_("Day of discharge"))

    def __init__(self, *args: Any, choices: Iterable[Choice], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        field: Any = self.fields["hospital"]
        field.choices = [(each.code, each.name) for each in choices]
        for name in ("admitted", "discharged"):
            self.fields[name].help_text = day_hint()

    def clean(self) -> dict[str, Any]:
        """At least one day, none in the future, and both in their order: whatever the data say."""
        cleaned = super().clean() or {}
        if "admitted" not in cleaned or "discharged" not in cleaned:
            return cleaned  # one could not be read
        admitted, discharged = cleaned["admitted"], cleaned["discharged"]
        if not admitted and not discharged:
            self.refuse("admitted", Misunderstood("one_day_needed"))
        elif admitted and discharged and discharged < admitted:
            self.refuse("discharged", Misunderstood("discharged_before_admitted"))
        for name, day in (("admitted", admitted), ("discharged", discharged)):
            if day and day > self.today:
                self.refuse(name, Misunderstood("day_in_future"))
        return cleaned
