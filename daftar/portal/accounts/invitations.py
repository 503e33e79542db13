"""Organisation and staff users: an administrator invites them by mail, switches them off and on (S1.2, S4.12).

The service that other rooms call is `invitation_send`; whoever accepts sets a password of the modern rule, and a second
factor at the first log-in.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from daftar.portal.accounts.events import event_record
from daftar.portal.accounts.models import Account, Invitation, Role
from daftar.portal.accounts.services import account_make, mail_key
from daftar.portal.notices.services import mail_put
from daftar.store.sealing import open_fields, seal_fields
from daftar.terms.mails import Mail
from daftar.terms.misunderstood import Misunderstood

LASTS = timedelta(days=7)
USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


@dataclass(frozen=True, slots=True)
class Invitee:
    """Whom an administrator invites, and what for; `organisation` or `office`, never both."""

    mail: Mail
    user: str
    name: str
    role: Role
    organisation: str = ""
    office: str = ""
    jurisdiction: str = "ir"


def read_user_name(text: str) -> str:
    """A name to log in with, in small letters; raises Misunderstood `not_a_user_name`."""
    name = text.strip().lower()
    if not USER_NAME.fullmatch(name):
        raise Misunderstood("not_a_user_name")
    return name


@transaction.atomic
def invitation_send(invitee: Invitee, *, language: str, by: Account, at: datetime) -> str:
    """Invite somebody by mail, and return the link; an earlier open invitation of the same user name is withdrawn.

    Raises Misunderstood `user_name_taken` or `mail_taken`. Whether `by` may invite for this organisation or office is
    the caller's to check (`accounts.users`).
    """
    if Account.objects.filter(user=invitee.user).exists():
        raise Misunderstood("user_name_taken")
    if Account.objects.filter(mail_key=mail_key(invitee.mail)).exists():
        raise Misunderstood("mail_taken")
    _open(at).filter(user=invitee.user).update(withdrawn_at=at)
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        token_digest=_digest(token),
        user=invitee.user,
        role=invitee.role,
        organisation=invitee.organisation,
        office=invitee.office,
        jurisdiction=invitee.jurisdiction,
        language=language,
        sealed=seal_fields(settings.SECRETS, "invitation", {"mail": invitee.mail, "name": invitee.name}),
        invited_by=by.user,
        made_at=at,
        expires_at=at + LASTS,
    )
    with override(language):
        link = settings.BASE_URL + reverse("account_invitation", args=[token])
    values = {"name": invitee.name, "inviter": by.name_shown, "link": link}
    mail_put(invitee.mail, "invitation", language=language, at=at, **values)
    return str(link)


def invitation_opened(token: str, *, at: datetime) -> Invitation | None:
    """The invitation that a link opens; None when it is over, withdrawn or accepted."""
    return _open(at).filter(token_digest=_digest(token)).first()


def invitation_fields(invitation: Invitation) -> dict[str, str]:
    """`name` and `mail` of the one who is invited."""
    return open_fields(settings.SECRETS, "invitation", invitation.sealed)


@transaction.atomic
def invitation_accept(token: str, password: str, *, at: datetime) -> Account | None:
    """Make the account, whose password keeps its rule already; None when the invitation is over.

    Raises IntegrityError when name or mailbox were taken meanwhile.
    """
    row = _open(at).select_for_update().filter(token_digest=_digest(token)).first()
    if row is None:
        return None
    fields = invitation_fields(row)
    account = account_make(
        user=row.user,
        password=password,
        role=Role(row.role),
        organisation=row.organisation,
        office=row.office,
        jurisdiction=row.jurisdiction,
        display_name=fields["name"],
        mail=fields["mail"],
        language=row.language,
        made_at=at,
    )
    row.accepted_at = at
    row.save(update_fields=["accepted_at"])
    event_record(account, "made", by=row.invited_by, at=at)
    return account


def invitation_withdraw(invitation: Invitation, *, at: datetime) -> None:
    """Take an invitation back; its link opens nothing any more."""
    _open(at).filter(id=invitation.id).update(withdrawn_at=at)


def _open(at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)


def _digest(token: str) -> bytes:
    key = settings.SECRETS.derive("invitation")
    return hashlib.blake2b(token.encode(errors="replace"), key=key, digest_size=32).digest()
