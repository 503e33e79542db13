"""What is done to accounts is written down: append-only, shown to the owner and to administrators."""

from datetime import datetime

from daftar.portal.accounts.models import Account, AccountEvent

SHOWN = 20


def event_record(account: Account, what: str, *, by: str, at: datetime) -> None:
    """Write down one thing, in the transaction that does it."""
    AccountEvent.objects.create(account=account.pk, what=what, by=by, at=at)


def events_of(account: Account) -> list[AccountEvent]:
    """The newest things done to an account."""
    return list(AccountEvent.objects.filter(account=account.pk).order_by("-id")[:SHOWN])
