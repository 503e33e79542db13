"""The stamp of an account's credentials: another one as soon as password, mailbox or second factor has changed."""

import hashlib

from django.conf import settings

from daftar.portal.accounts.models import Account


def credentials_stamp(account: Account) -> bytes:
    """Sixteen bytes that tell nothing; what was proved under one stamp does not hold under another."""
    factors = account.authenticator_set.order_by("id").values_list("id", "type")
    told = repr((account.pk, account.password, account.mail_key, list(factors)))
    key = settings.SECRETS.derive("credentials-stamp")
    return hashlib.blake2b(told.encode(), key=key, digest_size=16).digest()
