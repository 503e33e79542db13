"""Annotations of a PDF page become part of its drawing: stamps, handwriting and filled fields stay to be seen.

Links, actions and the form behind the fields do not come along. By ISO 32000-2 §12.5.5, algorithm 8.
"""

from pypdf import PageObject, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, StreamObject

from daftar.portal.cases.materials.references import at, resolved

HIDDEN, NO_VIEW = 2, 32
"""Flags of §12.5.3."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def draw_annotations(writer: PdfWriter, page: PageObject, sent: PageObject) -> None:
    """Draw what is visible of the annotations of the page as sent, behind the content of the page as written."""
    annotations = at(sent, "/Annots")
    steps = []
    for number, each in enumerate(annotations if isinstance(annotations, ArrayObject) else ()):
        annotation = resolved(each)
        appearance = _appearance(annotation) if isinstance(annotation, DictionaryObject) else None
        if appearance is not None and (placed := _placed(annotation, appearance)):
            name = f"/Annotation{number}"
            _named(page, name, appearance.clone(writer))
            steps.append(f"q {' '.join(f'{each:.5f}' for each in placed)} cm {name} Do Q")
    if steps:
        _append(writer, page, "\n".join(steps))


def _appearance(annotation: DictionaryObject) -> StreamObject | None:
    """What is drawn for an annotation in its present state; None when nothing is to be seen."""
    if int(at(annotation, "/F") or 0) & (HIDDEN | NO_VIEW) or at(annotation, "/Subtype") in ("/Popup", "/Link"):
        return None
    choices = at(annotation, "/AP")
    normal = at(choices, "/N") if isinstance(choices, DictionaryObject) else None
    if isinstance(normal, DictionaryObject) and not isinstance(normal, StreamObject):
        normal = at(normal, at(annotation, "/AS") or "/Off")
    return normal if isinstance(normal, StreamObject) else None


def _placed(annotation: DictionaryObject, appearance: StreamObject) -> Matrix | None:
    """Where the appearance goes: its box, turned by its own matrix, moved and stretched onto the rectangle."""
    left, bottom, right, top = _figures(at(annotation, "/Rect"))
    x0, y0, x1, y1 = _figures(at(appearance, "/BBox"))
    a, b, c, d, e, f = _figures(at(appearance, "/Matrix") or IDENTITY)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    width, height = max(across) - min(across), max(up) - min(up)
    if not width or not height:
        return None
    wide, high = abs(right - left) / width, abs(top - bottom) / height
    return (wide, 0, 0, high, min(left, right) - min(across) * wide, min(bottom, top) - min(up) * high)


def _figures(listed: ArrayObject | Matrix) -> list[float]:
    return [float(resolved(each)) for each in listed]


def _named(page: PageObject, name: str, appearance: StreamObject) -> None:
    """Give the page, and only this page, a name for the drawing."""
    resources = DictionaryObject(at(page, "/Resources") or {})
    drawings = DictionaryObject(at(resources, "/XObject") or {})
    appearance[NameObject("/Subtype")] = NameObject("/Form")
    drawings[NameObject(name)] = appearance.indirect_reference
    resources[NameObject("/XObject")] = drawings
    page[NameObject("/Resources")] = resources


def _append(writer: PdfWriter, page: PageObject, drawing: str) -> None:
    """Draw after the page's own content, which is put in brackets so that it leaves nothing turned or coloured."""
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(b"\nQ\n" + drawing.encode())
    own = at(page, "/Contents")
    parts = list(list.__iter__(own)) if isinstance(own, ArrayObject) else []
    if isinstance(own, StreamObject):
        parts = [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(before), *parts, writer._add_object(after)])
