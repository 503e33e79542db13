"""One-time codes (验证码) of accounts: six digits by mail or SMS, typed back in time, at most five tries."""

import hashlib
import hmac
import secrets as random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from daftar.portal.accounts.models import Challenge, Purpose
from daftar.store.sealing import Fields, open_fields, seal_fields
from daftar.terms.digits import compact

TRIES = 5
LASTS = {
    Purpose.SIGN_UP: timedelta(minutes=30),
    Purpose.RESET: timedelta(minutes=30),
    Purpose.IDENTITY: timedelta(minutes=10),
}
"""How long a code is taken; mails travel slower than SMS."""

LASTS_PASSED = timedelta(minutes=30)
"""How long after the right code the next step may be done."""

KEPT = timedelta(days=2)  # identifiers are counted by the day
LONGEST_CODE = 32


@dataclass(frozen=True, slots=True)
class Wrong:
    """The code was wrong, too late, used up or never sent; `left` tries remain."""

    left: int


def challenge_make(
    *,
    purpose: Purpose,
    address_key: UUID,
    language: str,
    at: datetime,
    key: UUID | None = None,
    account: int | None = None,
    fields: Mapping[str, str] | None = None,
) -> tuple[Challenge, str]:
    """A challenge and its code, which the caller sends in the same transaction."""
    Challenge.objects.filter(expires_at__lt=at - KEPT).delete()
    code = f"{random.randbelow(10**6):06d}"
    challenge = Challenge(
        purpose=purpose,
        address_key=address_key,
        key=key,
        account=account,
        sealed=seal_fields(settings.SECRETS, "account_challenge", fields or {}),
        language=language,
        made_at=at,
        expires_at=at + LASTS[purpose],
    )
    challenge.code_digest = _digest(challenge.id, code)
    challenge.save(force_insert=True)
    return challenge, code


@transaction.atomic
def challenge_try(*, challenge: UUID, purpose: Purpose, code: str, at: datetime) -> Challenge | Wrong:
    """Spend one try under the row's lock; the challenge when the code is right. Digits of any script are read."""
    row = _open(challenge, purpose, at).filter(passed_at=None, tries__lt=TRIES).first()
    if row is None:
        return Wrong(0)
    row.tries += 1
    if hmac.compare_digest(bytes(row.code_digest), _digest(row.id, compact(code[:LONGEST_CODE]))):
        row.passed_at, row.expires_at = at, at + LASTS_PASSED
    row.save(update_fields=["tries", "passed_at", "expires_at"])
    return row if row.passed_at else Wrong(TRIES - row.tries)


def challenge_passed(*, challenge: UUID, purpose: Purpose, at: datetime) -> Challenge | None:
    """A challenge whose code was typed right and whose next step is still to be done; locked. Inside `atomic()`."""
    return _open(challenge, purpose, at).exclude(passed_at=None).first()


def challenge_use(challenge: Challenge, at: datetime) -> None:
    """What it was for is done: it opens nothing any more."""
    challenge.used_at = at
    challenge.save(update_fields=["used_at"])


def typed_fields(challenge: Challenge) -> Fields:
    """What was typed before the code was sent."""
    return open_fields(settings.SECRETS, "account_challenge", challenge.sealed)


def _open(challenge: UUID, purpose: Purpose, at: datetime) -> QuerySet[Challenge]:
    open_ones = Challenge.objects.select_for_update().filter(used_at=None, expires_at__gt=at)
    return open_ones.filter(id=challenge, purpose=purpose)


def _digest(challenge: UUID, code: str) -> bytes:
    key = settings.SECRETS.derive("account-code")
    return hashlib.blake2b(challenge.bytes + code.encode(), key=key, digest_size=32).digest()
