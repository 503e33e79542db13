"""Forms of an organisation's administrator."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.organisations.client_keys import read_jwks
from daftar.portal.theme.forms import CHOOSE, PageForm, Typed, complaint
from daftar.terms.misunderstood import Misunderstood

CLIENT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_CLIENT_NAME = 24
SCOPES = {
    "eligibility": _("Ask whether a person is covered"),
    "affiliation": _("Ask whether a person is affiliated"),
    "certificates": _("Open certificates"),
}
PROOFS = {
    "secret": _("With a secret that we make and show once"),
    "keys": _("With keys of your own (private_key_jwt): nothing secret leaves your house"),
}


def client_name(typed: str) -> str:
    """Small Latin letters, digits and hyphens. Raises Misunderstood `not_a_client_name`."""
    name = typed.lower()
    if len(name) > LONGEST_CLIENT_NAME or not CLIENT_NAME.fullmatch(name):
        raise Misunderstood("not_a_client_name")
    return name


class ClientForm(PageForm):
    """A new machine client: its name, what it may ask, how it proves who it is."""

    name = Typed(
        client_name,
        label=_("Name of the client"),
        help_text=_("Small Latin letters, digits and hyphens, for example court-system."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    scopes = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)
    proof = forms.ChoiceField(
        label=_("How it proves who it is"), choices=list(PROOFS.items()), initial="secret", widget=forms.RadioSelect
    )
    jwks = Typed(
        str,
        label=_("Public keys (JWKS)"),
        help_text=_("Only for keys of your own: the public part, as JSON."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, scopes: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        allowed: Any = self.fields["scopes"]
        allowed.choices = [(scope, SCOPES[scope]) for scope in scopes]
        allowed.initial = list(scopes)
        for field in ("scopes", "proof"):
            self.fields[field].error_messages |= {"required": CHOOSE, "invalid_choice": CHOOSE}

    def clean(self) -> dict[str, Any]:
        """Keys are read only where the client proves itself by them."""
        cleaned = super().clean() or {}
        if cleaned.get("proof") != "keys":
            cleaned["jwks"] = None
        elif "jwks" in cleaned:
            try:
                cleaned["jwks"] = read_jwks(cleaned["jwks"] or "")
            except Misunderstood as error:
                self.add_error("jwks", complaint(error))
        return cleaned
