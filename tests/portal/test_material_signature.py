"""The letter signed by hand on the screen (承诺书签名, S3.22): PNG data from a canvas."""

import base64
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from daftar.portal.cases.materials.checking import check_signature
from daftar.portal.cases.materials.limits import SIGNATURE_BYTES, SIGNATURE_EDGE
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.texts import LANGUAGES, text
from tests.portal import making_files as make


def refused(typed: str) -> str:
    """The code that a signature is refused with."""
    with pytest.raises(Misunderstood) as caught:
        check_signature(typed)
    for language in LANGUAGES:
        assert text(f"input.{caught.value.code}", language, **caught.value.values)
    return caught.value.code


@pytest.mark.parametrize("mode", ["RGBA", "RGB"])
def test_a_signature_is_kept_dark_on_white(mode: str) -> None:
    checked = check_signature(make.canvas(make.drawn_signature(mode)))
    assert (checked.name, checked.media_type, checked.pages) == ("signature.png", "image/png", 1)
    kept = Image.open(BytesIO(checked.content), formats=["PNG"])
    assert (kept.mode, kept.size, kept.info) == ("L", (900, 300), {})
    assert kept.getpixel((250, 82)) < 100
    assert kept.getpixel((10, 10)) == 255


def test_the_canvas_of_a_sharp_screen_is_made_smaller() -> None:
    large = make.drawn_signature().resize((2700, 900))
    assert Image.open(BytesIO(check_signature(make.canvas(large)).content)).size == (SIGNATURE_EDGE, 400)


def strokes(*points: tuple[int, int], width: int = 5, fill: object = "black") -> Image.Image:
    """A canvas with one stroke."""
    sheet = Image.new("RGBA", (900, 300), (0, 0, 0, 0))
    ImageDraw.Draw(sheet).line(points, fill=fill, width=width)
    return sheet


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGBA", (900, 300), (0, 0, 0, 0)),
        Image.new("RGB", (900, 300), "white"),
        Image.new("RGB", (900, 300), "black"),
        strokes((100, 100), (103, 100)),
        strokes((100, 100), (130, 100), width=30),
        strokes((100, 100), (800, 200), fill="white"),
        strokes((100, 100), (800, 200), fill=(200, 200, 200)),
    ],
    ids=["nothing", "white", "painted over", "a dot", "a blot", "white on clear", "too pale"],
)
def test_what_is_no_signature_asks_for_one(picture: Image.Image) -> None:
    assert refused(make.canvas(picture)) == "signature_missing"


def test_an_empty_field_asks_for_a_signature() -> None:
    assert refused("") == refused("  ") == "signature_missing"


@pytest.mark.parametrize(
    "typed",
    [
        "Wang Fang",
        "data:,",
        "data:image/png;base64,",
        "data:image/png;base64,!!!!",
        "data:image/png;base64,AAAAA",
        "data:image/svg+xml;base64," + base64.b64encode(b"<svg onload='alert(1)'/>").decode(),
        "data:image/png;base64," + base64.b64encode(b"<svg onload='alert(1)'/>").decode(),
        "data:image/png;base64," + base64.b64encode(make.photograph()).decode(),
        "data:image/jpeg;base64," + base64.b64encode(make.photograph()).decode(),
        "data:image/png;base64," + base64.b64encode(make.png_by_hand(100_000, 100_000)).decode(),
        "data:image/png;base64," + base64.b64encode(make.png_by_hand(3_000, 2_000)).decode(),
        "javascript:alert(1)//data:image/png;base64,AAAA",
        make.canvas(make.drawn_signature())[:-2_000],
        "data:image/png;base64," + "A" * (SIGNATURE_BYTES * 2),
        "\0" * 100,
    ],
)
def test_anything_but_a_canvas_is_unreadable(typed: str) -> None:
    assert refused(typed) == "signature_unreadable"
