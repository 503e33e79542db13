"""A PDF is looked through from its trailer to its last object, and its pages are written into a new file.

So nothing is kept that was not looked at: no older revision, no object that only another reader would find, nothing
before the head or behind the end.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from daftar.portal.cases.materials.annotations import draw_annotations
from daftar.portal.cases.materials.limits import MOST_OBJECTS, MOST_PAGES, MOST_PIXELS, MOST_UNPACKED
from daftar.portal.cases.materials.references import at
from daftar.terms.misunderstood import Misunderstood

ACTIVE_KEYS = {"/JS", "/JavaScript", "/AA", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
"""ISO 32000-2 §12.6.4.17 scripts, §12.6.3 what happens by itself, §12.7.8 XFA, §13.7 rich media."""

ACTIVE_ACTIONS = {
    *("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/GoToDp"),
    *("/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"),
}
"""§12.6.4: what starts a program, sends something or opens another file. Within `/S`, which has other uses too."""

ACTIVE_SUBTYPES = {"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"}

FILE_KEYS = {"/EF", "/Collection"}
"""§7.11.4 embedded files, §12.3.5 portfolios."""

FILE_WORDS = {"/EmbeddedFile", "/FileAttachment"}

HOLDING = (IndirectObject, DictionaryObject, ArrayObject)

KEPT_OF_A_PAGE = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"}


def document_anew(content: bytes) -> tuple[bytes, int]:
    """The pages as a new PDF, and how many they are.

    Raises Misunderstood `material_pdf_encrypted`, `material_pdf_active`, `material_pdf_with_files`,
    `material_too_many_pages`, `material_too_many_pixels`, `material_too_complex`; what the reader raises for damage.
    """
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise Misunderstood("material_pdf_encrypted")
    look_through(reader)
    if len(reader.pages) > MOST_PAGES:
        raise Misunderstood("material_too_many_pages", most=str(MOST_PAGES))
    if not reader.pages:
        raise Misunderstood("material_damaged")
    made = _written(reader)
    look_through(PdfReader(BytesIO(made)))  # should the copying have found what the looking did not
    return made, len(reader.pages)


def look_through(reader: PdfReader) -> None:
    """Every object that can be reached, each once, however deep: in a list of what waits, not by recursion."""
    waiting: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    unpacked = looked = 0
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if (each.idnum, each.generation) in seen:
                continue
            seen.add((each.idnum, each.generation))
            each = each.get_object()
        looked += 1
        if isinstance(each, DictionaryObject):
            _refuse_active(each)
            unpacked += _unpacked(each) if isinstance(each, StreamObject) else 0
        if looked > MOST_OBJECTS or unpacked > MOST_UNPACKED:
            raise Misunderstood("material_too_complex")
        waiting.extend(_inside(each))


def _inside(each: Any) -> Iterator[Any]:
    """Where an object leads: what it holds, references unresolved."""
    if isinstance(each, IndirectObject):
        yield each
    elif isinstance(each, DictionaryObject):
        yield from (value for key in each if isinstance(value := each.raw_get(key), HOLDING))
    elif isinstance(each, ArrayObject):
        yield from (value for value in list.__iter__(each) if isinstance(value, HOLDING))


def _refuse_active(each: DictionaryObject) -> None:
    """One dictionary: no script, nothing that starts by itself or leads out, no file within."""
    kind, subtype, action = (_word(each, key) for key in ("/Type", "/Subtype", "/S"))
    if FILE_KEYS & each.keys() or {kind, subtype} & FILE_WORDS:
        raise Misunderstood("material_pdf_with_files")
    outside = isinstance(each, StreamObject) and "/F" in each  # its content would come from elsewhere
    if outside or ACTIVE_KEYS & each.keys() or subtype in ACTIVE_SUBTYPES or action in ACTIVE_ACTIONS:
        raise Misunderstood("material_pdf_active")
    start = at(each, "/OpenAction")
    if isinstance(start, DictionaryObject) and at(start, "/S") != "/GoTo":  # at which page to open is harmless
        raise Misunderstood("material_pdf_active")


def _word(each: DictionaryObject, key: str) -> str:
    """A name under a key, or nothing."""
    found = at(each, key)
    return found if isinstance(found, str) else ""


def _unpacked(stream: StreamObject) -> int:
    """Bytes that a stream unpacks to. Of a picture its head is enough: decoding it is the work of who looks at it."""
    if at(stream, "/Subtype") != "/Image":
        return len(stream.get_data())
    if int(at(stream, "/Width") or 0) * int(at(stream, "/Height") or 0) > MOST_PIXELS:
        raise Misunderstood("material_too_many_pixels", most=str(MOST_PIXELS // 1_000_000))
    return 0


def _written(reader: PdfReader) -> bytes:
    """Pages as they are drawn, in a new file without catalogue entries, forms, links or metadata."""
    writer = PdfWriter()
    for sent in reader.pages:
        page = writer.add_page(sent, excluded_keys=[key for key in sent if key not in KEPT_OF_A_PAGE])
        draw_annotations(writer, page, sent)
    writer.metadata = None
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
