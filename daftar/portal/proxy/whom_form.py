"""«是否代办» as a question of a form: for oneself, or for which member (S3.13, S3.21)."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daftar.portal.proxy.acting import Acting, act_for, act_for_oneself
from daftar.portal.proxy.pages import page_for
from daftar.portal.proxy.whom import members_of
from daftar.portal.theme.forms import CHOOSE, PageForm, say

YES, NO = "yes", "no"


class WhomForm(PageForm):
    """Asked on the first page of a wizard that wears `for_whom`; `choose` makes the answer the session's choice."""

    proxy = forms.ChoiceField(
        choices=[(NO, _("No, for myself")), (YES, _("Yes, for a family member"))],
        label=_("Do you act for somebody else?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    member = forms.ChoiceField(
        label=_("Family member"), required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": CHOOSE}
    )

    def __init__(self, *args: Any, request: HttpRequest, **options: Any) -> None:
        acting: Acting | None = request.acting
        chosen = {"proxy": YES if acting else NO, "member": page_for(acting)}
        super().__init__(*args, initial=chosen | options.pop("initial", {}), **options)
        self.request = request
        found = members_of(request.user.person_key, timezone.now())
        member: Any = self.fields["member"]
        member.choices = [
            (str(each.row.pk), f"{each.member_name} ({say(f'kinship.{each.kinship}')})") for each in found
        ]

    @property
    def has_members(self) -> bool:
        """Whether there is anybody to act for."""
        return bool(self.fields["member"].choices)

    def clean(self) -> dict[str, Any]:
        """A member is needed when the answer is yes, and only then."""
        cleaned = super().clean() or {}
        if cleaned.get("proxy") == YES and not cleaned.get("member") and "member" not in self.errors:
            self.add_error("member", CHOOSE if self.has_members else gettext("Nobody is bound to you yet."))
        return cleaned

    def choose(self) -> bool:
        """Act for whom was answered from now on, `request.acting` included; False when that binding has just ended."""
        request, acting = self.request, None
        if self.cleaned_data["proxy"] == YES:
            acting = act_for(request, UUID(self.cleaned_data["member"]), at=timezone.now())
            if acting is None:
                self.add_error("member", say("proxy.over"))
                return False
        else:
            act_for_oneself(request)
        request.acting, request.page_for = acting, page_for(acting)
        return True
