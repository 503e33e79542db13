"""Which users an administrator sees and may change: those of the own organisation, or for headquarters those of the
insurer and of the organisations in their country. Citizens are nobody's users."""

from collections.abc import Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from daftar.portal.accounts.events import event_record
from daftar.portal.accounts.models import Account, Invitation, Role
from daftar.portal.accounts.roles import ORGANISATION_ROLES, STAFF_ROLES
from daftar.portal.accounts.sessions import sessions_end

MOST_SHOWN = 300


def roles_given_by(administrator: Account) -> tuple[Role, ...]:
    """The roles to which an administrator may invite."""
    if administrator.role == Role.INSURER_ADMIN:
        return (Role.COUNTER, Role.REVIEWER, Role.HOTLINE, Role.INSURER_ADMIN, Role.ADMINISTRATOR)
    return (Role.OPERATOR, Role.SUPERVISOR, Role.ADMINISTRATOR)


def users_of(administrator: Account) -> QuerySet[Account]:
    """The accounts that an administrator may see and change."""
    if administrator.role == Role.INSURER_ADMIN:
        here = Account.objects.filter(jurisdiction=administrator.jurisdiction)
        return here.filter(role__in=STAFF_ROLES | ORGANISATION_ROLES).order_by("organisation", "user")
    return Account.objects.filter(
        role__in=ORGANISATION_ROLES, organisation=administrator.organisation, organisation__gt=""
    ).order_by("user")


def invitations_of(administrator: Account, *, at: datetime) -> Sequence[Invitation]:
    """Invitations that stand open, the newest first."""
    standing = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at).order_by("-id")
    if administrator.role == Role.INSURER_ADMIN:
        standing = standing.filter(jurisdiction=administrator.jurisdiction)
    else:
        standing = standing.filter(organisation=administrator.organisation, organisation__gt="")
    return list(standing[:MOST_SHOWN])


@transaction.atomic
def account_switch(account: Account, *, active: bool, by: Account, at: datetime) -> None:
    """Switch an account off, which ends its log-ins at once, or on again."""
    if account.is_active == active:
        return
    account.is_active = active
    account.save(update_fields=["is_active"])
    if not active:
        sessions_end(account, at=at)
    event_record(account, "switched_on" if active else "switched_off", by=by.user, at=at)


@transaction.atomic
def second_factor_remove(account: Account, *, by: str, at: datetime) -> None:
    """Remove a lost second factor: the next log-in sets up another one. Log-ins end."""
    removed, _ = Authenticator.objects.filter(user=account).delete()
    if removed:
        sessions_end(account, at=at)
        event_record(account, "factor_off", by=by, at=at)
