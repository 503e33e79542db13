"""Access tokens: signed, five minutes, verified without a database look-up (contracts §3).

Issuer and verifier are gates of the same installation, so one derived secret signs (HS256). A verified token is
remembered until it expires: at thousands of requests a second each token is verified once.
"""

import time
from dataclasses import dataclass

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from daftar.store.keys import Secrets

LASTS_SECONDS = 300
MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says."""

    client_id: str
    scopes: frozenset[str]
    expires: float


class Tokens:
    """Makes and reads access tokens."""

    def __init__(self, secrets: Secrets) -> None:
        self._key = OctKey.import_key(secrets.derive("access-token"))
        self._read: dict[str, Claims] = {}

    def make(self, client_id: str, scopes: frozenset[str]) -> str:
        """A token for a client that has proved who it is."""
        now = int(time.time())
        claims = {"sub": client_id, "scope": " ".join(sorted(scopes)), "iat": now, "exp": now + LASTS_SECONDS}
        return jwt.encode({"alg": "HS256"}, claims, self._key)

    def read(self, token: str) -> Claims | None:
        """The claims of a token that is ours and not expired; None else."""
        claims = self._read.get(token)
        if claims is None:
            claims = self._verify(token)
            if claims is None:
                return None
            if len(self._read) >= MOST_REMEMBERED:
                self._read.clear()
            self._read[token] = claims
        if claims.expires <= time.time():
            self._read.pop(token, None)
            return None
        return claims

    def _verify(self, token: str) -> Claims | None:
        try:
            claims = jwt.decode(token, self._key, algorithms=["HS256"]).claims
            return Claims(str(claims["sub"]), frozenset(str(claims["scope"]).split()), float(claims["exp"]))
        except (JoseError, ValueError, KeyError, TypeError):
            return None
