"""Files as people and attackers send them, made in the test: pictures by Pillow, PDFs by pypdf and by hand."""

import base64
import struct
import subprocess
import zlib
from io import BytesIO
from pathlib import Path

import pillow_heif
from PIL import Image, ImageDraw, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

SCRIPT = b"<script>alert(1)</script>"
ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def paper(size: tuple[int, int] = (600, 400), mode: str = "RGB") -> Image.Image:
    """A white sheet whose upper left quarter is red, so that its turning is seen."""
    sheet = Image.new("RGB", size, "white")
    ImageDraw.Draw(sheet).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill="red")
    return sheet.convert(mode)


def written(picture: Image.Image, format: str, **options: object) -> bytes:
    """A picture as a file."""
    buffer = BytesIO()
    picture.save(buffer, format, **options)
    return buffer.getvalue()


def photograph(orientation: int = 1, size: tuple[int, int] = (600, 400)) -> bytes:
    """A JPEG of a telephone: turned, with place, maker, a comment and a script behind its end."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "Telephone of Wang Fang"
    exif.get_ifd(GPS).update({1: "N", 2: (28.0, 41.0, 0.0), 3: "E", 4: (115.0, 53.0, 0.0)})
    return written(paper(size), "JPEG", exif=exif, comment=b"Secret comment") + SCRIPT


def heic(size: tuple[int, int] | None = None) -> bytes:
    """A picture as a telephone keeps it; with a size, one whose head claims it."""
    pillow_heif.register_heif_opener()
    content = written(paper(), "HEIF")
    place = content.index(b"ispe") + 8
    return content if size is None else content[:place] + struct.pack(">II", *size) + content[place + 8 :]


def annotated_png() -> bytes:
    """A PNG with a text chunk."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Secret author")
    return written(paper(), "PNG", pnginfo=words)


def chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_by_hand(width: int, height: int, *chunks: bytes) -> bytes:
    """A PNG of 8-bit grey that claims a size, with whatever chunks."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def zeros(length: int) -> bytes:
    """Many zeros in few bytes."""
    packer, piece = zlib.compressobj(9), bytes(2**20)
    return b"".join([*(packer.compress(piece) for _ in range(length // len(piece))), packer.flush()])


def pdf(pages: int = 1, words: str = "Proof of residence") -> PdfWriter:
    """A PDF with words on each page."""
    writer = PdfWriter()
    font = DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in FONT.items()})
    for number in range(pages):
        page = writer.add_blank_page(300, 200)
        drawing = DecodedStreamObject()
        drawing.set_data(f"BT /F1 14 Tf 20 100 Td ({words} {number + 1}) Tj ET".encode())
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(drawing)
    return writer


FONT = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}


def bytes_of(writer: PdfWriter) -> bytes:
    """A PDF as a file."""
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def pdf_by_hand(catalogue: bytes = b"", page: bytes = b"", *objects: bytes) -> bytes:
    """A small PDF written byte by byte: entries of its catalogue and of its page, and objects from 5 on."""
    drawing = b"BT /F1 14 Tf 20 100 Td (By hand) Tj ET"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 "
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> " + page + b" >>",
        stream(drawing),
        *objects,
    ]
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    lines = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    table = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode() + lines
    trailer = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n".encode()
    return content + table + trailer


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object of a PDF."""
    return f"<< /Length {len(content)} ".encode() + entries + b" >>\nstream\n" + content + b"\nendstream"


def canvas(picture: Image.Image) -> str:
    """What a canvas's `toDataURL` gives."""
    return "data:image/png;base64," + base64.b64encode(written(picture, "PNG")).decode()


def drawn_signature(mode: str = "RGBA") -> Image.Image:
    """Some strokes on a clear canvas."""
    sheet = Image.new(mode, (900, 300), (0, 0, 0, 0) if mode == "RGBA" else "white")
    ImageDraw.Draw(sheet).line([(100, 200), (250, 80), (400, 220), (600, 90), (800, 180)], fill="black", width=5)
    return sheet


def seen(content: bytes, folder: Path) -> Image.Image:
    """The first page of a PDF as poppler draws it, one pixel a point."""
    path = folder / "seen.pdf"
    path.write_bytes(content)
    subprocess.run(["pdftoppm", "-cropbox", "-r", "72", "-png", "-singlefile", path, folder / "seen"], check=True)
    return Image.open(folder / "seen.png").convert("RGB")


def reread(content: bytes) -> PdfReader:
    """A PDF to look into."""
    return PdfReader(BytesIO(content))
