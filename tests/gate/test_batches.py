"""POST /eligibility-inquiries/batch where one of a thousand cannot be answered: «an item may be a problem»."""

from datetime import date
from typing import Any

import pytest

from daftar.terms.problems import Problem
from tests.gate.conftest import COVERED, UNKNOWN, Desk
from tests.gate.installation import national_code

BATCH = "/api/v1/eligibility-inquiries/batch"
STRANGE, PLACE = national_code(777), 617


@pytest.fixture(scope="module")
def strange(desk: Desk) -> str:
    """Who has a span with a reason of a later version."""
    desk.registry.span(desk.registry.person(STRANGE), date(2020, 1, 1), None)
    give(desk, "of_a_later_version")
    return STRANGE


def give(desk: Desk, reason: str) -> None:
    key = desk.registry.secrets.key("ir-national-code", STRANGE)
    desk.registry.write(("UPDATE coverage SET reason = ? WHERE key = ?", [reason, key]))


def sent(*numbers: str) -> dict[str, Any]:
    return {"inquiries": [{"subject": {"type": "ir-national-code", "number": number}} for number in numbers]}


def journalled(desk: Desk) -> int:
    return int(desk.registry.read("SELECT count(*) FROM inquiry")[0][0])


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_a_row_that_cannot_be_read_fails_one_of_a_thousand(desk: Desk, strange: str, language: str) -> None:
    numbers = [COVERED if place % 2 else UNKNOWN for place in range(1000)]
    numbers[PLACE] = strange
    before = journalled(desk)
    told = desk.post(BATCH, sent(*numbers), **{"Accept-Language": language})
    answers = told.json()["answers"]
    assert (told.status_code, len(answers)) == (200, 1000)
    assert answers.pop(PLACE) == Problem("unavailable").body(language)
    assert [each["status"] for each in answers[PLACE - 1 : PLACE + 2]] == ["not_covered", "not_covered", "covered"]
    assert len({each["tracking_code"] for each in answers}) == 999 == journalled(desk) - before


def test_it_is_asked_anew_under_the_same_key_and_the_others_are_not(desk: Desk, strange: str) -> None:
    def answered() -> list[dict[str, Any]]:
        again = desk.post(BATCH, sent(COVERED, strange, UNKNOWN), **{"Idempotency-Key": "a strange batch"})
        answers: list[dict[str, Any]] = again.json()["answers"]
        return answers

    first = answered()
    assert [each["status"] for each in first] == ["covered", 503, "not_covered"]
    assert answered() == first
    give(desk, "contribution_paid")
    try:
        mended = answered()
    finally:
        give(desk, "of_a_later_version")
    assert (mended[0], mended[2]) == (first[0], first[2])
    assert mended[1]["status"] == "covered"


def test_alone_in_its_batch_it_is_a_problem_of_its_own_too(desk: Desk, strange: str) -> None:
    told = desk.post(BATCH, sent(strange))
    assert (told.status_code, [each["status"] for each in told.json()["answers"]]) == (200, [503])
