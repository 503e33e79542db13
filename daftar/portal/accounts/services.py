"""Writing accounts."""

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from daftar.portal.accounts.models import Account, Role


@transaction.atomic
def account_make(
    *,
    user: str,
    password: str,
    role: Role,
    organisation: str = "",
    office: str = "",
    display_name: str = "",
    jurisdiction: str = "ir",
    totp_secret: str | None = None,
) -> Account:
    """Make an account; with `totp_secret` (base32) its second factor is enrolled already.

    Staff and organisations have the modern password rule: ValidationError when it is not kept (S4.12).
    """
    account = Account(
        user=user,
        role=role,
        organisation=organisation,
        office=office,
        display_name=display_name,
        jurisdiction=jurisdiction,
    )
    if role != Role.CITIZEN:
        validate_password(password, account)
    account.set_password(password)
    account.save()
    if totp_secret:
        TOTP.activate(account, totp_secret)
    return account
