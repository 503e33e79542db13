"""The filter of «公服待办业务查询» and «异地安置登记»; it stands in the address (S3.17, S3.25)."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.affiliation.forms import DaysFilter
from daftar.portal.review.forms import offered
from daftar.portal.review.selectors import Decider, LookedUp, ReviewState
from daftar.terms.cases import CaseKind

STATES = {
    ReviewState.REVIEWED: _("Reviewed"),
    ReviewState.APPROVED: _("Reviewed: approved"),
    ReviewState.REFUSED: _("Reviewed: refused"),
    ReviewState.PENDING: _("Not reviewed"),
    ReviewState.SENT_BACK: _("Sent back"),
}
DECIDERS = {Decider.RULES: _("The rules, automatically"), Decider.REVIEWERS: _("A reviewer")}


class LookupFilter(DaysFilter):
    """Which cases, in which review state, of which days."""

    state = forms.ChoiceField(label=_("Review state"), required=False, choices=list(STATES.items()))
    kind = forms.ChoiceField(label=_("Kind of case"), required=False)
    decider = forms.ChoiceField(label=_("Decided by"), required=False, choices=[("", _("Anyone")), *DECIDERS.items()])
    field_order = ("state", "kind", "decider")

    def __init__(self, *args: Any, kinds: Sequence[CaseKind], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds = kinds
        field: Any = self.fields["kind"]
        field.choices = offered(kinds, "case_kind", _("All kinds"))

    def wanted(self, zone: ZoneInfo) -> LookedUp:
        """What the filter asks for; days are those of the jurisdiction."""
        values = self.cleaned_data
        since, before = self.span(zone)
        return LookedUp(
            state=ReviewState(values["state"] or ReviewState.REVIEWED),
            kinds=[CaseKind(values["kind"])] if values["kind"] else self.kinds,
            decider=Decider(values["decider"]) if values["decider"] else None,
            since=since,
            before=before,
        )
