"""Reading the public keys of a client that proves itself by private_key_jwt (RFC 7517, RFC 7523)."""

import json
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from daftar.disclosure.clients import SIGNATURES
from daftar.terms.misunderstood import Misunderstood

LONGEST = 16_000
SMALLEST_RSA_BITS = 2048


def read_jwks(text: str) -> str:
    """A set of public keys as typed, in its normal spelling.

    Keys that could never prove anybody are refused: here somebody reads why, the client would only be turned away.

    Raises Misunderstood `too_long`, `not_a_jwks`, `private_key_sent` or `keys_without_kid`.
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
    if len(keys) < len(written["keys"]) or not all(_signs(key) for key in keys):
        raise Misunderstood("not_a_jwks")
    if len(keys) > 1 and len(_names(written["keys"])) < len(keys):
        raise Misunderstood("keys_without_kid")
    return json.dumps({"keys": written["keys"]})


def _signs(key: Any) -> bool:
    """Whether a signature made with it can be one of those that are taken."""
    kind = "RSA" if key.key_type == "RSA" else getattr(key, "curve_name", None)
    fitting = {name for name, wanted in SIGNATURES.items() if wanted == kind}
    if not fitting or key.get("alg", min(fitting)) not in fitting:
        return False
    if key.get("use", "sig") != "sig" or "verify" not in key.get("key_ops", ["verify"]):
        return False
    return kind != "RSA" or key.raw_value.key_size >= SMALLEST_RSA_BITS


def _names(keys: list[dict[str, Any]]) -> set[str]:
    return {key["kid"] for key in keys if key.get("kid")}
