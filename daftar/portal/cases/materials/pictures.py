"""A picture is decoded once, within limits, and drawn anew: what is kept holds its pixels and nothing else.

No place, no camera, no comment, no thumbnail of what was cut away, no colour profile, nothing behind its end.
"""

from io import BytesIO

from PIL import Image, ImageFile, ImageOps

from daftar.portal.cases.materials.kinds import Kind
from daftar.portal.cases.materials.limits import LONGEST_EDGE, MOST_PIXELS
from daftar.terms.misunderstood import Misunderstood

FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.HEIC: "HEIF"}
QUALITY = 85

WHITE = (255, 255, 255)


def picture_anew(content: bytes, kind: Kind) -> bytes:
    """The picture as a JPEG, upright, on white, at most LONGEST_EDGE long.

    Raises Misunderstood `material_too_many_pixels`, `material_heic_unread`; what the decoder raises for damage.
    """
    if kind is Kind.HEIC:
        _learn_heic()
    picture = opened(content, kind, MOST_PIXELS)
    picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))  # of a JPEG only every second or fourth pixel is decoded
    written = BytesIO()
    on_white(ImageOps.exif_transpose(picture)).save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()


def opened(content: bytes, kind: Kind, most_pixels: int) -> Image.Image:
    """The picture by its head alone; no other decoder is asked than the one of its kind."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it was imported, has half pictures pass as whole ones
    try:
        picture = Image.open(BytesIO(content), formats=[FORMATS[kind]])
    except Image.DecompressionBombError:
        raise _too_many(most_pixels) from None
    if picture.width * picture.height > most_pixels:
        raise _too_many(most_pixels)
    return picture


def on_white(picture: Image.Image) -> Image.Image:
    """The pixels on a new white sheet, which knows nothing of where they came from."""
    coloured = _eight_bits(picture).convert("RGBA" if picture.has_transparency_data else "RGB")
    sheet = Image.new("RGB", coloured.size, WHITE)
    sheet.paste(coloured, mask=coloured if coloured.mode == "RGBA" else None)
    return sheet


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Scanners write 16 bits of grey, which plain conversion would turn white."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")


def _too_many(most: int) -> Misunderstood:
    return Misunderstood("material_too_many_pixels", most=str(most // 1_000_000))


def _learn_heic() -> None:
    """HEIC is an extra (ADR 0017): where it was not installed, the person is told to send a JPEG."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        raise Misunderstood("material_heic_unread") from None
    register_heif_opener(thumbnails=False)
