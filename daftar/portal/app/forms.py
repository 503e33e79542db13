"""Forms of the app: as few fields as a question needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.entitlement.forms import OneTimeCodeForm, OwnForm
from daftar.portal.theme.forms import Chosen, IdentifierForm, plain_text
from daftar.terms.misunderstood import Misunderstood

PAD = {"data-pad": True}
LONGEST_MARK = 64


class PatientForm(IdentifierForm):
    """S2.7: whose entitlement a provider asks about, for treatment today."""

    type = Chosen(words="identifier", label=_("Kind of number"), widget=forms.Select)
    once = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["number"].widget.attrs |= PAD

    def clean_once(self) -> str:
        """The asker's mark of this question; one that cannot be ours marks nothing."""
        typed = str(self.cleaned_data.get("once") or "")
        try:
            return plain_text(typed) if len(typed) <= LONGEST_MARK else ""
        except Misunderstood:
            return ""


class MeForm(OwnForm):
    """S2.8: identifier and mobile, with the number pad."""

    type = Chosen(words="identifier", label=_("Kind of number"), widget=forms.Select)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("number", "mobile"):
            self.fields[name].widget.attrs |= PAD
        self.fields["mobile"].help_text = _(
            "The one registered with the insurer; for a child or a consenting dependant, the main insured's."
        )


class CodeForm(OneTimeCodeForm):
    """The code that came by SMS, with the number pad."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs |= PAD
