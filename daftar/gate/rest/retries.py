"""The Idempotency-Key header: a client's own mark on a question (contracts §3)."""

import hashlib
from uuid import UUID

from daftar.answers import IdempotencyKey
from daftar.gate.problems import FieldError, Problem

HEADER = b"idempotency-key"
LONGEST_KEY = 255


def read_idempotency(sent: bytes | None, client: str, body: bytes, place: bytes = b"") -> IdempotencyKey | None:
    """The mark of a question; None without the header. `place` tells the questions of one batch apart.

    Raises Problem `invalid-input` for an empty key or one longer than 255 characters.
    """
    if sent is None:
        return None
    if not 0 < len(sent) <= LONGEST_KEY:
        raise Problem("invalid-input", (FieldError("Idempotency-Key", "wrong_length"),))
    return IdempotencyKey(client, _digest(sent + b"\0" + place), _digest(body))


def _digest(data: bytes) -> UUID:
    return UUID(bytes=hashlib.blake2b(data, digest_size=16).digest())
