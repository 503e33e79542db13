"""The filter of «公服待办业务查询» and «异地安置登记»; it stands in the address (S3.17, S3.25)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.affiliation.forms import day_field, day_hint
from daftar.portal.review.forms import offered
from daftar.portal.review.selectors import Decider, LookedUp, ReviewState
from daftar.portal.theme.forms import PageForm
from daftar.terms.cases import CaseKind
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.periods import Period

STATES = {
    ReviewState.REVIEWED: _("Reviewed"),
    ReviewState.APPROVED: _("Reviewed: approved"),
    ReviewState.REFUSED: _("Reviewed: refused"),
    ReviewState.PENDING: _("Not reviewed"),
}
DECIDERS = {Decider.RULES: _("The rules, automatically"), Decider.REVIEWERS: _("A reviewer")}


class LookupFilter(PageForm):
    """Which cases, in which review state, of which days."""

    state = forms.ChoiceField(label=_("Review state"), required=False, choices=list(STATES.items()))
    kind = forms.ChoiceField(label=_("Kind of case"), required=False)
    decider = forms.ChoiceField(label=_("Decided by"), required=False, choices=[("", _("Anyone")), *DECIDERS.items()])
    day_from = day_field(_("From day"))
    day_to = day_field(_("To day"))

    def __init__(self, *args: Any, kinds: Sequence[CaseKind], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds = kinds
        field: Any = self.fields["kind"]
        field.choices = offered(kinds, "case_kind", _("All kinds"))
        self.fields["day_from"].help_text = day_hint()
        self.fields["day_to"].help_text = day_hint()

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first."""
        cleaned = super().clean() or {}
        if cleaned.get("day_from") and cleaned.get("day_to"):
            try:
                Period(cleaned["day_from"], cleaned["day_to"])
            except Misunderstood as error:
                self.refuse("day_to", error)
        return cleaned

    def wanted(self, zone: ZoneInfo) -> LookedUp:
        """What the filter asks for; days are those of the jurisdiction."""
        values = self.cleaned_data
        first, last = values.get("day_from"), values.get("day_to")
        return LookedUp(
            state=ReviewState(values["state"] or ReviewState.REVIEWED),
            kinds=[CaseKind(values["kind"])] if values["kind"] else self.kinds,
            decider=Decider(values["decider"]) if values["decider"] else None,
            since=_midnight(first, zone) if first else None,
            before=_midnight(last + timedelta(days=1), zone) if last and last < date.max else None,
        )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
