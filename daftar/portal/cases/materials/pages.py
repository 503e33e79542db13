"""Draw a page of a PDF, in the child's process: PDFium reads what pypdf has written anew."""

from io import BytesIO

from daftar.portal.cases.materials.limits import LONGEST_DRAWN

POINTS_AN_INCH, DOTS_AN_INCH = 72, 150
QUALITY = 80


def page_picture(content: bytes, number: int) -> bytes:
    """Page `number`, from 1, as JPEG: legible on a screen, and never larger than one. Raises what PDFium raises."""
    import pypdfium2  # here, so that uploads do not wait for it

    page = pypdfium2.PdfDocument(content)[number - 1]
    scale = min(DOTS_AN_INCH / POINTS_AN_INCH, LONGEST_DRAWN / max(page.get_size()))
    written = BytesIO()
    page.render(scale=scale).to_pil().convert("RGB").save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
