"""Every screen fits: 182 characters of 7 bits, 80 of Persian and Chinese (S2.20)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from daftar.gate.ussd import menu, screens
from daftar.gate.ussd.dialogue import Dialogue, hear
from daftar.gate.ussd.menu import PLACES
from daftar.terms.calendars import show_day_short
from daftar.terms.gsm import fits_screen, in_gsm, length
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Reason, Status
from daftar.terms.texts import LANGUAGES, catalogue, text

CODE = "4821773055194206"
DAY = date(2026, 12, 31)


def every_screen(language: str) -> Iterator[str]:
    """All that can be shown, with the longest of what can stand in it."""
    hotline = max((each.hotline for each in jurisdictions().values()), key=len)
    values = {"code": screens.spaced(CODE, language), "day": show_day_short(DAY, language), "hotline": hotline}
    values |= {"number": "4821-77305-51942"}
    for status in Status:
        said = values | {"status": text(f"status.{status}", language)}
        for name, place in PLACES.items():
            if place.heading:
                yield screens.screen(name, language, **said)
        for name in (menu.OWN, menu.PATIENT, menu.OBJECT, menu.DOUBT_OWN):
            for wrong in ("wrong", "wrong_length", "wrong_check_digit"):
                yield screens.screen(name, language, heading=wrong, **said)
        for code in catalogue(language):
            section, _, name = code.partition(".")
            if section == "ussd":
                yield screens.words(name, language, **said)
    yield screens.choose_language()
    codes = [(CODE, datetime(2026, 11, day, 9, 59, tzinfo=UTC)) for day in (20, 21, 22)]
    yield screens.code_lines(codes, jurisdictions()["ir"], datetime(2026, 11, 22, 20, tzinfo=UTC), language)
    for name in ("بیمارستان فوق تخصصی و آموزشی امام خمینی و دانشگاه", "医院" * 30, "Hospital of the University " * 3):
        for more in (True, False):
            yield screens.choose_organisation([name] * screens.ORGANISATIONS_A_PAGE, language, more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_fits(language: str) -> None:
    shown = list(every_screen(language))
    assert len(shown) > 60
    assert [each for each in shown if not fits_screen(each)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_told_in_screens_that_fit(language: str, reason: Reason) -> None:
    whole = f"{text(f'reason.{reason}', language)} {text(f'next.{reason}', language, hotline='12393')}"
    dialogue = Dialogue("ir", language, why=screens.pages(whole, language), place=menu.TOLD_NOT)
    hear(dialogue, "1")
    told = [dialogue.screen]
    while not dialogue.ended:
        hear(dialogue, "1")
        told.append(dialogue.screen)
    assert all(map(fits_screen, told))
    lines = [line for each in told for line in each.split("\n") if not line.startswith("1 ")]
    assert "".join(lines).replace(" ", "") == whole.replace(" ", "")  # nothing is lost between two screens


def test_english_is_written_in_seven_bits() -> None:
    assert [each for each in every_screen("en") if not in_gsm(each) and each != screens.choose_language()] == [
        screens.choose_organisation([name] * 3, "en", more)
        for name in ("بیمارستان فوق تخصصی و آموزشی امام خمینی و دانشگاه", "医院" * 30)
        for more in (True, False)
    ]


def test_lengths_are_those_of_the_network() -> None:
    assert (length("abc"), length("a€"), length("سلام"), length("😀")) == (3, 3, 4, 2)
    assert fits_screen("a" * 182)
    assert not fits_screen("a" * 183)
    assert fits_screen("س" * 80)
    assert not fits_screen("س" * 81)


def test_languages_are_chosen_in_their_own_words_and_stay() -> None:
    dialogue = Dialogue("ir", "fa")
    dialogue.show(menu.MENU)
    hear(dialogue, "5")
    assert dialogue.screen == "1 فارسی\n2 中文\n3 English"
    hear(dialogue, "۲")  # a Persian keypad
    assert dialogue.screen.startswith("医疗待遇查询\n1 我的待遇")
    hear(dialogue, "1")
    hear(dialogue, "0")
    assert dialogue.screen.startswith("医疗待遇查询")


def test_five_providers_are_chosen_among_page_by_page() -> None:
    dialogue = Dialogue("ir", "en", registered=True, organisations=[(f"p{n}", f"Clinic {n}") for n in range(5)])
    dialogue.show(menu.MENU)
    for typed, last in (("2", "9 More"), ("9", "9 More"), ("9", "9 More"), ("9", "9 More")):
        hear(dialogue, typed)
        assert dialogue.screen.endswith(last)
    hear(dialogue, "2")
    assert dialogue.organisation == "p4"


def test_after_three_wrong_words_it_is_over() -> None:
    dialogue = Dialogue("cn", "zh")
    dialogue.show(menu.OWN)
    hear(dialogue, "12")
    assert dialogue.screen.startswith("号码位数不正确")
    hear(dialogue, "x")
    hear(dialogue, "y")
    assert dialogue.ended
    assert "12393" in dialogue.screen
