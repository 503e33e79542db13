"""How allauth is fitted to this house: own words, sealed TOTP secrets, log-ins noted; signing up is our own."""

import time
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.accounts.sessions import session_end, session_start

WRONG_PASSWORD = _("The name or the password is wrong.")
WRONG_CODE = _("The code is wrong or already used. Wait for the next one.")
TOO_MANY = _("Too many failed attempts. Wait five minutes, then try again.")
JUST_LOGGED_IN_SECONDS = 300
SECRET_ABOUT = "mfa_authenticator.totp"


class AccountAdapter(DefaultAccountAdapter):
    """allauth.account here: log-in by name and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": WRONG_PASSWORD,
        "username_password_mismatch": WRONG_PASSWORD,
        "incorrect_password": WRONG_PASSWORD,
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """allauth makes the row before the mail is confirmed; ours comes after (accounts.sign_up)."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Who is switched off is told what a wrong password is told."""
        user = super().authenticate(request, **credentials)
        return user if user is None or user.is_active else None

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Log in, and note the log-in among those that its owner can end."""
        super().login(request, user)
        session_start(request, user, at=timezone.now())

    def logout(self, request: HttpRequest) -> None:
        """Log out, here alone."""
        session_end(request, at=timezone.now())
        super().logout(request)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whether the password must be typed once more: not just after a log-in, which is when people enrol."""
        request = context.request
        records = get_authentication_records(request, request.user)
        newest = max((record["at"] for record in records), default=0.0)
        return time.time() - newest > JUST_LOGGED_IN_SECONDS

    def add_message(self, *args: Any, **options: Any) -> None:
        """No flash messages: each page says what happened."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth.mfa here: secrets are sealed in the database, the QR is drawn by segno."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The name shown in the person's authenticator."""
        return user.get_username()

    def build_totp_svg(self, url: str) -> str:
        """The QR that an authenticator scans, as inline SVG."""
        return segno.make(url, error="m", micro=False).svg_inline(
            border=2, svgclass="qr", lineclass=None, omitsize=True
        )

    def encrypt(self, text: str) -> str:
        """A TOTP secret as it is stored."""
        return settings.SECRETS.seal(text.encode(), about=SECRET_ABOUT).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """The TOTP secret out of what is stored."""
        return settings.SECRETS.open(bytes.fromhex(encrypted_text), about=SECRET_ABOUT).decode()
