"""The journal's head: where each writer's chain ends, signed and kept outside the database (ADR 0013).

Whoever has a copy finds that the end of the journal was cut off. The file is a JWS (RFC 7515, flattened JSON) under
EdDSA, so that others verify it with a library of their own. A head only moves on along the chain, never back.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime

import msgspec

from daftar.answers.blocks import GENESIS, blocks_after
from daftar.store.dialect import Connection
from daftar.store.journal_keys import JournalKeys

AT_ONCE = 1_000


class End(msgspec.Struct, frozen=True):
    """Where one writer's chain ends: the last sequence and the block's hash in hex."""

    sequence: int
    hash: str


class Head(msgspec.Struct, frozen=True):
    """The ends of all chains by writer at a moment."""

    published_at: datetime
    writers: dict[int, End]


class HeadForged(ValueError):
    """The head's signature is not one of ours, or it is no head at all."""


class _Jws(msgspec.Struct):
    payload: str
    protected: str
    signature: str
    header: dict[str, dict[str, str]] = {}


def sign_head(head: Head, keys: JournalKeys) -> bytes:
    """The file's content."""
    kid = keys.signing_kid
    protected = _base64(msgspec.json.encode({"alg": "EdDSA", "kid": kid, "typ": "daftar-journal-head"}))
    payload = _base64(msgspec.json.encode(head))
    signature = _base64(keys.sign(f"{protected}.{payload}".encode()))
    return msgspec.json.encode(_Jws(payload, protected, signature, {"jwk": keys.public_jwk(kid)})) + b"\n"


def read_head(content: bytes, keys: JournalKeys) -> Head:
    """What `sign_head` wrote; of several lines the last one. Raises HeadForged."""
    try:
        jws = msgspec.json.decode(content.strip().splitlines()[-1], type=_Jws)
        protected = msgspec.json.decode(_bytes(jws.protected), type=dict[str, str])
        signed = f"{jws.protected}.{jws.payload}".encode()
        if not keys.holds(protected.get("kid", ""), _bytes(jws.signature), signed):
            raise HeadForged
        return msgspec.json.decode(_bytes(jws.payload), type=Head)
    except (ValueError, IndexError, msgspec.DecodeError) as error:
        raise HeadForged from error


def advance(conn: Connection, head: Head, writers: set[int], at: datetime) -> tuple[Head, set[int]]:
    """The head moved on along the chains of some writers, and those whose chain does not go on from it.

    Where a chain does not go on from the head that was published, something was cut off: its end stays as published.
    """
    ends, broken = dict(head.writers), set()
    for writer in writers:
        end = _walk(conn, writer, ends.get(writer))
        if end is None:
            broken.add(writer)
        elif end.sequence >= 0:
            ends[writer] = end
    return Head(at, ends), broken


def _walk(conn: Connection, writer: int, known: End | None) -> End | None:
    """The end of a writer's chain as far as it goes on from a known end; None when it does not."""
    end = known or End(-1, GENESIS.hex())
    while blocks := blocks_after(conn, writer, end.sequence, AT_ONCE):
        for block in blocks:
            if block.previous.hex() != end.hash:
                return None
            end = End(block.last, block.hash.hex())
    return end


def _base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
