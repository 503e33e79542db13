"""Pictures that belong to a case: what is kept holds their pixels and nothing else (S3.14)."""

import sys
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageFile

from daftar.portal.cases.materials.checking import Checked, check_material, check_upload
from daftar.portal.cases.materials.kinds import Kind
from daftar.portal.cases.materials.limits import LONGEST_EDGE, MOST_BYTES
from daftar.portal.cases.materials.pictures import picture_anew
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.texts import LANGUAGES, text
from tests.portal import making_files as make

RED = (254, 0, 0)


def refused(content: bytes, name: str = "paper.jpg") -> str:
    """The code that a file is refused with; its sentence exists in each language."""
    with pytest.raises(Misunderstood) as caught:
        check_material(name, content)
    for language in LANGUAGES:
        assert "{" not in text(f"input.{caught.value.code}", language, **caught.value.values)
    return caught.value.code


def picture(checked: Checked) -> Image.Image:
    """What was kept, opened."""
    assert checked.media_type == "image/jpeg"
    return Image.open(BytesIO(checked.content), formats=["JPEG"])


def red_corner(kept: Image.Image) -> tuple[int, int]:
    """Which quarter is red: (left or right, top or bottom) as 0 or 1."""
    at = [
        (x, y)
        for x in (0, 1)
        for y in (0, 1)
        if kept.getpixel((kept.width // 4 * (1 + 2 * x), kept.height // 4 * (1 + 2 * y)))[1] < 80
    ]
    assert len(at) == 1
    return at[0]


@pytest.mark.parametrize(
    ("orientation", "size", "corner"),
    [(1, (600, 400), (0, 0)), (3, (600, 400), (1, 1)), (6, (400, 600), (1, 0)), (8, (400, 600), (0, 1))],
)
def test_a_photograph_is_turned_upright(orientation: int, size: tuple[int, int], corner: tuple[int, int]) -> None:
    kept = picture(check_material("IMG_0001.JPG", make.photograph(orientation)))
    assert kept.size == size
    assert red_corner(kept) == corner


def test_nothing_of_a_photograph_is_kept_but_its_pixels() -> None:
    """Place, maker, comment, and what stood behind its end."""
    sent = make.photograph(6)
    assert b"Secret comment" in sent
    assert b"Telephone of Wang Fang" in sent
    checked = check_material("IMG_0001.JPG", sent)
    kept = picture(checked)
    assert dict(kept.getexif()) == {}
    assert not {"exif", "comment", "icc_profile", "xmp", "photoshop"} & kept.info.keys()
    for trace in (b"Secret", b"Wang Fang", b"script", b"Exif"):
        assert trace not in checked.content
    assert checked.content.endswith(b"\xff\xd9")


def test_nothing_of_a_png_is_kept_but_its_pixels() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sent = make.written(make.paper(), "PNG", icc_profile=profile)
    assert b"iCCP" in sent
    for content in (sent, make.annotated_png() + b"PK\x03\x04" + make.SCRIPT):
        checked = check_material("scan.png", content)
        assert checked.name == "scan.jpg"
        assert red_corner(picture(checked)) == (0, 0)
        assert b"ICC_PROFILE" not in checked.content
        assert b"Secret" not in checked.content
        assert b"script" not in checked.content


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "I;16"])
def test_every_sort_of_png_is_seen_as_it_was(mode: str) -> None:
    """A white sheet stays white, also in 16 bits of grey; the quarter stays darker."""
    if mode == "I;16":
        grey = make.paper(mode="L").convert("I").point(lambda value: value * 256)
        sent = make.written(grey.convert("I;16"), "PNG")
    else:
        sent = make.written(make.paper(mode=mode), "PNG")
    kept = picture(check_material("scan.png", sent)).convert("L")
    assert kept.getpixel((450, 300)) > 240
    assert sum(kept.crop((50, 50, 250, 150)).get_flattened_data()) / (200 * 100) < 120


def test_what_is_transparent_lies_on_white() -> None:
    clear = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    assert picture(check_material("clear.png", make.written(clear, "PNG"))).getpixel((100, 50)) == (255, 255, 255)


def test_a_jpeg_for_print_becomes_one_for_screens() -> None:
    kept = picture(check_material("print.jpeg", make.written(make.paper(mode="CMYK"), "JPEG")))
    assert kept.mode == "RGB"
    assert red_corner(kept) == (0, 0)


def test_a_large_photograph_is_brought_to_a4() -> None:
    kept = picture(check_material("large.jpg", make.photograph(1, (6000, 4000))))
    assert kept.size == (LONGEST_EDGE, 2339)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_sixty_megapixels_are_refused_by_the_head(mode: str) -> None:
    sent = make.written(Image.new(mode, (10_000, 6_000), "white"), "JPEG")
    assert len(sent) < MOST_BYTES
    assert refused(sent) == "material_too_many_pixels"


def test_bombs_are_refused_before_they_go_off() -> None:
    """A head that claims ten gigapixels; one of 41 million that would be decoded if it were not for the limit."""
    data = make.chunk(b"IDAT", make.zeros(2**24))
    assert refused(make.png_by_hand(100_000, 100_000, data), "bomb.png") == "material_too_many_pixels"
    assert refused(make.png_by_hand(8_200, 5_000, data), "bomb.png") == "material_too_many_pixels"


def test_a_text_that_unpacks_to_two_hundred_megabytes_is_refused() -> None:
    words = make.chunk(b"zTXt", b"Comment\0\0" + make.zeros(200 * 2**20))
    data = make.chunk(b"IDAT", make.zeros(2**20))
    assert len(words) < 2**20
    assert refused(make.png_by_hand(100, 100, words, data), "bomb.png") == "material_damaged"


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_truncated_picture_is_refused(format: str, share: float) -> None:
    whole = make.written(Image.effect_noise((600, 400), 60), format)
    assert refused(whole[: int(len(whole) * share)]) == "material_damaged"


def test_half_a_picture_is_damaged_also_where_weasyprint_was_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    whole = make.written(Image.effect_noise((600, 400), 60), "JPEG")
    with pytest.raises(OSError, match="truncated"):
        picture_anew(whole[: len(whole) // 2], Kind.JPEG)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("photo.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("photo.jpg", b"<!doctype html><script>alert(1)</script>"),
        ("photo.png", b"GIF89a" + bytes(100)),
        ("photo.jpg", b"BM" + bytes(100)),
        ("photo.jpg", b"II*\0" + bytes(100)),
        ("photo.jpg", b"RIFF\x24\0\0\0WEBPVP8 " + bytes(100)),
        ("paper.pdf", b"PK\x03\x04" + bytes(100)),
        ("paper.pdf", b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file"),
        ("paper.pdf", b"#!/bin/sh\n# %PDF-1.7\nrm -rf /\n"),
        ("paper.pdf", make.SCRIPT + make.pdf_by_hand()),
        ("film.heic", b"\0\0\0\x20ftypisom" + bytes(100)),
        ("paper.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100)),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(name: str, content: bytes) -> None:
    assert refused(content, name) == "material_type_unknown"


def test_a_beginning_alone_is_damage() -> None:
    for beginning in (b"\xff\xd8\xff" + make.SCRIPT, b"\x89PNG\r\n\x1a\n" + make.SCRIPT):
        assert refused(beginning) == "material_damaged"


def test_a_jpeg_that_is_another_format_inside_is_not_handed_to_that_decoder() -> None:
    """Only the decoder of its kind is asked: EPS, TIFF and the rest of Pillow never see a stranger's file."""
    assert refused(b"\xff\xd8\xff" + make.written(make.paper(), "TIFF")) == "material_damaged"


def test_nothing_and_too_much_are_refused() -> None:
    assert refused(b"") == "material_empty"
    assert refused(make.photograph() + bytes(MOST_BYTES)) == "material_too_large"


class Sent:
    """A file in a request, of which the size is known before it is read."""

    def __init__(self, content: bytes, size: int) -> None:
        self.name, self.content, self.size, self.read = "../../etc/IMG.jpg", content, size, False

    def chunks(self) -> Iterator[bytes]:
        """In two pieces."""
        self.read = True
        yield self.content[:1000]
        yield self.content[1000:]


def test_an_upload_is_put_together_and_a_large_one_is_not_even_read() -> None:
    content = make.photograph()
    whole, large = Sent(content, len(content)), Sent(content, MOST_BYTES + 1)
    assert check_upload(whole) == check_material("IMG.jpg", content)
    with pytest.raises(Misunderstood, match="material_too_large"):
        check_upload(large)
    assert not large.read


def test_the_same_file_is_known_again() -> None:
    """By what was sent, under whatever name."""
    first, again = check_material("a.jpg", make.photograph(1)), check_material("b.jpg", make.photograph(1))
    assert first.digest == again.digest != check_material("a.jpg", make.photograph(3)).digest


def test_a_heic_of_a_telephone_becomes_a_jpeg() -> None:
    sent = make.heic()
    checked = check_material("IMG_0002.HEIC", sent)
    assert checked.name == "IMG_0002.jpg"
    assert red_corner(picture(checked)) == (0, 0)
    assert refused(sent[: len(sent) // 2]) == "material_damaged"
    assert refused(make.heic((8_200, 5_000))) == "material_too_many_pixels"


def test_without_the_extra_a_heic_is_refused_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = make.heic()
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(Misunderstood, match="material_heic_unread"):
        picture_anew(sent, Kind.HEIC)
