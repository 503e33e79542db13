"""A forgotten password (S4.15): a code to the mailbox, a new password; the same answer whether the mailbox is known."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daftar.portal.accounts.challenges import challenge_make, challenge_passed, challenge_use
from daftar.portal.accounts.events import event_record
from daftar.portal.accounts.models import Account, Challenge, Purpose
from daftar.portal.accounts.services import mail_key
from daftar.portal.accounts.sessions import sessions_end
from daftar.portal.notices.services import mail_put
from daftar.terms.mails import Mail


@transaction.atomic
def reset_start(*, mail: Mail, language: str, at: datetime) -> Challenge:
    """Mail a code when the mailbox has an account; otherwise a challenge that nobody can answer."""
    account = Account.objects.filter(mail_key=mail_key(mail), is_active=True).first()
    challenge, code = challenge_make(
        purpose=Purpose.RESET,
        address_key=mail_key(mail),
        account=account.pk if account else None,
        language=language,
        at=at,
    )
    if account:
        mail_put(mail, "reset_code", language=language, at=at, code=code)
    return challenge


@transaction.atomic
def reset_account(challenge: UUID, *, at: datetime) -> Account | None:
    """The account whose owner may now set a password; None when the code was typed too long ago."""
    passed = challenge_passed(challenge=challenge, purpose=Purpose.RESET, at=at)
    return Account.objects.filter(pk=passed.account, is_active=True).first() if passed else None


@transaction.atomic
def reset_finish(challenge: UUID, password: str, *, at: datetime) -> Account | None:
    """Set the password, which keeps its rule already; every log-in ends. None when the code was typed too long ago."""
    passed = challenge_passed(challenge=challenge, purpose=Purpose.RESET, at=at)
    account = Account.objects.filter(pk=passed.account, is_active=True).first() if passed else None
    if passed is None or account is None:
        return None
    challenge_use(passed, at)
    password_set(account, password, by=account.user, at=at)
    return account


@transaction.atomic
def password_set(account: Account, password: str, *, by: str, at: datetime, but: str = "") -> None:
    """Set a password that keeps its rule; log-ins end (all `but` one), and the mailbox is told."""
    account.set_password(password)
    account.save(update_fields=["password"])
    sessions_end(account, at=at, but=but)
    event_record(account, "password_changed", by=by, at=at)
    if address := account.fields.get("mail"):
        mail_put(address, "password_changed", language=account.language, at=at)
