"""Keys that sign what leaves the house (P-256): the newest signs, all of them are published (ADR 0010).

They lie in a folder of the state folder, `0001.pem`, `0002.pem` and so on; adding one is the rotation. An old one stays
as long as something signed with it may be shown.
"""

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from daftar.store.secret_files import write_once

KID_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One private key and the name that it is published by."""

    kid: str
    private: ec.EllipticCurvePrivateKey

    def pem(self) -> str:
        """The private key as PKCS#8."""
        return self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    def public_jwk(self) -> dict[str, str]:
        """The public half as a JSON Web Key (RFC 7517)."""
        return _jwk(self.private) | {"kid": self.kid, "use": "sig", "alg": "ES256"}


def signing_keys(folder: Path) -> list[SigningKey]:
    """All keys of a folder, the newest first; the first one is made when there is none."""
    if not _files(folder):
        _make(folder, 1)  # by its number: whoever comes second finds it there and makes no other
    return [_read(path) for path in _files(folder)]


def add_signing_key(folder: Path) -> SigningKey:
    """Make a key that signs from now on; of several processes at once the first one's stands."""
    newest = _files(folder)
    return _make(folder, int(newest[0].stem) + 1 if newest else 1)


def _make(folder: Path, number: int) -> SigningKey:
    path = folder / f"{number:04}.pem"
    write_once(path, SigningKey("", ec.generate_private_key(ec.SECP256R1())).pem())
    return _read(path)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9][0-9][0-9][0-9].pem"), reverse=True)


def _read(path: Path) -> SigningKey:
    private = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
        raise ValueError(f"{path} must hold a private key on the curve P-256")
    return SigningKey(_thumbprint(private)[:KID_CHARACTERS], private)


def _thumbprint(private: ec.EllipticCurvePrivateKey) -> str:
    """RFC 7638: SHA-256 of the required members in their order."""
    members = json.dumps(_jwk(private), separators=(",", ":"), sort_keys=True)
    return _base64(hashlib.sha256(members.encode()).digest())


def _jwk(private: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    point = private.public_key().public_numbers()
    return {"crv": "P-256", "kty": "EC", "x": _base64(point.x.to_bytes(32)), "y": _base64(point.y.to_bytes(32))}


def _base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
