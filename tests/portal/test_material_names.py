"""Names of files: whatever a telephone gives becomes a label that fits any disk and any page."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.portal.cases.materials.names import ENDINGS, clean_name


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("居住证明.pdf", "居住证明.pdf"),
        ("گواهی اشتغال.PDF", "گواهی اشتغال.pdf"),
        ("می\u200cخواهم.pdf", "می\u200cخواهم.pdf"),
        ("2026.10.28 contract.pdf", "2026.10.28 contract.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Wang\\Desktop\\scan.pdf", "scan.pdf"),
        ("scan.pdf/", "material.pdf"),
        ("invoice.pdf.exe", "invoice.pdf"),
        ("invoice.tar.gz", "invoice.pdf"),
        ("photo\0.jpg\0.php", "photo.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("a\u2066b\u200bc\ufeffd.pdf", "abcd.pdf"),
        ('a"b; filename="evil.html', "a_b_ filename=_evil.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ("<script>alert(1)<.script>", "_script_alert(1)_.script_.pdf"),
        ("CON", "_CON.pdf"),
        ("nul.pdf", "_nul.pdf"),
        ("lpt1.txt.pdf", "_lpt1.pdf"),
        (".htaccess", ".htaccess.pdf".lstrip(".")),
        ("...", "material.pdf"),
        ("", "material.pdf"),
        (" . .pdf", "material.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
        ("\ud800.pdf", "material.pdf"),
    ],
)
def test_a_name_is_cleaned(name: str, cleaned: str) -> None:
    assert clean_name(name, "application/pdf") == cleaned


@pytest.mark.parametrize("letter", ["a", "م", "证", "😀"])
def test_five_hundred_characters_are_shortened(letter: str) -> None:
    cleaned = clean_name(letter * 500 + ".pdf", "application/pdf")
    assert 100 < len(cleaned.encode()) < 255
    assert set(cleaned.removesuffix(".pdf")) == {letter}


def test_the_ending_is_that_of_the_content() -> None:
    assert [clean_name("a.html", media_type) for media_type in ENDINGS] == ["a.pdf", "a.jpg", "a.png"]


@given(st.text(max_size=600))
def test_any_name_becomes_one_that_fits(name: str) -> None:
    cleaned = clean_name(name, "image/jpeg")
    assert cleaned.endswith(".jpg")
    assert len(cleaned) > len(".jpg")
    assert len(cleaned.encode()) < 255
    assert not re.search(r'[\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069/\\<>:"|?*;%]', cleaned)
    assert clean_name(cleaned, "image/jpeg") == cleaned
