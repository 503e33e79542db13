"""A signature drawn by finger or pointer (承诺书签名, S3.22): PNG data from a canvas, checked as any file."""

import base64
import binascii
import re
from io import BytesIO

from PIL import Image, ImageOps

from daftar.portal.cases.materials.kinds import Kind
from daftar.portal.cases.materials.limits import SIGNATURE_BYTES, SIGNATURE_EDGE, SIGNATURE_PIXELS
from daftar.portal.cases.materials.pictures import on_white, opened
from daftar.terms.misunderstood import Misunderstood

DATA = re.compile(r"data:image/png;base64,([A-Za-z0-9+/]+={0,2})")
DARK = 128
"""Grey values below are ink."""

LEAST_INK, MOST_INK = 0.0005, 0.5
"""Shares of the field: less is a dot, more is a field painted over."""

LEAST_REACH = 0.1
"""Of the field's longer edge; less is a touch by mistake."""


def signature_data(typed: str) -> bytes:
    """Bytes of the PNG in a `data:` address as a canvas gives it.

    Raises Misunderstood `signature_missing`, `signature_unreadable`.
    """
    if not typed.strip():
        raise Misunderstood("signature_missing")
    found = DATA.fullmatch(typed.strip()) if len(typed) <= SIGNATURE_BYTES * 4 // 3 + 100 else None
    if found is None:
        raise Misunderstood("signature_unreadable")
    try:
        return base64.b64decode(found[1], validate=True)
    except binascii.Error:
        raise Misunderstood("signature_unreadable") from None


def signature_anew(content: bytes) -> bytes:
    """The signature as a grey PNG on white.

    Raises Misunderstood `signature_missing` when nothing that could be a signature is drawn,
    `material_too_many_pixels`; what the decoder raises for damage.
    """
    picture = opened(content, Kind.PNG, SIGNATURE_PIXELS)
    grey = on_white(picture).convert("L")
    if not _signed(grey):
        raise Misunderstood("signature_missing")
    grey.thumbnail((SIGNATURE_EDGE, SIGNATURE_EDGE))
    written = BytesIO()
    grey.save(written, "PNG", optimize=True)
    return written.getvalue()


def _signed(grey: Image.Image) -> bool:
    ink = sum(grey.histogram()[:DARK]) / (grey.width * grey.height)
    box = ImageOps.invert(grey).point(lambda dark: 255 if dark > DARK else 0).getbbox()
    if box is None or not LEAST_INK <= ink <= MOST_INK:
        return False
    return max(box[2] - box[0], box[3] - box[1]) >= LEAST_REACH * max(grey.size)
