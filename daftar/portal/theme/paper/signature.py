"""Signing the PDF (PAdES baseline, ETSI EN 319 142) with the installation's own certificate, or one that is given.

`DAFTAR_PDF_SIGNER` names a PEM file with a private key and its certificate, then those of its issuers; without it a
self-signed one is made once in the state folder. Readers can pin that one: it is the same for years. Each certificate
that has signed is kept in a folder, without its key, so that what it signed is known again when another has taken its
place; with its issuers, for they stand in each signature: other issuers of the same certificate are kept beside it.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock

from asn1crypto import keys, pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from daftar.store.secret_files import write_once

Certificates = list[asn1_x509.Certificate]
"""The one that signs, then those of its issuers."""

FIELD = "Signature"
BITS = 3072
LASTS = timedelta(days=3650)
BYTES_RESERVED = 16384


class LoadedSigner(SimpleSigner):
    """pyHanko's signer with its key at hand: to load and check an RSA key anew for each signature takes 0.4 s."""

    def __init__(self, key: keys.PrivateKeyInfo, certificates: Certificates) -> None:
        issuers = SimpleCertificateStore.from_certs(certificates[1:])  # type: ignore[no-untyped-call]  # pyHanko has none
        super().__init__(certificates[0], key, issuers)
        private = load_der_private_key(key.dump(), password=None)
        if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise ValueError("the key of the signing certificate must be of RSA or an elliptic curve")
        self._private = private

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """RSA with PKCS#1 padding, or ECDSA; always over SHA-256."""
        if isinstance(self._private, rsa.RSAPrivateKey):
            return self._private.sign(data, PKCS1v15(), hashes.SHA256())
        return self._private.sign(data, ec.ECDSA(hashes.SHA256()))


class Signature:
    """Signs PDFs with one certificate."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            write_once(path, make_signer(datetime.now(UTC)))
        key, certificates = _read(path)
        self.certificates: Certificates = certificates
        self._signer = LoadedSigner(key, certificates)
        self._lock = Lock()

    @property
    def certificate(self) -> asn1_x509.Certificate:
        """The one that signs."""
        return self.certificates[0]

    def sign(self, pdf: bytes, *, reason: str) -> bytes:
        """The PDF with an invisible PAdES signature over all of it."""
        metadata = PdfSignatureMetadata(
            field_name=FIELD, reason=reason, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
        )
        signer = PdfSigner(metadata, self._signer, new_field_spec=SigFieldSpec(FIELD))
        with self._lock:
            signed = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=BYTES_RESERVED)
        made: bytes = signed.getvalue()
        return made


@cache
def signature(path: Path, kept: Path) -> Signature:
    """The signature of this process; its certificates are put into a folder with those that signed before."""
    made = Signature(path)
    content = b"".join(pem.armor("CERTIFICATE", each.dump()) for each in made.certificates)
    name = hashlib.sha256(b"".join(each.dump() for each in made.certificates)).hexdigest()
    write_once(kept / f"{name}.pem", content.decode())
    return made


def kept_certificates(kept: Path) -> list[Certificates]:
    """Of everybody who has signed here."""
    return [
        [asn1_x509.Certificate.load(content) for _, _, content in pem.unarmor(path.read_bytes(), multiple=True)]
        for path in sorted(kept.glob("*.pem"))
    ]


def make_signer(at: datetime) -> str:
    """A new key and its self-signed certificate, as PEM."""
    key = rsa.generate_private_key(65537, BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Daftar certificates")])
    usage = x509.KeyUsage(True, True, *[False] * 7)  # digital signature and content commitment, nothing else
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(at - timedelta(hours=1))
        .not_valid_after(at + LASTS)
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(False, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return (private + certificate.public_bytes(Encoding.PEM)).decode()


def _read(path: Path) -> tuple[keys.PrivateKeyInfo, Certificates]:
    """Private key and certificates of a PEM file, the signing one first. Raises ValueError when one is missing."""
    key, certificates = None, []
    for kind, _, content in pem.unarmor(path.read_bytes(), multiple=True):
        if kind == "PRIVATE KEY":
            key = keys.PrivateKeyInfo.load(content)
        elif kind == "CERTIFICATE":
            certificates.append(asn1_x509.Certificate.load(content))
    if key is None or not certificates:
        raise ValueError(f"{path} must hold a private key (PKCS#8) and its certificate")
    return key, certificates
