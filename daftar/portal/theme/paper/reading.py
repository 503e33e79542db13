"""Reading back a PDF that somebody brings: is it one that we signed, and as we signed it?

No parser of PDFs touches what a stranger sends. Our signer writes in one way only: the signature's bytes as capital
hex, and right behind them, under the signature, the place where they stand. Everything else in the file is under the
signature too. So a file is whole when the signature holds, stands where it says, and is written as we write it: then
each byte is one of ours, and the file may be opened.
"""

import asyncio
import hashlib
import re
from collections.abc import Sequence
from enum import StrEnum
from io import BytesIO

import msgspec
from asn1crypto import cms, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import ExternalSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from daftar.portal.theme.paper.signature import Certificates

SIGNED = re.compile(rb"<((?:[0-9A-F]{2}){1,32768})>\n/ByteRange \[0 (\d{1,9}) (\d{1,9}) (\d{1,9})\]")
PLACES = b"/ByteRange"
DIGEST = "sha256"
PIECE = 16  # bytes of our key that nobody has by chance
NOT_KEY = slice(32, -8)  # what is the same in every key of a kind stands at both ends of it


class Wholeness(StrEnum):
    """What became of a document since it was signed."""

    WHOLE = "whole"  # byte for byte as we signed it
    ALTERED = "altered"  # parts of our signature are in it, and it does not hold: changed, cut or added to
    NOT_OURS = "not_ours"  # no part of our signature: signed by somebody else, by nobody, or no PDF at all


class ReadPaper(msgspec.Struct, frozen=True):
    """What was found. `mark` is what the template put under `keywords`; empty unless whole."""

    wholeness: Wholeness
    mark: str = ""


class _Parts(msgspec.Struct, frozen=True):
    """Of a signature: what was signed, the file's digest in it, and how it came out."""

    attributes: cms.CMSAttributes
    digest: bytes
    value: bytes


def read_paper(pdf: bytes, signers: Sequence[Certificates]) -> ReadPaper:
    """Judge a file by the certificates that have ever signed here, each with its issuers behind it."""
    if any(_holds(pdf, certificates) for certificates in signers):
        return ReadPaper(Wholeness.WHOLE, _mark(pdf))
    if any(_traces(pdf, certificates[0]) for certificates in signers):
        return ReadPaper(Wholeness.ALTERED)
    return ReadPaper(Wholeness.NOT_OURS)


def _holds(pdf: bytes, certificates: Certificates) -> bool:
    """Whether these have signed every byte of it."""
    found = SIGNED.search(pdf) if pdf.count(PLACES) == 1 else None
    if found is None:
        return False
    begins, goes_on, rest = map(int, found.groups()[1:])
    if (begins, goes_on, goes_on + rest) != (found.start(), found.end(1) + 1, len(pdf)):
        return False
    digest = hashlib.sha256(pdf[:begins] + pdf[goes_on:]).digest()
    return _signs(bytes.fromhex(found[1].decode()), digest, certificates)


def _signs(written: bytes, digest: bytes, certificates: Certificates) -> bool:
    """Whether this is our signature of a digest, and nothing but what our signer writes, zeros behind it."""
    parts = _parts(written)
    if parts is None or parts.digest != digest or not _verifies(certificates[0], parts):
        return False
    ours = _written_by_us(certificates, parts)
    return written.startswith(ours) and not written[len(ours) :].strip(b"\0")


def _parts(written: bytes) -> _Parts | None:
    """What a signature (CMS, RFC 5652) is made of; None where it cannot be read."""
    try:
        info = cms.ContentInfo.load(written)["content"]["signer_infos"][0]
        attributes = cms.CMSAttributes.load(info["signed_attrs"].untag().dump(force=True))
        (digest,) = [each["values"][0].native for each in attributes if each["type"].native == "message_digest"]
        return _Parts(attributes, digest, info["signature"].native)
    except Exception:  # of any kind, out of a reader of hostile bytes: what cannot be read is not what we wrote
        return None


def _written_by_us(certificates: Certificates, parts: _Parts) -> bytes:
    """The signature as our signer writes it around what it has signed and how it came out."""
    issuers = SimpleCertificateStore.from_certs(certificates[1:])  # type: ignore[no-untyped-call]  # pyHanko has none
    signer = ExternalSigner(certificates[0], issuers, signature_value=parts.value)
    made: bytes = asyncio.run(signer.async_sign_prescribed_attributes(DIGEST, parts.attributes)).dump()
    return made


def _verifies(certificate: x509.Certificate, parts: _Parts) -> bool:
    """RSA with PKCS#1 padding, or ECDSA, as `LoadedSigner` signs."""
    value, signed = parts.value, parts.attributes.dump()
    public = load_der_public_key(certificate.public_key.dump())
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(value, signed, ec.ECDSA(hashes.SHA256()))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(value, signed, PKCS1v15(), hashes.SHA256())
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _traces(pdf: bytes, certificate: x509.Certificate) -> bool:
    """Whether any piece of our public key is in it: one changed byte spoils one piece."""
    key = certificate.public_key.dump()[NOT_KEY]
    pieces = (key[place : place + PIECE] for place in range(0, len(key) - PIECE + 1, PIECE))
    shouted = pdf.upper()
    return any(piece.hex().upper().encode() in shouted for piece in pieces)


def _mark(pdf: bytes) -> str:
    """The keywords of a file that we made."""
    return str(PdfFileReader(BytesIO(pdf)).trailer["/Info"].get("/Keywords", ""))
