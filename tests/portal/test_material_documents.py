"""PDFs that belong to a case: looked through and written anew; what acts, hides or carries is refused (S3.14)."""

from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.actions import JavaScript
from pypdf.annotations import FreeText, Link
from pypdf.generic import ArrayObject, Fit, FloatObject, NameObject

from daftar.portal.cases.materials.checking import check_material
from daftar.portal.cases.materials.limits import MOST_PAGES
from tests.portal import making_files as make
from tests.portal.reading_paper import told_by
from tests.portal.test_material_pictures import refused

JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
LAUNCH = b"<< /S /Launch /F (cmd.exe) >>"


def test_a_plain_pdf_is_kept_page_by_page(tmp_path: Path) -> None:
    checked = check_material("residence.pdf", make.bytes_of(make.pdf(3)))
    assert (checked.name, checked.media_type, checked.pages) == ("residence.pdf", "application/pdf", 3)
    assert told_by(checked.content, tmp_path) == "Proof of residence 1 Proof of residence 2 Proof of residence 3"


def test_a_pdf_by_hand_is_plain_too(tmp_path: Path) -> None:
    """What all the hostile ones below are made from."""
    assert told_by(check_material("hand.pdf", make.pdf_by_hand()).content, tmp_path) == "By hand"


def test_only_its_pages_are_kept() -> None:
    """No metadata, no outline, no place to open at, no older revision, nothing before or behind."""
    writer = make.pdf(2)
    writer.add_metadata({"/Author": "Secret author"})
    writer.add_outline_item(title="Secret chapter", page_number=1)
    writer.open_destination = None
    sent = make.bytes_of(writer) + b"\nPK\x03\x04" + make.SCRIPT
    checked = check_material("residence.pdf", sent)
    kept = make.reread(checked.content)
    assert set(kept.trailer["/Root"]) <= {"/Type", "/Pages"}
    assert not kept.metadata
    assert b"Secret" not in checked.content
    assert b"script" not in checked.content


def test_an_older_revision_is_not_kept() -> None:
    """What was struck out before signing is still in the file that was sent, and not in the one that is kept."""
    first = make.bytes_of(make.pdf(1, "Secret salary"))
    later = PdfWriter(make.reread(first), incremental=True)
    page = later.pages[0]
    drawing = make.DecodedStreamObject()
    drawing.set_data(b"BT /F1 14 Tf 20 100 Td (Struck out) Tj ET")
    page[NameObject("/Contents")] = later._add_object(drawing)
    sent = make.bytes_of(later)
    assert b"Secret salary" in sent
    checked = check_material("contract.pdf", sent)
    assert b"Secret salary" not in checked.content
    assert "Struck out" in make.reread(checked.content).pages[0].extract_text()


def with_script(writer: PdfWriter) -> None:
    writer.add_open_action(JavaScript("app.alert(1)"))


def with_file(writer: PdfWriter) -> None:
    writer.add_attachment("invoice.exe", b"MZ")


@pytest.mark.parametrize(
    ("add", "code"), [(with_script, "material_pdf_active"), (with_file, "material_pdf_with_files")]
)
def test_what_a_library_puts_in_is_found(add, code: str) -> None:
    writer = make.pdf()
    add(writer)
    assert refused(make.bytes_of(writer), "x.pdf") == code
    for page in writer.pages:
        page.compress_content_streams()
    assert refused(make.bytes_of(writer), "x.pdf") == code


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
@pytest.mark.parametrize("password", ["", "1234"])
def test_an_encrypted_pdf_is_refused(algorithm: str, password: str) -> None:
    writer = make.pdf()
    writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    assert refused(make.bytes_of(writer), "x.pdf") == "material_pdf_encrypted"


@pytest.mark.parametrize(
    ("catalogue", "page", "objects"),
    [
        (b"/OpenAction " + JAVASCRIPT, b"", ()),
        (b"/OpenAction 5 0 R", b"", (JAVASCRIPT,)),
        (b"/OpenAction 5 0 R", b"", (b"<< /S /J#61vaScript /J#53 (app.alert\\(1\\)) >>",)),
        (b"/OpenAction " + LAUNCH, b"", ()),
        (b"", b"/Hidden 5 0 R", (b"<< /S 6 0 R /D 3 0 R >>", b"/Launch")),
        (b"/OpenAction << /S /URI /URI (http://example.org/) >>", b"", ()),
        (b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next 5 0 R >>", b"", (b"[" + LAUNCH + b"]",)),
        (b"/Names << /JavaScript << /Names [(a) 5 0 R] >> >>", b"", (JAVASCRIPT,)),
        (b"/AA << /WC " + JAVASCRIPT + b" >>", b"", ()),
        (b"/AcroForm << /Fields [] /XFA 5 0 R >>", b"", (make.stream(b"<xdp/>"),)),
        (b"/AcroForm << /Fields [5 0 R] >>", b"", (b"<< /FT /Tx /T (a) /AA << /K " + JAVASCRIPT + b" >> >>",)),
        (b"/Outlines << /First 5 0 R >>", b"", (b"<< /Title (a) /A " + LAUNCH + b" >>",)),
        (b"", b"/AA << /O " + LAUNCH + b" >>", ()),
        (b"", b"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A " + LAUNCH + b" >>]", ()),
        (b"", b"/Annots 5 0 R", (b"[6 0 R]", b"<< /Subtype /Link /Rect [0 0 9 9] /A 7 0 R >>", LAUNCH)),
        (b"", b"/Annots [<< /Subtype /Link /A << /S /GoToR /F (\\\\\\\\host\\\\share) /D [0 /Fit] >> >>]", ()),
        (b"", b"/Annots [<< /Subtype /Widget /A << /S /SubmitForm /F (http://example.org/) >> >>]", ()),
        (b"", b"/Annots [<< /Subtype /RichMedia /Rect [0 0 9 9] >>]", ()),
        (b"", b"/Annots [<< /Subtype /Movie /Rect [0 0 9 9] >>]", ()),
        (b"", b"/Outside 5 0 R", (make.stream(b"", b"/F (http://example.org/) "),)),
    ],
)
def test_what_acts_is_refused_wherever_it_hides(catalogue: bytes, page: bytes, objects: tuple[bytes, ...]) -> None:
    """Catalogue, page, form, outline, annotation; direct and by reference; with its name spelt in hexadecimal."""
    assert refused(make.pdf_by_hand(catalogue, page, *objects), "x.pdf") == "material_pdf_active"


@pytest.mark.parametrize(
    ("catalogue", "page", "objects"),
    [
        (b"/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>", b"", (b"<< /Type /Filespec /EF << /F 6 0 R >> >>",)),
        (b"/AF [5 0 R]", b"", (b"<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>", make.stream(b"MZ"))),
        (b"", b"/Annots [<< /Subtype /FileAttachment /Rect [0 0 9 9] >>]", ()),
        (b"/Collection << /View /D >>", b"", ()),
        (b"", b"/Hidden 5 0 R", (make.stream(b"MZ", b"/Type /EmbeddedFile "),)),
    ],
)
def test_what_carries_files_is_refused(catalogue: bytes, page: bytes, objects: tuple[bytes, ...]) -> None:
    assert refused(make.pdf_by_hand(catalogue, page, *objects), "x.pdf") == "material_pdf_with_files"


@pytest.mark.parametrize("start", [b"[3 0 R /Fit]", b"<< /S /GoTo /D [3 0 R /Fit] >>", b"(chapter)"])
def test_where_to_open_is_harmless(start: bytes, tmp_path: Path) -> None:
    checked = check_material("x.pdf", make.pdf_by_hand(b"/OpenAction " + start))
    assert told_by(checked.content, tmp_path) == "By hand"
    assert "/OpenAction" not in make.reread(checked.content).trailer["/Root"]


def test_handwriting_is_kept_and_links_go(tmp_path: Path) -> None:
    """Annotations become part of the drawing, as poppler shows it; nothing is left that could be clicked."""
    writer = make.pdf()
    box = make.stream(
        b"0 0 1 rg 0 0 10 10 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 10 10] /Matrix [0 1 -1 0 0 0]"
    )
    stamp = b"/Annots [<< /Subtype /Stamp /Rect [200 20 260 60] /AP << /N 5 0 R >> >> "
    hidden = b"<< /Subtype /Stamp /F 2 /Rect [20 20 80 60] /AP << /N 5 0 R >> >> "
    link = b"<< /Subtype /Link /Rect [0 0 300 200] /A << /S /URI /URI (http://example.org/) >> >>]"
    checked = check_material("x.pdf", make.pdf_by_hand(b"", stamp + hidden + link, box))
    page = make.seen(checked.content, tmp_path)
    assert page.getpixel((230, 160)) == page.getpixel((205, 175)) == page.getpixel((255, 145)) == (0, 0, 255)
    assert page.getpixel((190, 160)) == page.getpixel((230, 190)) == page.getpixel((50, 160)) == (255, 255, 255)
    assert told_by(checked.content, tmp_path) == "By hand"
    assert "/Annots" not in make.reread(checked.content).pages[0]
    assert b"example.org" not in checked.content
    writer.add_annotation(0, FreeText(text="Signed: Wang Fang", rect=(20, 20, 200, 40)))
    writer.add_annotation(0, Link(rect=(0, 0, 9, 9), target_page_index=0, fit=Fit.fit()))
    assert "/Annots" not in make.reread(check_material("x.pdf", make.bytes_of(writer)).content).pages[0]


def test_a_filled_field_stays_to_be_seen(tmp_path: Path) -> None:
    """A box that is ticked: of its appearances the one of its state, and none of the other."""
    states = b"<< /Yes 5 0 R /Off 6 0 R >>"
    fill, empty = (make.stream(b"%d 1 0 rg 0 0 10 10 re f" % red, b"/BBox [0 0 10 10]") for red in (0, 1))
    field = (
        b"/Annots [<< /Subtype /Widget /FT /Btn /T (a) /AS /Yes /Rect [100 20 140 60] /AP << /N " + states + b" >> >>]"
    )
    checked = check_material("x.pdf", make.pdf_by_hand(b"", field, fill, empty))
    assert make.seen(checked.content, tmp_path).getpixel((120, 160)) == (0, 255, 0)


def test_a_turned_and_cut_page_stays_so(tmp_path: Path) -> None:
    writer = make.pdf()
    writer.pages[0].rotate(90)
    writer.pages[0][NameObject("/CropBox")] = ArrayObject([FloatObject(each) for each in (0, 0, 300, 150)])
    assert make.seen(check_material("x.pdf", make.bytes_of(writer)).content, tmp_path).size == (150, 300)


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_a_truncated_pdf_is_refused(share: float) -> None:
    whole = make.bytes_of(make.pdf(5))
    assert refused(whole[: int(len(whole) * share)], "x.pdf") in ("material_damaged", "material_type_unknown")


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + make.SCRIPT, b"%PDF-" + bytes(5000)])
def test_a_head_alone_is_damage(content: bytes) -> None:
    assert refused(content, "x.pdf") == "material_damaged"


def test_too_many_pages_are_refused() -> None:
    assert check_material("x.pdf", make.bytes_of(make.pdf(MOST_PAGES))).pages == MOST_PAGES
    assert refused(make.bytes_of(make.pdf(MOST_PAGES + 1)), "x.pdf") == "material_too_many_pages"


def test_a_page_that_unpacks_to_two_hundred_megabytes_is_refused() -> None:
    bomb = make.stream(make.zeros(200 * 2**20), b"/Filter /FlateDecode ")
    assert len(bomb) < 2**20
    assert refused(make.pdf_by_hand(b"", b"/More 5 0 R", bomb), "x.pdf") in ("material_too_complex", "material_damaged")


def test_many_bombs_that_are_small_each_are_refused() -> None:
    small = make.stream(make.zeros(30 * 2**20), b"/Filter /FlateDecode ")
    listed = b" ".join(b"%d 0 R" % number for number in range(5, 10))
    assert refused(make.pdf_by_hand(b"", b"/More [" + listed + b"]", *[small] * 5), "x.pdf") == "material_too_complex"


def test_a_picture_of_ten_gigapixels_inside_is_refused() -> None:
    picture = make.stream(b"", b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 ")
    assert refused(make.pdf_by_hand(b"", b"/Picture 5 0 R", picture), "x.pdf") == "material_too_many_pixels"


def test_a_name_behind_two_references_is_refused() -> None:
    """Which one reader follows and another does not."""
    objects = (b"<< /S 6 0 R /D 3 0 R >>", b"7 0 R", b"/Launch")
    assert refused(make.pdf_by_hand(b"", b"/Hidden 5 0 R", *objects), "x.pdf") == "material_damaged"


def test_depth_and_rings_end() -> None:
    """Lists in lists in lists; a tree of pages that holds itself; references in a ring."""
    deep = b"[" * 50_000 + b"]" * 50_000
    assert refused(make.pdf_by_hand(b"/Deep " + deep), "x.pdf") in ("material_too_complex", "material_damaged")
    ring = make.pdf_by_hand().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    assert refused(ring, "x.pdf") in ("material_too_complex", "material_damaged")
    assert check_material("x.pdf", make.pdf_by_hand(b"/Ring 5 0 R", b"", b"[6 0 R 5 0 R]", b"[5 0 R]")).pages == 1
