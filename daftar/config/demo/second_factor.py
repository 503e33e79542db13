"""The current code of a made-up log-in's second factor (RFC 6238), for people without an authenticator at hand."""

import hashlib
import hmac
from base64 import b32decode
from datetime import datetime

STEP_SECONDS = 30
DIGITS = 6


def current_code(totp_secret: str, at: datetime) -> str:
    """Six digits that hold for half a minute."""
    counter = int(at.timestamp()) // STEP_SECONDS
    digest = hmac.digest(b32decode(totp_secret), counter.to_bytes(8, "big"), hashlib.sha1)
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"
