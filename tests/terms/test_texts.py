"""The three catalogues say the same things with the same gaps."""

import re

import pytest

from daftar.terms import texts
from daftar.terms.outcomes import Basis, EvidenceKind, Reason, Setting, Status

GAP = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_language_has_every_entry_with_the_same_gaps(language: str) -> None:
    english, other = texts.catalogue("en"), texts.catalogue(language)
    assert other.keys() == english.keys()
    assert {code: set(GAP.findall(words)) for code, words in other.items()} == {
        code: set(GAP.findall(words)) for code, words in english.items()
    }
    assert all(words.strip() for words in other.values())


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_word_of_an_answer_has_its_text(language: str) -> None:
    known = texts.catalogue(language)
    for section, words in (("status", Status), ("reason", Reason), ("next", Reason), ("basis", Basis)):
        assert {f"{section}.{word}" for word in words} <= known.keys()
    for section, words in (("setting", Setting), ("evidence", EvidenceKind)):
        assert {f"{section}.{word}" for word in words} <= known.keys()


def test_the_guides_own_words_stand_in_persian() -> None:
    persian = texts.catalogue("fa")
    assert persian["status.covered"] == "حمایت درمانی دارد"
    assert persian["status.not_covered"] == "حمایت درمانی ندارد"
    assert persian["notice.mismatch"] == "عدم تطابق کد ملی با شماره موبایل"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("fa", "fa"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("de, fa;q=0.5, en;q=0.4", "fa"),
        ("en;q=0.1, zh;q=x, fa;q=0.2", "fa"),
        ("*", "en"),
        (";;;,,,q=", "en"),
        ("fa" * 10_000, "en"),
    ],
)
def test_the_readers_language_is_chosen_by_the_header(header: str | None, language: str) -> None:
    assert texts.choose_language(header) == language
