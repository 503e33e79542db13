"""Secrets, kept outside the database: one master secret, and what is derived from it.

The blind index (`key`) is a keyed BLAKE2b of the identifier as a UUID: spans and journal know nothing else of a person
(design §4). Each use has a secret of its own, derived from the master by BLAKE2b with the use's name.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NewType
from uuid import UUID, SafeUUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from daftar.store.secret_files import write_once

Key = NewType("Key", UUID)
"""The blind index of an identifier."""

MobileKey = NewType("MobileKey", UUID)
"""The blind index of a mobile number in E.164."""

MASTER_BYTES = 32
NONCE_BYTES = 12


@dataclass(frozen=True)
class Secrets:
    """All secrets of an installation, derived from one master of 32 bytes."""

    master: bytes

    def derive(self, use: str) -> bytes:
        """32 bytes for one named use; other uses tell nothing about them."""
        return hashlib.blake2b(use.encode(), key=self.master, digest_size=32, person=b"daftar").digest()

    @cached_property
    def _index(self) -> "hashlib.blake2b":
        """Keyed once: copying it is cheaper than keying anew."""
        return hashlib.blake2b(key=self.derive("blind-index"), digest_size=16)

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self.derive("seal"))

    def key(self, id_type: str, number: str) -> Key:
        """Blind index of a normalised identifier."""
        return Key(_uuid(self._indexed(id_type, number).digest()))

    def key_hex(self, id_type: str, number: str) -> str:
        """As `key`, in hex as SQLite stores it: an object for each row would cost a load more than the index."""
        return self._indexed(id_type, number).hexdigest()

    def _indexed(self, id_type: str, number: str) -> "hashlib.blake2b":
        index = self._index.copy()
        index.update(f"{id_type}:{number}".encode())
        return index

    def mobile_key(self, mobile: str) -> MobileKey:
        """Blind index of a mobile number in E.164."""
        return MobileKey(self.key("mobile", mobile))

    def seal(self, plain: bytes, *, about: str) -> bytes:
        """Encrypt personal data with AES-GCM; `about` (table and column) is bound in, so a blob cannot be moved."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, about.encode())

    def seal_all(self, plains: Sequence[bytes], *, about: str) -> list[bytes]:
        """As `seal`, for many at once: one draw of randomness makes all nonces."""
        drawn, encrypt, bound = secrets.token_bytes(NONCE_BYTES * len(plains)), self._cipher.encrypt, about.encode()
        nonces = [drawn[i : i + NONCE_BYTES] for i in range(0, len(drawn), NONCE_BYTES)]
        return [nonce + encrypt(nonce, plain, bound) for nonce, plain in zip(nonces, plains, strict=True)]

    def open(self, sealed: bytes, *, about: str) -> bytes:
        """Decrypt what `seal` made; raises `cryptography.exceptions.InvalidTag` when changed or moved."""
        sealed = bytes(sealed)
        return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about.encode())


_NEW, _SET, _UNKNOWN = object.__new__, object.__setattr__, SafeUUID.unknown


def _uuid(sixteen: bytes) -> UUID:
    """A UUID of sixteen bytes; its own constructor, which looks at five ways of giving them, costs twice as much."""
    made = _NEW(UUID)
    _SET(made, "int", int.from_bytes(sixteen))
    _SET(made, "is_safe", _UNKNOWN)
    return made


def read_secrets(path: Path) -> Secrets:
    """Read the master secret (64 hex digits) from `path`; make it, readable by the owner alone, when absent."""
    if not path.exists():
        write_once(path, secrets.token_hex(MASTER_BYTES))
    master = bytes.fromhex(path.read_text().strip())
    if len(master) != MASTER_BYTES:
        raise ValueError(f"{path} must hold {2 * MASTER_BYTES} hex digits")
    return Secrets(master)
