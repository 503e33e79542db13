"""Forms of log-in and second factor: allauth's checks, the theme's fields and words."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.services import user_name_of
from daftar.portal.theme.forms import Typed, dress, say_later
from daftar.terms.digits import compact


class Secret(forms.Field):
    """A password: taken exactly as typed."""

    def __init__(self, *, fresh: bool = False, **options: Any) -> None:
        messages = {"required": say_later("input.required")}
        complete = "new-password" if fresh else "current-password"
        widget = forms.PasswordInput(attrs={"autocomplete": complete, "dir": "ltr"})
        super().__init__(widget=widget, error_messages=messages, **options)


def code_field() -> Typed:
    """Six digits of an authenticator, in any script."""
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"})
    return Typed(compact, label=_("Code of six digits"), widget=widget)


class LogInForm(LoginForm):
    """Name or e-mail address, and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        widget = forms.TextInput(attrs={"autocomplete": "username", "dir": "ltr", "autocapitalize": "none"})
        self.fields["login"] = Typed(label=_("User name or e-mail address"), widget=widget)
        self.fields["password"] = Secret(label=_("Password"))
        dress(self)

    def clean_login(self) -> str:
        """A mailbox stands for the account's own name; failures count by it, known or not."""
        return user_name_of(self.cleaned_data["login"])


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password"] = Secret(label=_("Password"))
        dress(self)


class CodeForm(AuthenticateForm):
    """The code of the second factor at log-in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = code_field()
        dress(self)


class EnrolForm(ActivateTOTPForm):
    """The first code of an authenticator that has just been set up."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = code_field()
        dress(self)
