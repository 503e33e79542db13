"""Every word of filings has its text, in the guide's words in Chinese."""

from enum import StrEnum

import pytest

from daftar.terms import texts
from daftar.terms.filings import FilingCategory, FilingState


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize(("section", "words"), [("filing_category", FilingCategory), ("filing_state", FilingState)])
def test_every_word_has_its_text(language: str, section: str, words: type[StrEnum]) -> None:
    prefix = f"{section}."
    assert {f"{prefix}{word}" for word in words} <= texts.catalogue(language).keys()


def test_the_categories_of_the_guides_time_in_its_words() -> None:
    told = [texts.text(f"filing_category.{each}", "zh") for each in list(FilingCategory)[:4]]
    assert told == ["异地安置退休人员", "异地长期居住人员", "常驻异地工作人员", "异地转诊人员"]
