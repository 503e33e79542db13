"""Messages by SMS: which mode answers whom, what is refused and how, and that nothing is answered twice (S2.7-S2.9)."""

import importlib
import re
import threading
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from daftar.answers import SharedWriter, TrackingCodes
from daftar.disclosure.outbox import open_message
from daftar.disclosure.sms import IncomingSms, Outcome, answer_messages, limits
from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute, rows
from daftar.store.keys import Key
from daftar.terms.texts import catalogue
from tests.disclosure.callers import AT, TODAY, Callers
from tests.gate.installation import national_code

MINE, DOCTOR, STRANGE, CHINESE = "+989120000001", "+989120000002", "+989120000009", "+8613800138000"
COVERED, CHILD, UNKNOWN = national_code(1), national_code(2), national_code(99)


class Telephones(Callers):
    """People, a provider, and what they send."""

    def send(self, *texts: str, sender: str = MINE, ids: list[UUID] | None = None) -> list[Outcome]:
        """Messages that come in together."""
        ids = ids or [uuid4() for _ in texts]
        return self.together(*[IncomingSms(id, sender, "1420", text) for id, text in zip(ids, texts, strict=True)])

    def together(self, *messages: IncomingSms) -> list[Outcome]:
        """Messages of several senders."""
        conn = connect(self.url)
        with transaction(conn):
            told = answer_messages(
                conn,
                messages,
                at=AT,
                secrets=self.secrets,
                writer=SharedWriter(1),
                tracking=TrackingCodes(self.secrets),
            )
        conn.close()
        return told

    def replies(self) -> list[str]:
        """What lies in the outbox, oldest first."""
        found = self.read("SELECT sealed FROM outbox_message WHERE channel = 'sms' ORDER BY id")
        messages = [open_message(self.secrets, sealed) for (sealed,) in found]
        assert all(each.sender == "1420" for each in messages)
        return [each.text for each in messages]

    def journal(self) -> list[tuple[object, ...]]:
        """What was journalled."""
        return [
            tuple(row)
            for row in self.read("SELECT channel, mode, ground, outcome, organisation FROM inquiry ORDER BY id")
        ]


@pytest.fixture
def phones(database_url: str, secrets) -> Telephones:
    telephones = Telephones(database_url, secrets)
    person = telephones.person(COVERED, mobile=MINE)
    telephones.span(person, date(2020, 1, 1), date(2026, 12, 31))
    telephones.dependant(telephones.person(CHILD, born=date(2016, 1, 1)), person)
    telephones.organisation("clinic")
    telephones.phone("clinic", DOCTOR)
    return telephones


def sentence(name: str, language: str = "fa") -> str:
    return catalogue(language)[f"sms_reply.{name}"].format(hotline={"fa": "1420", "zh": "12393"}[language])


def test_the_insured_reads_status_end_date_and_code(phones: Telephones) -> None:
    assert phones.send(COVERED) == [Outcome.COVERED]
    (reply,) = phones.replies()
    assert reply.startswith("حمایت درمانی دارد تا ۱۴۰۵/۱۰/۱۰")
    assert phones.journal() == [("sms", "specific", "own", "covered", None)]


def test_a_main_insured_asks_about_a_minor_child(phones: Telephones) -> None:
    assert phones.send(CHILD) == [Outcome.NOT_COVERED]
    assert phones.journal() == [("sms", "specific", "dependant", "not_covered", None)]


def test_a_provider_reads_status_and_code_alone(phones: Telephones) -> None:
    assert phones.send(COVERED, UNKNOWN, sender=DOCTOR) == [Outcome.COVERED, Outcome.NOT_COVERED]
    covered, unknown = phones.replies()
    assert covered.split("\n")[0] == "حمایت درمانی دارد"
    assert unknown.split("\n")[0] == "حمایت درمانی ندارد"
    assert "۱۴۰۵" not in covered
    assert phones.journal() == [
        ("sms", "general", "agreement", "covered", "clinic"),
        ("sms", "general", "agreement", "not_covered", "clinic"),
    ]
    assert phones.read("SELECT account FROM inquiry")[0][0] == f"mobile:{phones.mobile(DOCTOR).hex}"


def test_a_doctor_who_is_insured_too_gets_the_specific_answer_about_themself_only(phones: Telephones) -> None:
    own = national_code(7)
    phones.person(own, mobile=DOCTOR)
    phones.send(own, COVERED, sender=DOCTOR)
    assert [row[1] for row in phones.journal()] == ["specific", "general"]


def test_strangers_read_the_sentence_of_the_guide_whoever_is_known(phones: Telephones) -> None:
    assert phones.send(COVERED, UNKNOWN, sender=STRANGE) == [Outcome.MISMATCH] * 2
    assert phones.replies() == [sentence("mismatch")] * 2
    assert phones.send(UNKNOWN) == [Outcome.MISMATCH]  # and an insured person who asks about somebody else
    assert phones.journal() == []


def test_the_same_statements_for_an_unknown_person_and_a_mismatch(
    phones: Telephones, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S2.9 decision: nothing but values differs in what the database is asked."""
    asked: list[str] = []
    for module in ("senders", "sms.limits", "meant", "mismatches", "outbox"):
        _listen(monkeypatch, f"daftar.disclosure.{module}", asked)
    phones.send(COVERED, sender=STRANGE)
    known, asked[:] = list(asked), []
    phones.send(UNKNOWN, sender=STRANGE)
    assert known == asked
    assert len(known) > 4


def _listen(monkeypatch: pytest.MonkeyPatch, module: str, asked: list[str]) -> None:
    """Write down each statement that a module gives to the database."""
    for name in ("execute", "rows", "execute_many"):
        if real := getattr(importlib.import_module(module), name, None):
            monkeypatch.setattr(f"{module}.{name}", partial(_heard, real, asked))


def _heard(real: Callable[..., object], asked: list[str], conn: object, sql: str, *more: object) -> object:
    asked.append(sql)
    return real(conn, sql, *more)


@pytest.mark.parametrize(
    "text", ["", "   ", "سلام", "👩‍⚕️", "1" * 1000, "0012345678 0012345679 09120000001 x", "1" * 11 + "و", "\x00", "٣"]
)
def test_what_is_no_code_is_answered_properly(phones: Telephones, text: str) -> None:
    for sender in (MINE, STRANGE):
        (told,) = phones.send(text, sender=sender)
        assert told in (Outcome.WRONG_CODE, Outcome.MISMATCH)
    assert phones.journal() == []


def mistyped(code: str) -> str:
    """A national code with a slip of the hand: a foreign national's number at best."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def foreigner(phones: Telephones, number: str, *, starts: date) -> Key:
    """A known foreign national with a telephone, whose cover was decided on `starts`."""
    key = phones.secrets.key("ir-foreigner-number", number)
    phones.person(number, mobile=CHINESE)
    phones.write(("UPDATE person SET key = ? WHERE mobile_key = ?", [key, phones.mobile(CHINESE)]))
    phones.span(key, starts, None if starts.year == 2020 else date(2022, 1, 1))
    return key


def test_a_foreigner_is_asked_about_by_the_word_beside_the_number(phones: Telephones) -> None:
    foreigner(phones, "1234567890", starts=date(2020, 1, 1))
    assert phones.send("اتباع 1234567890", "1234567890 Foreign", sender=DOCTOR) == [Outcome.COVERED] * 2
    assert phones.send("1234567890", sender=DOCTOR) == [Outcome.WRONG_CODE]
    assert phones.replies()[-1] == sentence("wrong_code")  # which says how it is written


def test_foreigners_send_their_own_number_alone(phones: Telephones) -> None:
    """The network says who they are: nothing can be told to anybody else."""
    foreigner(phones, "1234567890", starts=date(2020, 1, 1))
    assert phones.send("1234567890", sender=CHINESE) == [Outcome.COVERED]
    assert phones.replies()[0].startswith("享受医疗待遇")  # in the language of the number's country


def test_a_mistyped_code_is_a_wrong_one_whether_or_not_somebody_is_known(
    phones: Telephones, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S2.20, ADR 0024: nobody who is covered is called uncovered by a slip, and nobody learns who is a foreigner."""
    phones.write(("UPDATE agreement SET daily_quota = 100", []))
    known, unknown = mistyped(COVERED), mistyped(CHILD)
    foreigner(phones, known, starts=date(2021, 1, 1))
    asked: list[str] = []
    for module in ("senders", "sms.limits", "meant", "mismatches", "outbox"):
        _listen(monkeypatch, f"daftar.disclosure.{module}", asked)
    for sender in (DOCTOR, MINE, STRANGE):
        statements = []
        for number in (known, unknown):
            asked.clear()
            assert phones.send(number, sender=sender) == [Outcome.WRONG_CODE]
            statements.append(list(asked))
        assert statements[0] == statements[1] != []
    assert set(phones.replies()) == {sentence("wrong_code")}
    assert phones.journal() == phones.read("SELECT used FROM agreement_day") == []


def test_a_foreigner_named_as_one_is_answered_like_nobody(phones: Telephones, monkeypatch: pytest.MonkeyPatch) -> None:
    """S2.7: the same words, statements, journal and charge for who is known and not covered, and for nobody."""
    phones.write(("UPDATE agreement SET daily_quota = 100", []))
    foreigner(phones, "1234567890", starts=date(2021, 1, 1))
    asked: list[str] = []
    for module in ("disclosure.senders", "disclosure.meant", "answers.spans", "answers.quotas", "answers.journal"):
        _listen(monkeypatch, f"daftar.{module}", asked)
    statements = []
    for number in ("1234567890", "1234567891"):
        asked.clear()
        assert phones.send(f"اتباع {number}", sender=DOCTOR) == [Outcome.NOT_COVERED]
        statements.append(list(asked))
    assert statements[0] == statements[1] != []
    known, unknown = (re.sub("[0-9]", "", each) for each in phones.replies())
    assert known == unknown
    assert phones.journal() == [("sms", "general", "agreement", "not_covered", "clinic")] * 2
    assert phones.read("SELECT used FROM agreement_day") == [(2,)]


def test_a_provider_without_agreement_is_told_so(phones: Telephones) -> None:
    phones.write(("UPDATE agreement SET ends = ?", [TODAY - timedelta(days=1)]))
    assert phones.send(COVERED, sender=DOCTOR) == [Outcome.NO_AGREEMENT]
    assert phones.replies() == [sentence("no_agreement")]


def test_a_quota_counts_by_sms_too(phones: Telephones) -> None:
    phones.write(("UPDATE agreement SET daily_quota = 1", []))
    assert phones.send(COVERED, COVERED, sender=DOCTOR) == [Outcome.COVERED, Outcome.QUOTA_EXCEEDED]
    assert len(phones.journal()) == 1


def test_mismatches_are_counted_after_all_that_was_charged(phones: Telephones, monkeypatch: pytest.MonkeyPatch) -> None:
    """One order of locks, as by USSD: quotas, then mismatches."""
    phones.write(("UPDATE agreement SET daily_quota = 9", []))
    asked: list[str] = []
    for module in ("disclosure.mismatches", "answers.quotas"):
        _listen(monkeypatch, f"daftar.{module}", asked)
    told, refused = (IncomingSms(uuid4(), DOCTOR, "1420", COVERED), IncomingSms(uuid4(), STRANGE, "1420", COVERED))
    assert phones.together(refused, told) == [Outcome.MISMATCH, Outcome.COVERED]
    first, *then = (each.split()[2] for each in asked)
    assert (first, set(then)) == ("agreement_day", {"own_entitlement_mismatch"})


def test_a_repeated_message_is_not_answered_again(phones: Telephones) -> None:
    one, other = uuid4(), uuid4()
    assert phones.send(COVERED, COVERED, ids=[one, one]) == [Outcome.COVERED, Outcome.REPEATED]
    assert phones.send(COVERED, COVERED, ids=[other, one]) == [Outcome.COVERED, Outcome.REPEATED]
    assert len(phones.journal()) == len(phones.replies()) == 2


def test_the_same_message_twice_at_the_same_moment_is_answered_once(phones: Telephones) -> None:
    ids = [uuid4() for _ in range(6)]
    told: list[Outcome] = []
    sending = [
        threading.Thread(target=lambda: told.extend(phones.send(*[COVERED] * 6, ids=ids, sender=DOCTOR)))
        for _ in range(4)
    ]
    for thread in sending:
        thread.start()
    for thread in sending:
        thread.join()
    assert sorted(told) == [Outcome.COVERED] * 6 + [Outcome.REPEATED] * 18
    assert len(phones.journal()) == len(phones.replies()) == 6


def test_a_flood_is_told_once_and_then_met_with_silence(phones: Telephones) -> None:
    before, over = limits.OF_INSURED - 2, 5
    assert set(phones.send(*[COVERED] * before)) == {Outcome.COVERED}
    assert phones.send(*[COVERED] * over) == [Outcome.COVERED] * 2 + [Outcome.TOO_MANY] + [Outcome.SILENT] * 2
    assert phones.send(COVERED) == [Outcome.SILENT]
    assert phones.replies()[-1] == sentence("too_many")
    assert len(phones.replies()) == limits.OF_INSURED + 1
    assert phones.send(COVERED, sender=DOCTOR) == [Outcome.COVERED]  # others are not touched


def test_mismatches_about_one_person_run_out(phones: Telephones) -> None:
    told = phones.send(*[COVERED] * 7, sender=STRANGE)
    assert told == [Outcome.MISMATCH] * 5 + [Outcome.TOO_MANY] * 2
    assert phones.send(COVERED) == [Outcome.COVERED]  # a matching mobile is never blocked by others


def test_what_was_kept_to_know_repeats_is_forgotten(phones: Telephones, conn) -> None:
    phones.send(COVERED)
    for forget in (limits.forget_taken, limits.forget_counts):
        assert forget(conn, AT + limits.KEPT + timedelta(hours=3)) == 1
    assert rows(conn, "SELECT 1 FROM sms_taken") == rows(conn, "SELECT 1 FROM sms_sender_hour") == []
    execute(conn, "SELECT 1")
