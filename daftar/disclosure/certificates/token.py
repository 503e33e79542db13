"""What the QR of a certificate holds: a compact JWS (ES256) that verifies off-line against our published keys (S1.25).

Number, addressee, dates and a salted hash of the content; no name and no national code of anybody.
"""

import hashlib
from base64 import urlsafe_b64encode
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from msgspec import DecodeError, ValidationError
from msgspec import json as msgspec_json

from daftar.disclosure.certificates import Certificate
from daftar.store.signing_keys import SigningKey
from daftar.terms.jurisdictions import jurisdictions

ALGORITHM = "ES256"
LONGEST_NAME = 80  # the QR stays readable; the paper has the whole name
LONGEST_TOKEN = 2000


def make_token(certificate: Certificate, key: SigningKey, issuer: str) -> str:
    """The token of a certificate that is being issued; `issuer` is our address."""
    claims = {
        "iss": issuer,
        "jti": certificate.number,
        "aud": certificate.organisation,
        "to": certificate.organisation_name[:LONGEST_NAME],
        "iat": int(certificate.issued_at.timestamp()),
        "exp": int(_end(certificate).timestamp()),
        "ans": answer_hash(certificate.content.salt, certificate.written),
    }
    header = {"alg": ALGORITHM, "kid": key.kid}
    return jws.serialize_compact(header, msgspec_json.encode(claims), ECKey.import_key(key.pem()))


def read_token(token: str, keys: list[SigningKey]) -> dict[str, Any] | None:
    """The claims of a token that one of our keys has signed; None for anything else."""
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    try:
        kid = jws.extract_compact(token.encode()).headers().get("kid")
        key = next(each for each in keys if each.kid == kid)
        signed = jws.deserialize_compact(token, ECKey.import_key(dict(key.public_jwk())), algorithms=[ALGORITHM])
        return msgspec_json.decode(signed.payload, type=dict[str, Any])
    except (JoseError, StopIteration, ValueError, KeyError, DecodeError, ValidationError):
        return None


def answer_hash(salt: str, written: str) -> str:
    """SHA-256 over the salt and the content as it was sealed, base64url."""
    digest = hashlib.sha256(bytes.fromhex(salt) + written.encode()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def _end(certificate: Certificate) -> datetime:
    """The last second of the last day, where it was issued."""
    zone = ZoneInfo(jurisdictions()[certificate.jurisdiction].time_zone)
    return datetime.combine(certificate.valid_until + timedelta(days=1), time(), zone) - timedelta(seconds=1)
