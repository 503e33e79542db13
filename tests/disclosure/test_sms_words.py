"""Every reply by SMS fits one segment, in every language: 70 characters of UCS-2, 160 of GSM's alphabet (issue 6)."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from daftar.answers import Answer, Question
from daftar.disclosure.sms import words
from daftar.disclosure.sms.messages import Outcome
from daftar.store.keys import Key
from daftar.terms.gsm import in_gsm, length
from daftar.terms.outcomes import Basis, Channel, Ground, Mode, Reason, Setting, Status
from daftar.terms.texts import LANGUAGES, text
from daftar.terms.tracking_codes import TrackingCode

CODE = TrackingCode("4821773055194206")
DAY = date(2026, 12, 31)


def asked(mode: Mode) -> Question:
    return Question(Key(UUID(int=1)), DAY, "ir", Channel.SMS, Ground.OWN, mode=mode)


def answer(status: Status, until: date | None = None) -> Answer:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    reason = Reason.CONTRIBUTION_PAID
    return Answer(1, CODE, at, DAY, Setting.OUTPATIENT, status, reason, Basis.NONE, until, None, "")


def fits(line: str) -> bool:
    return length(line) <= (160 if in_gsm(line) else 70)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reply_fits_one_segment(language: str) -> None:
    lines = [
        words.answered(asked(mode), answer(status, until), language, "12393")
        for mode in (Mode.GENERAL, Mode.SPECIFIC)
        for status in Status
        for until in (None, DAY)
    ]
    lines += [words.refused(each, language, "12393") for each in Outcome if each not in SAID_OTHERWISE]
    assert len(lines) == 13
    assert all(in_gsm(line) for line in lines) == (language == "en")
    assert [line for line in lines if not fits(line)] == []


SAID_OTHERWISE = (Outcome.COVERED, Outcome.NOT_COVERED, Outcome.SILENT, Outcome.REPEATED)


def test_the_general_answer_has_status_and_code_and_nothing_else() -> None:
    line = words.answered(asked(Mode.GENERAL), answer(Status.COVERED, DAY), "fa", "1420")
    assert line == "حمایت درمانی دارد\nکد رهگیری: 4821 7730 5519 4206"  # S2.7


def test_the_specific_answer_has_the_end_date_and_says_that_it_is_todays() -> None:
    line = words.answered(asked(Mode.SPECIFIC), answer(Status.COVERED, DAY), "fa", "1420")
    assert line == "حمایت درمانی دارد تا ۱۴۰۵/۱۰/۱۰ (وضع امروز)\nکد رهگیری 4821773055194206"  # S2.8, S2.10


def test_who_is_not_covered_is_told_where_to_ask() -> None:
    line = words.answered(asked(Mode.SPECIFIC), answer(Status.NOT_COVERED), "zh", "12393")
    assert line == "不享受医疗待遇\n追踪码：4821773055194206\n如有疑问请拨打12393"  # S2.12


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_of_the_guide_stands_in_the_mismatch(language: str) -> None:
    told = words.refused(Outcome.MISMATCH, language, "1420")
    assert told.startswith(text("notice.mismatch", language).rstrip("."))  # S2.9
    assert "شعبه" in told or "经办机构" in told or "office" in told
