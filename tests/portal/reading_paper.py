"""What programs of others say of a PDF of ours: poppler's and pyHanko's."""

import io
import subprocess
from pathlib import Path

from asn1crypto import pem, x509
from django.conf import settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def pdfsig(pdf: bytes, folder: Path) -> str:
    """What poppler says of its signature."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout


def pyhanko_accepts(pdf: bytes) -> bool:
    """Whether pyHanko finds the signature whole, valid and by our certificate."""
    content = settings.PDF_SIGNER.read_bytes()
    ours = [x509.Certificate.load(raw) for kind, _, raw in pem.unarmor(content, multiple=True) if kind == "CERTIFICATE"]
    signed = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    status = validate_pdf_signature(signed, ValidationContext(trust_roots=ours))
    return bool(status.intact and status.valid and status.trusted and status.bottom_line)


def told_by(pdf: bytes, folder: Path) -> str:
    """The text that a reader of PDFs sees, on one line."""
    path = folder / "text.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(found.split())
