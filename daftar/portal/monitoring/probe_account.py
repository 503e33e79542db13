"""The account that the probe asks as on the pages: nobody logs in as it, and it asks about nobody else (S2.15).

It has no password, no mailbox and no second factor: its sessions are made here, in the database, and their names are
known to the process that asks alone.
"""

import time
from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db import transaction

from daftar.portal.accounts.models import Account, LogInSession, Role
from daftar.portal.accounts.sessions import IN_SESSION, LASTS
from daftar.terms.probe import PROBE

USER = ".probe"
"""A name that nobody can be invited by (`accounts.invitations.USER_NAME`), so that nobody takes it first."""

SECOND_FACTOR = {"method": "mfa", "type": "probe"}
"""What pages of organisations want to see: that more than a password was shown. No password opens this account."""


def account_of_the_probe(*, at: datetime) -> Account:
    """It, made where it is not there. Raises LookupError when the name belongs to somebody else."""
    fields = {"role": Role.OPERATOR, "organisation": PROBE, "display_name": "Probe", "jurisdiction": "ir"}
    account, _ = Account.objects.get_or_create(
        user=USER, defaults=fields | {"password": make_password(None), "made_at": at}
    )
    if account.organisation != PROBE or account.role != Role.OPERATOR or account.has_usable_password():
        raise LookupError(f"an account with the name {USER!r} is somebody's")
    return account


@transaction.atomic
def session_open(*, at: datetime) -> str:
    """The name of a new session of the probe; those that nobody can use any more are forgotten."""
    account = account_of_the_probe(at=at)
    LogInSession.objects.filter(account=account, seen_at__lt=at - LASTS).delete()
    log_in = LogInSession.objects.create(account=account, browser="Probe", started_at=at, seen_at=at)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[IN_SESSION] = log_in.id.hex
    session["account_authentication_methods"] = [SECOND_FACTOR | {"at": time.time()}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.create()
    return str(session.session_key)
