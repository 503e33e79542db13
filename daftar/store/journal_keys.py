"""Keys that seal the journal (Ed25519), kept outside the database: the newest signs, all of them verify (ADR 0013).

They lie in a folder of the state folder, `0001.pem`, `0002.pem` and so on; putting one there is the rotation.
"""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from daftar.store.secret_files import write_once


@dataclass(frozen=True)
class JournalKeys:
    """All keys of an installation by kid, the signing one named."""

    signing_kid: str
    _private: dict[str, Ed25519PrivateKey]
    _public: dict[str, Ed25519PublicKey]

    def sign(self, content: bytes) -> bytes:
        """The newest key's signature: 64 bytes."""
        return self._private[self.signing_kid].sign(content)

    def holds(self, kid: str, signature: bytes, content: bytes) -> bool:
        """Whether a signature is one of ours over `content`."""
        if kid not in self._public:
            return False
        try:
            self._public[kid].verify(signature, content)
        except InvalidSignature:
            return False
        return True

    def public_jwk(self, kid: str) -> dict[str, str]:
        """The public half of a key as a JSON Web Key (RFC 8037)."""
        raw = self._public[kid].public_bytes_raw()
        x = urlsafe_b64encode(raw).decode().rstrip("=")
        return {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid, "use": "sig", "alg": "EdDSA"}


def read_journal_keys(folder: Path) -> JournalKeys:
    """Read the keys of a folder; the first one is made, readable by the owner alone, when there is none."""
    if not list(folder.glob("*.pem")):
        fresh = Ed25519PrivateKey.generate()
        pem = fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_once(folder / "0001.pem", pem.decode())
    private: dict[str, Ed25519PrivateKey] = {}
    newest = ""
    for path in sorted(folder.glob("*.pem")):
        key = load_pem_private_key(path.read_bytes(), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError(f"{path} must hold an Ed25519 private key")
        newest = hashlib.sha256(key.public_key().public_bytes_raw()).hexdigest()[:16]
        private[newest] = key
    return JournalKeys(newest, private, {kid: key.public_key() for kid, key in private.items()})
