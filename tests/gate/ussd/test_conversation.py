"""Dialogues with the menu in the database: what is told to whom, once, and what is journalled (S2.7-S2.9, S2.20)."""

import asyncio
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import pytest

from daftar.answers import ask
from daftar.disclosure.mismatches import count_mismatch
from daftar.gate.desk import Desk
from daftar.gate.tidying import EACH_MINUTE, tidy
from daftar.gate.ussd import errands
from daftar.gate.ussd.sessions import forget_dialogues
from daftar.store.connect import transaction
from daftar.store.dialect import rows
from daftar.store.keys import Key
from daftar.terms.tracking_codes import read_tracking_code
from tests.gate.installation import national_code
from tests.gate.ussd.conftest import COVERED, DOCTOR, LAPSED, LAPSED_OWN, OWN, STRANGER, UNKNOWN, Telephones, phone

CODE = re.compile(r"\d{4}[ \u00a0]\d{4}[ \u00a0]\d{4}[ \u00a0]\d{4}")


def code_in(screen: str) -> str:
    return read_tracking_code(CODE.search(screen).group())


def forget(telephones: Telephones, at: datetime, most: int) -> None:
    """As a gate does each minute; a machine too busy for the desk's deadline does it the next time."""
    desk = Desk(telephones.url)
    for _ in range(30):
        if not asyncio.run(tidy(desk, EACH_MINUTE, at, most)):
            break
    desk.stop()


def test_the_insured_hears_until_when_and_the_tracking_code(telephones: Telephones) -> None:
    said = telephones.dial(OWN, "1", COVERED)
    assert said.ends
    assert said.text.startswith("حمایت درمانی دارد\nتا ۱۴۰۵/۱۲/۲۹ طبق شرایط امروز\nکد رهگیری:\n")  # S2.8, S2.10
    assert code_in(said.text)
    (row,) = telephones.journal()
    assert row[:6] == ("specific", "covered", "own", None, None, "ussd")


def test_who_is_not_covered_hears_why(telephones: Telephones) -> None:
    said = telephones.dial(LAPSED_OWN, "1", LAPSED)
    assert (said.ends, said.text.split("\n")[0]) == (False, "حمایت درمانی ندارد")
    why = telephones.dial(LAPSED_OWN, "1", LAPSED, "1")
    assert why.text.startswith("پرداخت حق بیمه قطع شده")
    last = telephones.dial(LAPSED_OWN, "1", LAPSED, "1", "1")
    assert last.ends
    assert last.text.endswith("بپردازید.")


def test_a_provider_hears_two_words_and_a_code_and_may_ask_on(telephones: Telephones) -> None:
    said = telephones.dial(DOCTOR, "2", COVERED)
    assert not said.ends
    assert re.fullmatch(rf"حمایت درمانی دارد\nکد رهگیری:\n{CODE.pattern}\n1 بیمار بعدی", said.text)  # S2.7: no more
    telephones.dial(DOCTOR, "2", COVERED, "1", LAPSED)
    rows = telephones.journal()
    account = f"mobile:{telephones.secrets.mobile_key(DOCTOR).hex}"
    assert [row[:6] for row in rows[:1]] == [("general", "covered", "agreement", "provider-1", account, "ussd")]
    assert [row[1] for row in rows] == ["covered", "covered", "not_covered"]


def test_a_mismatch_and_an_unknown_person_are_told_the_same(telephones: Telephones) -> None:
    mismatch, unknown = telephones.dial(OWN, "1", LAPSED), telephones.dial(OWN, "1", UNKNOWN)
    assert mismatch == unknown
    assert mismatch.text.startswith("عدم تطابق کد ملی با شماره موبایل\n")  # S2.9
    assert "شعبه" in mismatch.text
    assert telephones.journal() == []


def test_after_five_mismatches_the_number_hears_to_wait_and_a_match_is_still_told(telephones: Telephones) -> None:
    said = []
    for _ in range(6):
        said.append(telephones.dial(STRANGER, "1", COVERED).text.split()[0])
        telephones.later(minutes=2)
    assert said == ["عدم"] * 5 + ["تلاش"]
    assert telephones.dial(OWN, "1", COVERED).told


def test_only_a_registered_telephone_asks_about_patients(telephones: Telephones) -> None:
    assert "2 بیمار" not in telephones.dial(OWN).text
    assert "2 بیمار" in telephones.dial(DOCTOR).text
    assert "مراکز درمانی" in telephones.dial(OWN, "2").text
    assert telephones.journal() == []


def test_a_provider_without_an_agreement_today_is_told_so(telephones: Telephones) -> None:
    telephones.registry.organisation("provider-2", ends=date(2026, 11, 21))
    phone(telephones.registry, "provider-2", STRANGER)
    assert telephones.dial(STRANGER, "2", COVERED).text.startswith("تفاهم‌نامه")
    assert telephones.journal() == []


def test_the_quota_of_an_agreement_holds_here_too(telephones: Telephones) -> None:
    telephones.registry.write(("UPDATE agreement SET daily_quota = 1", []))
    first, second = telephones.dial(DOCTOR, "2", COVERED), telephones.dial(DOCTOR, "2", LAPSED)
    assert first.told
    assert second.text.startswith("سهمیه")
    assert len(telephones.journal()) == 1


def test_a_telephone_of_two_providers_says_for_which_it_asks(telephones: Telephones) -> None:
    telephones.registry.organisation("provider-0")
    phone(telephones.registry, "provider-0", DOCTOR)
    assert telephones.dial(DOCTOR, "2").text == "از طرف کدام مرکز؟\n1 provider-0\n2 provider-1"
    telephones.dial(DOCTOR, "2", "2", COVERED)
    assert [row[3] for row in telephones.journal()] == ["provider-1"]


def test_all_can_be_dialled_at_once(telephones: Telephones) -> None:
    (said,) = telephones.say(telephones.heard(OWN, "at once", "1", COVERED))
    assert said.told
    (again,) = telephones.say(telephones.heard(OWN, "at once", "1", COVERED))
    assert again.text == said.text
    assert len(telephones.journal()) == 1


def test_what_is_repeated_or_overtaken_hears_the_last_screen_and_is_journalled_once(telephones: Telephones) -> None:
    words = ("2", COVERED, "1", LAPSED)
    said = [telephones.say(telephones.heard(DOCTOR, "one", *words[:upto]))[0].text for upto in range(5)]
    repeated = telephones.say(*(telephones.heard(DOCTOR, "one", *words[:upto]) for upto in (4, 2, 0, 4)))
    assert {each.text for each in repeated} == {said[-1]}
    assert len(telephones.journal()) == 2


def test_the_same_word_twice_in_one_batch_is_taken_once(telephones: Telephones) -> None:
    heard = telephones.heard(OWN, "twice", "1", COVERED)
    first, second = telephones.say(heard, heard)
    assert first.text == second.text
    assert len(telephones.journal()) == 1


def test_other_words_than_those_taken_end_it(telephones: Telephones) -> None:
    telephones.say(telephones.heard(OWN, "changed", "1"))
    assert telephones.say(telephones.heard(OWN, "changed", "2", COVERED))[0].text.startswith("این گفت‌وگو تمام شده است")
    assert telephones.say(telephones.heard(OWN, "changed", "1", COVERED))[0].told


def test_nobody_goes_on_with_the_dialogue_of_another_number(telephones: Telephones) -> None:
    telephones.say(telephones.heard(DOCTOR, "mine", "2"))
    assert telephones.say(telephones.heard(STRANGER, "mine", "2", COVERED))[0].text.startswith("این گفت‌وگو")
    assert telephones.journal() == []


def test_a_late_word_finds_the_dialogue_over_and_nothing_left_of_it(telephones: Telephones) -> None:
    telephones.say(telephones.heard(OWN, "late", "1"))
    telephones.later(minutes=6)
    assert telephones.say(telephones.heard(OWN, "late", "1", COVERED))[0].text.startswith("این گفت‌وگو")
    with transaction(telephones.conn):
        forget_dialogues(telephones.conn, telephones.at)
    assert rows(telephones.conn, "SELECT sealed, caller FROM ussd_dialogue") == [(None, None)]
    assert telephones.say(telephones.heard(OWN, "late", "1", COVERED))[0].text.startswith("این گفت‌وگو")
    assert telephones.journal() == []
    telephones.later(days=3)
    forget(telephones, telephones.at, most=5000)
    assert rows(telephones.conn, "SELECT count(*) FROM ussd_dialogue") == [(0,)]


def test_forgetting_goes_on_until_all_is_wiped(telephones: Telephones) -> None:
    telephones.say(*(telephones.heard(OWN, f"piece {n}", "1") for n in range(5)))
    forget(telephones, telephones.at + timedelta(minutes=6), most=2)
    assert rows(telephones.conn, "SELECT count(*) FROM ussd_dialogue WHERE sealed IS NULL AND ended") == [(5,)]


def test_what_is_kept_of_a_dialogue_is_sealed(telephones: Telephones) -> None:
    telephones.dial(LAPSED_OWN, "1", LAPSED)
    ((sealed,),) = rows(telephones.conn, "SELECT sealed FROM ussd_dialogue")
    assert LAPSED.encode() not in bytes(sealed)
    assert "ندارد".encode() not in bytes(sealed)


def test_the_last_codes_are_told_to_the_number_that_asked(telephones: Telephones) -> None:
    said = [telephones.dial(DOCTOR, "2", number) for number in (COVERED, LAPSED, COVERED, LAPSED)]
    listed = telephones.dial(DOCTOR, "3")
    assert listed.ends
    assert sorted(map(read_tracking_code, CODE.findall(listed.text))) == sorted(code_in(each.text) for each in said[1:])
    assert telephones.dial(OWN, "3").text.startswith("در ده روز گذشته")
    telephones.later(days=11)
    assert telephones.dial(DOCTOR, "3").text.startswith("در ده روز گذشته")


def test_an_objection_is_taken_down_for_who_was_told(telephones: Telephones) -> None:
    said = telephones.dial(LAPSED_OWN, "1", LAPSED, "2")
    assert "1 بله" in said.text
    objected = telephones.dial(LAPSED_OWN, "1", LAPSED, "2", "1")
    assert objected.ends
    number = re.search(r"\d{4}-\d{5}-\d{5}", objected.text).group()
    assert [(row[0], row[5]) for row in telephones.journal() if row[0] == "case_objection"] == [
        ("case_objection", "ussd")
    ]
    code = code_in(telephones.dial(LAPSED_OWN, "3").text)
    assert number in telephones.dial(LAPSED_OWN, "4", code, "1").text  # the same answer again: the same number
    assert telephones.dial(OWN, "4", code, "1").text == "پاسخی با این کد برای شما نیست."


def test_a_number_that_dials_without_end_is_asked_to_wait(telephones: Telephones) -> None:
    said = [telephones.dial(STRANGER).ends for _ in range(11)]
    assert said == [False] * 10 + [True]
    telephones.later(minutes=2)
    assert not telephones.dial(STRANGER).ends


def test_a_foreign_nationals_number_is_taken_only_when_it_is_said_to_be_one(telephones: Telephones) -> None:
    mistyped = national_code(3)[:-1] + str((int(national_code(3)[-1]) + 1) % 10)
    doubted = telephones.dial(DOCTOR, "2", mistyped)
    assert "1 شماره اتباع است" in doubted.text
    assert telephones.journal() == []
    assert telephones.dial(DOCTOR, "2", mistyped, "1").text.startswith("حمایت درمانی ندارد")


def foreigner(telephones: Telephones, number: str) -> Key:
    """A known foreign national with a telephone; not covered yet."""
    key = telephones.secrets.key("ir-foreigner-number", number)
    telephones.registry.person(number, mobile=STRANGER)
    mobile = telephones.secrets.mobile_key(STRANGER)
    telephones.registry.write(("UPDATE person SET key = ? WHERE mobile_key = ?", [key, mobile]))
    return key


def test_a_foreign_national_whose_number_looks_like_a_national_code_is_found(telephones: Telephones) -> None:
    """As by SMS (ADR 0024): where nobody is known under the code, the one known under the number is meant."""
    number = national_code(4)
    telephones.registry.span(foreigner(telephones, number), date(2020, 1, 1), None)
    assert telephones.dial(DOCTOR, "2", number).text.startswith("حمایت درمانی دارد")
    assert telephones.dial(STRANGER, "1", number).text.startswith("حمایت درمانی دارد")
    assert telephones.dial(OWN, "1", number).text.startswith("عدم تطابق")


def test_somebody_who_is_not_covered_and_nobody_are_told_and_journalled_the_same(telephones: Telephones) -> None:
    """S2.7: the words, the journal and the charge, with a certain number and with a doubtful one."""
    telephones.registry.write(("UPDATE agreement SET daily_quota = 100", []))
    foreigner(telephones, "1234567890")
    for pair, more in (((LAPSED, UNKNOWN), ()), (("1234567890", "1234567893"), ("1",))):
        known, unknown = (CODE.sub("", telephones.dial(DOCTOR, "2", number, *more).text) for number in pair)
        assert known == unknown
    assert len({tuple(row) for row in telephones.journal()}) == 1
    assert rows(telephones.conn, "SELECT used FROM agreement_day") == [(4,)]


def spied(order: list[str], real: Callable[..., object], *values: object, **more: object) -> object:
    order.append(real.__name__)
    return real(*values, **more)


def test_mismatches_are_counted_after_all_that_was_charged(
    telephones: Telephones, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One order of locks, as by SMS; a repeated last word still hears what the first one heard."""
    order: list[str] = []
    for name, real in (("ask", ask), ("count_mismatch", count_mismatch)):
        monkeypatch.setattr(errands, name, partial(spied, order, real))
    wrong = telephones.heard(STRANGER, "wrong", "1", COVERED)
    first = telephones.heard(DOCTOR, "right", "2", COVERED)
    said = telephones.say(wrong, first, wrong, telephones.heard(DOCTOR, "right", "2", COVERED, "1", LAPSED))
    assert order == ["ask", "ask", "count_mismatch"]
    assert said[0].text == said[2].text
    assert [len(each.told) for each in said] == [0, 1, 0, 1]


def test_words_by_smpp_go_on_until_the_number_dials_again(telephones: Telephones) -> None:
    begin = telephones.by_smpp(DOCTOR, "m1", begins=True)
    menu = telephones.say(begin)[0]
    assert telephones.say(begin)[0] == menu
    telephones.say(telephones.by_smpp(DOCTOR, "m2", "2"))
    asked = telephones.by_smpp(DOCTOR, "m3", COVERED)
    told = telephones.say(asked, asked)
    assert told[0].text == told[1].text
    assert telephones.say(asked)[0].text == told[0].text
    assert telephones.say(telephones.by_smpp(DOCTOR, "m2", "2"))[0].text == told[0].text  # out of order
    assert len(telephones.journal()) == 1
    assert telephones.say(telephones.by_smpp(DOCTOR, "m4", begins=True))[0].text == menu.text
    telephones.later(minutes=6)
    assert telephones.say(telephones.by_smpp(DOCTOR, "m5", "2"))[0].text.startswith("این گفت‌وگو")


def test_a_number_that_dials_by_smpp_without_end_is_asked_to_wait(telephones: Telephones) -> None:
    ends = [telephones.say(telephones.by_smpp(STRANGER, f"m{n}", begins=True))[0].ends for n in range(11)]
    assert ends == [False] * 10 + [True]


@pytest.mark.parametrize("word", ["", "9", "*", "😀", "الف", "1" * 1000, "\u202e1", "0" * 65])
def test_whatever_is_typed_gets_an_answer(telephones: Telephones, word: str) -> None:
    for place in ((), ("1",), ("2",), ("4",), ("5",)):
        assert telephones.dial(DOCTOR, *place, word, word).text
        telephones.later(minutes=2)
    assert telephones.journal() == []
