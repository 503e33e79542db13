"""Reading the public keys of a client that proves itself by private_key_jwt (RFC 7517, RFC 7523)."""

import json
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from daftar.terms.misunderstood import Misunderstood

ASYMMETRIC = frozenset({"EC", "RSA", "OKP"})
LONGEST = 16_000
SMALLEST_RSA_BITS = 2048


def read_jwks(text: str) -> str:
    """A set of public keys as typed, in its normal spelling.

    Raises Misunderstood `too_long`, `not_a_jwks` or `private_key_sent`.
    """
    if len(text) > LONGEST:
        raise Misunderstood("too_long")
    try:
        written = json.loads(text)
        keys: list[Any] = KeySet.import_key_set(written).keys
    except (JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Misunderstood("not_a_jwks") from None
    if any(key.is_private for key in keys):
        raise Misunderstood("private_key_sent")
    if not all(_strong(key) for key in keys):
        raise Misunderstood("not_a_jwks")
    return json.dumps({"keys": written["keys"]})


def _strong(key: Any) -> bool:
    if key.key_type not in ASYMMETRIC:
        return False
    return key.key_type != "RSA" or key.raw_value.key_size >= SMALLEST_RSA_BITS
