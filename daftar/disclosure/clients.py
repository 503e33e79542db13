"""Machine clients of organisations and feeds: made, given keys, switched off (contracts §3).

Every change raises `access_change`, so that all gates know within a second.
"""

import hashlib
from datetime import datetime

from daftar.store.dialect import Connection, execute, rows
from daftar.store.keys import Secrets

SIGNATURES = {
    **{"ES256": "P-256", "ES384": "P-384"},
    **{"RS384": "RSA", "RS256": "RSA", "PS256": "RSA"},
    "Ed25519": "Ed25519",
}
"""How a client may sign what proves it (RFC 7518, RFC 9864), and with which key: RSA or the curve."""


def client_make(
    conn: Connection,
    secrets: Secrets,
    *,
    client_id: str,
    organisation: str,
    scopes: str,
    secret: str | None,
    at: datetime,
    office: str = "",
    jwks: str = "",
) -> None:
    """Make a client, or give an existing one new scopes, secret and keys.

    `secret` is at least 32 random bytes as text, so a fast keyed digest is enough; None for a client with `jwks` only.
    """
    digest = None if secret is None else secret_digest(secrets, client_id, secret)
    execute(conn, "DELETE FROM api_client WHERE client_id = ?", [client_id])
    execute(
        conn,
        "INSERT INTO api_client (client_id, organisation, office, scopes, secret_digest, jwks, enabled, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [client_id, organisation, office, scopes, digest, jwks, True, at],
    )
    _tell_gates(conn)


def client_exists(conn: Connection, client_id: str) -> bool:
    """Whether somebody has that client already, switched on or off."""
    return bool(rows(conn, "SELECT 1 FROM api_client WHERE client_id = ?", [client_id]))


def client_switch_off(conn: Connection, *, client_id: str, organisation: str) -> bool:
    """Switch a client of this organisation off; False when it has none of that name that is switched on."""
    done = execute(
        conn,
        "UPDATE api_client SET enabled = ? WHERE client_id = ? AND organisation = ? AND enabled",
        [False, client_id, organisation],
    )
    _tell_gates(conn)
    return bool(done.rowcount)


def secret_digest(secrets: Secrets, client_id: str, secret: str) -> bytes:
    """What is kept of a client's secret."""
    key = secrets.derive("client-secret")
    return hashlib.blake2b(f"{client_id}\0{secret}".encode(), key=key, digest_size=32).digest()


def _tell_gates(conn: Connection) -> None:
    execute(conn, "UPDATE access_change SET version = version + 1 WHERE id = 1")
