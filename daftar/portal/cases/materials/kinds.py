"""What a file is, by its first bytes. Its name and what the browser calls it are not asked."""

from enum import StrEnum

from daftar.terms.misunderstood import Misunderstood


class Kind(StrEnum):
    """What is taken."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    HEIC = "heic"


SIGNATURES = {b"%PDF-": Kind.PDF, b"\xff\xd8\xff": Kind.JPEG, b"\x89PNG\r\n\x1a\n": Kind.PNG}

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
"""Brands of ISO/IEC 23008-12 that telephones write; what lies inside is left to the decoder."""


def kind_of(content: bytes) -> Kind:
    """Kind of a file; the signature must stand at its very beginning, where those of hybrids often do not.

    Raises Misunderstood `material_empty`, `material_type_unknown`.
    """
    if not content:
        raise Misunderstood("material_empty")
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return Kind.HEIC
    raise Misunderstood("material_type_unknown")
