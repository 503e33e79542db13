"""One-time codes (验证码): six digits to a registered mobile, typed back within five minutes, five tries (S2.8)."""

import hashlib
import hmac
import secrets as random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from daftar.disclosure.applicant import Applicant
from daftar.store.dialect import Connection, as_uuid, execute, one_at_a_time, rows
from daftar.store.forgetting import MOST, forget_before
from daftar.store.keys import Key, MobileKey, Secrets
from daftar.terms.outcomes import Ground

LASTS = timedelta(minutes=5)
TRIES = 5
PER_HOUR = 3
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """A challenge whose code was typed right: whom it is about, the mobile it went to, and who held that then."""

    key: Key
    mobile: MobileKey
    applicant: Applicant
    language: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """The code was wrong, too late, used up or never sent; `left` tries remain."""

    left: int


def issue(
    conn: Connection,
    secrets: Secrets,
    *,
    key: Key,
    mobile: MobileKey,
    applicant: Applicant,
    language: str,
    at: datetime,
) -> tuple[UUID, str] | None:
    """Make a challenge and its code; None when this mobile has had three within the hour."""
    one_at_a_time(conn, mobile)
    sent = rows(
        conn,
        "SELECT count(*) FROM own_entitlement_challenge WHERE mobile_key = ? AND created_at > ?",
        [mobile, at - timedelta(hours=1)],
    )
    if sent[0][0] >= PER_HOUR:
        return None
    challenge, code = uuid4(), f"{random.randbelow(10**6):06d}"
    execute(
        conn,
        "INSERT INTO own_entitlement_challenge (challenge, key, mobile_key, applicant_key, ground, code_digest,"
        " language, created_at, expires_at, tries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        [
            challenge,
            key,
            mobile,
            applicant.key,
            applicant.ground,
            _digest(secrets, challenge, code),
            language,
            at,
            at + LASTS,
        ],
    )
    return challenge, code


def redeem(conn: Connection, secrets: Secrets, *, challenge: UUID, code: str, at: datetime) -> Opened | Wrong:
    """Spend one try; the row's lock makes many tries at once no more than five."""
    found = execute(
        conn,
        "UPDATE own_entitlement_challenge SET tries = tries + 1"
        " WHERE challenge = ? AND used_at IS NULL AND tries < ? AND expires_at > ?"
        " RETURNING tries, code_digest, key, mobile_key, applicant_key, ground, language",
        [challenge, TRIES, at],
    ).fetchall()
    if not found:
        return Wrong(0)
    tries, digest, key, mobile, applicant, ground, language = found[0]
    if not hmac.compare_digest(bytes(digest), _digest(secrets, challenge, code)):
        return Wrong(TRIES - tries)
    execute(conn, "UPDATE own_entitlement_challenge SET used_at = ? WHERE challenge = ?", [at, challenge])
    sent_to = Applicant(Key(as_uuid(applicant)), Ground(ground))
    return Opened(Key(as_uuid(key)), MobileKey(as_uuid(mobile)), sent_to, language)


def forget_old(conn: Connection, at: datetime, most: int = MOST) -> int:
    """Remove challenges a day after they expired, some at a time; how many, fewer than `most` at the end."""
    return forget_before(conn, "own_entitlement_challenge", "expires_at", at - KEPT, most)


def _digest(secrets: Secrets, challenge: UUID, code: str) -> bytes:
    key = secrets.derive("one-time-code")
    return hashlib.blake2b(challenge.bytes + code.encode(), key=key, digest_size=32).digest()
