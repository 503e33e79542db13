"""Proving that a caller is a machine client, by secret or by private_key_jwt (contracts §3)."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from daftar.disclosure.clients import SIGNATURES, secret_digest
from daftar.store.dialect import Connection, execute, rows
from daftar.store.forgetting import MOST, forget_before
from daftar.store.keys import Secrets

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_ALGORITHMS = list(SIGNATURES)
_LONGEST_ASSERTION_SECONDS = 300
_CLOCKS_APART_SECONDS = 30


def proves_secret(conn: Connection, secrets: Secrets, client_id: str, secret: str) -> bool:
    """Whether `secret` is the client's; compared in constant time, also for an unknown client."""
    found = rows(conn, "SELECT secret_digest FROM api_client WHERE client_id = ? AND enabled", [client_id])
    known = bytes(found[0][0]) if found and found[0][0] is not None else bytes(32)
    return hmac.compare_digest(known, secret_digest(secrets, client_id, secret))


def proves_assertion(conn: Connection, assertion: str, audience: frozenset[str], at: datetime) -> str | None:
    """The client that a private_key_jwt (RFC 7523) proves; None when it proves nothing. Each works once.

    Writes the assertion's digest: the caller commits.
    """
    client_id = _unverified_subject(assertion)
    found = rows(conn, "SELECT jwks FROM api_client WHERE client_id = ? AND enabled AND jwks <> ''", [client_id])
    if not found:
        return None
    try:
        keys = KeySet.import_key_set(json.loads(found[0][0]))
        claims = jwt.decode(assertion, keys, algorithms=ASSERTION_ALGORITHMS).claims
        expires, mark = float(claims["exp"]), str(claims["jti"]).encode()
    except (JoseError, ValueError, KeyError, TypeError, OverflowError):
        return None
    now = at.timestamp()
    in_time = now - _CLOCKS_APART_SECONDS < expires <= now + _LONGEST_ASSERTION_SECONDS + _CLOCKS_APART_SECONDS
    if claims.get("iss") != client_id or not in_time or not _is_for(claims.get("aud"), audience):
        return None
    return client_id if _first_use(conn, client_id, mark, expires) else None


def forget_assertions(conn: Connection, at: datetime, most: int = MOST) -> int:
    """Remove assertions that have expired anyway, some at a time; how many, fewer than `most` at the end."""
    return forget_before(conn, "client_assertion", "expires_at", at, most)


def _first_use(conn: Connection, client_id: str, mark: bytes, expires: float) -> bool:
    digest = UUID(bytes=hashlib.blake2b(client_id.encode() + b"\0" + mark, digest_size=16).digest())
    until = datetime.fromtimestamp(expires + _CLOCKS_APART_SECONDS, UTC)
    inserted = execute(
        conn,
        "INSERT INTO client_assertion (digest, expires_at) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING",
        [digest, until],
    )
    return bool(inserted.rowcount == 1)


def _unverified_subject(assertion: str) -> str:
    try:
        payload = assertion.split(".")[1]
        subject = str(json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["sub"])
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return ""
    return subject if subject.isascii() and subject.isprintable() else ""


def _is_for(audience: object, ours: frozenset[str]) -> bool:
    named = audience if isinstance(audience, list) else [audience]
    return any(isinstance(each, str) and each in ours for each in named)
