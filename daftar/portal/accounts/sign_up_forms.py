"""Forms of sign-up, forgotten password and mail codes (S4.12, S4.15)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.forms import Secret, code_field
from daftar.portal.accounts.passwords import refuse_password
from daftar.portal.theme.forms import IdentifierForm, PageForm, Typed, say
from daftar.terms.digits import ZERO_WIDTH_NON_JOINER, refuse_invisible
from daftar.terms.mails import read_mail
from daftar.terms.misunderstood import Misunderstood

LONGEST_NAME = 100
MAIL_WIDGET = {"type": "email", "autocomplete": "email", "dir": "ltr", "autocapitalize": "none"}


def read_name(text: str) -> str:
    """A person's name as typed; the zero-width non-joiner belongs to Persian spelling."""
    refuse_invisible(text, allow=ZERO_WIDTH_NON_JOINER)
    if len(text) > LONGEST_NAME:
        raise Misunderstood("too_long")
    return text


def mail_field(help_text: str | Promise = "") -> Typed:
    """An e-mail address."""
    return Typed(
        read_mail, label=_("E-mail address"), help_text=help_text, widget=forms.TextInput(attrs=dict(MAIL_WIDGET))
    )


class SignUpForm(IdentifierForm):
    """Form F8 of S4.12, up to the mail code."""

    name = Typed(
        read_name,
        label=_("Given name and family name"),
        help_text=_("As on your identity document."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    mail = mail_field(_("A code goes to this mailbox. Later you log in with it."))

    def __init__(self, *args: Any, types: Iterable[str], **options: Any) -> None:
        super().__init__(*args, types=types, **options)
        self.order_fields(["name", "type", "number", "mail"])


class ForgottenForm(PageForm):
    """S4.15: whose password it is."""

    mail = mail_field()


class OneTimeCodeForm(PageForm):
    """The code that came by mail or SMS."""

    code = code_field()


class NewPasswordForm(PageForm):
    """A password, twice; `rule` is `guide` or `modern` (S4.12)."""

    password = Secret(fresh=True, label=_("Password"))
    again = Secret(fresh=True, label=_("Password once more"))

    def __init__(self, *args: Any, rule: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.rule = rule
        self.fields["password"].help_text = say(f"input.password_{rule}")

    def clean(self) -> dict[str, Any]:
        """The rule first, then that both are the same."""
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            try:
                refuse_password(password, self.rule)
            except Misunderstood as error:
                if error.code == f"password_{self.rule}":
                    self.fields["password"].help_text = ""  # the error says the same
                self.refuse("password", error)
            else:
                if cleaned.get("again") and cleaned["again"] != password:
                    self.refuse("again", Misunderstood("passwords_differ"))
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """The present password, and the new one twice."""

    old = Secret(label=_("Present password"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["old", "password", "again"])
