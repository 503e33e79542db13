"""Names are found by what people type: folded, by sound, by initials, by code (S4.6, ADR 0014)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.terms.finding import LONGEST, MOST_TYPED, begins_a_word, folded, terms_of, words_of

HOSPITAL = words_of("江西省鹰潭市第12人民医院", "H360602-001")


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("ك ي", "کی"),
        ("آب‌پخش", "ابپخش"),
        ("۱۲", "12"),
        ("Ren-Min", "renmin"),
        ("ＨＯＳ", "hos"),
        ("lü", "lv"),
        ("مسؤول هیئت ة", "مسوولهییته"),
        ("مَدرسه", "مدرسه"),
        (" .,%_'\"\\", ""),
        ("x" * 500, "x" * MOST_TYPED),
    ],
)
def test_what_is_typed_is_folded(typed: str, same: str) -> None:
    assert folded(typed) == same


def test_words_are_the_name_its_sound_its_initials_and_the_code() -> None:
    assert HOSPITAL.split("|") == [
        "江 西 省 鹰 潭 市 第 12 人 民 医 院",
        "jiang xi sheng ying tan shi di 12 ren min yi yuan",
        "j x s y t s d 12 r m y y",
        "#h360602001",
    ]
    assert words_of("بيمارستان آيت‌الله كاشاني", "ir-8-1") == "بیمارستان ایت الله کاشانی|#ir81|#81"
    assert words_of("重庆市吕梁Union医院", "x").split("|")[1] == "chong qing shi lv liang union yi yuan"


@pytest.mark.parametrize(("code", "typed"), [("cn-360600", "360600"), ("ir-8-120", "8-12"), ("CN-H360600", "h3606")])
def test_a_code_is_found_with_its_country_and_without(code: str, typed: str) -> None:
    words = words_of("x", code)
    for each in (code, typed):
        assert begins_a_word("#" + folded(each)).search(words)
        assert (True, "#" + folded(each)) in [(whole, term[: len(folded(each)) + 1]) for whole, term in terms_of(words)]
    assert words_of("x", "H-360600").endswith("|#h360600")


def test_an_entry_without_a_name_is_not_found() -> None:
    assert words_of("", "H1") == words_of("---", "H1") == ""
    assert list(terms_of("")) == []


@pytest.mark.parametrize(
    "typed", ["鹰潭", "人民医院", "12", "第12人", "yingtan", "ytsd12", "rmyy", "12renmin", "#h3606"]
)
def test_from_the_beginning_of_a_word_on(typed: str) -> None:
    assert begins_a_word(typed).search(HOSPITAL)
    assert any(term.startswith(typed) for _, term in terms_of(HOSPITAL))


@pytest.mark.parametrize("typed", ["潭鹰", "ingtan", "anshi", "360602", "2人民", "院江", "yyh", "y#h", "12#"])
def test_not_from_the_middle_of_a_word_nor_over_the_end(typed: str) -> None:
    assert not begins_a_word(typed).search(HOSPITAL)
    assert not any(term.startswith(typed) for _, term in terms_of(HOSPITAL))


def test_the_whole_beginning_is_marked() -> None:
    whole = {term for is_whole, term in terms_of(HOSPITAL) if is_whole}
    assert whole == {"江西省鹰潭市第12人民医院", "jiangxishengyingtans", "jxsytsd12rmyy", "#h360602001"}


NAMES = st.text(st.sampled_from("江西人民重𠮷ab1 ك‌ي۲-|#%ﷺ\u200f"), max_size=12)


@given(NAMES, NAMES)
def test_terms_and_the_look_through_words_find_the_same(name: str, typed: str) -> None:
    words, typed = words_of(name, "c-1"), folded(typed)
    if typed:
        by_terms = any(term.startswith(typed[:LONGEST]) for _, term in terms_of(words))
        by_words = bool(begins_a_word(typed).search(words))
        assert by_terms == by_words or (by_terms and len(typed) > LONGEST)
        assert not by_words or typed in words.replace(" ", "")  # what the database looks at first


@given(st.text(max_size=40), st.text(max_size=20))
def test_no_text_breaks_it(name: str, code: str) -> None:
    words = words_of(name, code)
    assert all(0 < len(term) <= LONGEST for _, term in terms_of(words))
    assert words == "" or 1 <= words.count("|") <= 6
