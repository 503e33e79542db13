"""Writing accounts."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from daftar.portal.accounts.models import Account, Role
from daftar.store.sealing import seal_fields
from daftar.terms.mails import read_mail
from daftar.terms.misunderstood import Misunderstood


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
    mail: str = "",
    name: str = "",
    language: str = "en",
    person_key: UUID | None = None,
    verified_at: datetime | None = None,
    verified_by: str = "",
    made_at: datetime | None = None,
    totp_secret: str | None = None,
) -> Account:
    """Make an account; with `totp_secret` (base32) its second factor is enrolled already.

    `mail` as `read_mail` gives it; `name` is a citizen's and lies sealed. Staff and organisations have the modern
    password rule: ValidationError when it is not kept (S4.12).
    """
    account = Account(
        user=user,
        role=role,
        organisation=organisation,
        office=office,
        display_name=display_name,
        jurisdiction=jurisdiction,
        mail_key=mail_key(mail) if mail else None,
        sealed=seal_fields(settings.SECRETS, "account", {"mail": mail, "name": name}),
        language=language,
        person_key=person_key,
        verified_at=verified_at,
        verified_by=verified_by,
        made_at=made_at,
    )
    if role != Role.CITIZEN:
        validate_password(password, account)
    account.set_password(password)
    account.save()
    if totp_secret:
        TOTP.activate(account, totp_secret)
    return account


def mail_key(mail: str) -> UUID:
    """The blind index of an e-mail address."""
    return settings.SECRETS.key("mail", mail)


def user_name_of(typed: str) -> str:
    """The name to log in with behind what was typed: a name, or a mailbox; a mailbox of nobody gives nobody's name."""
    try:
        key = mail_key(read_mail(typed))
    except Misunderstood:
        return typed.strip()
    found = Account.objects.filter(mail_key=key).values_list("user", flat=True).first()
    return found or f"nobody-{key.hex}"
