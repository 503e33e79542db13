"""Daily quotas hold exactly, whatever the channel and however many ask at once (S1.2)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from daftar.answers import Answer, Charge, IdempotencyKey, QuotaExceeded, SharedWriter, TrackingCodes, ask, quotas
from daftar.disclosure.affiliation import AffiliationAnswer, ask_affiliation
from daftar.disclosure.agreements import AgreementTerms, charges
from daftar.store.connect import connect, transaction
from daftar.store.dialect import rows
from tests.answers.asking import AT, TODAY, question
from tests.disclosure import affiliated

ONE = Charge("fund", "1", TODAY, 5)
TWO = Charge("fund", "2", TODAY, 3)


def used(conn: Any) -> dict[str, int]:
    """What has been charged, by agreement."""
    return dict(rows(conn, "SELECT number, used FROM agreement_day"))


def test_the_first_so_many_are_granted_in_order(conn: Any) -> None:
    assert quotas.take(conn, [(ONE,)] * 7) == [True] * 5 + [False] * 2
    assert quotas.take(conn, [(ONE,), (), (ONE,)]) == [False, True, False]
    assert used(conn) == {"1": 5}


def test_a_second_agreement_is_charged_when_the_first_is_used_up(conn: Any) -> None:
    assert quotas.take(conn, [(ONE, TWO)] * 6) == [True] * 6
    assert quotas.take(conn, [(TWO,), (ONE,), (ONE, TWO), (TWO,)]) == [True, False, False, True]
    assert used(conn) == {"1": 5, "2": 3}


def test_each_day_begins_anew(conn: Any) -> None:
    tomorrow = Charge("fund", "1", TODAY + timedelta(days=1), 5)
    assert quotas.take(conn, [(ONE,)] * 5 + [(tomorrow,)]) == [True] * 6


def test_a_quota_that_is_lowered_during_the_day_grants_nothing_more(conn: Any) -> None:
    quotas.take(conn, [(ONE,)] * 4)
    assert quotas.take(conn, [(Charge("fund", "1", TODAY, 2),)]) == [False]
    assert quotas.take(conn, [(ONE,)] * 2) == [True, False]


def test_an_agreement_without_a_quota_is_never_charged() -> None:
    day, purposes = date(2026, 1, 1), frozenset({"affiliation"})
    limited = AgreementTerms(day, None, purposes, "1", 5)
    free = AgreementTerms(day, None, purposes, "2")
    other = AgreementTerms(day, None, frozenset({"certificates"}), "3")
    ended = AgreementTerms(day, day, purposes, "4")
    assert charges([limited, other, ended], "fund", "affiliation", TODAY) == (ONE,)
    assert charges([limited, free], "fund", "affiliation", TODAY) == ()
    assert charges([], "fund", "affiliation", TODAY) == ()


def test_what_is_rolled_back_was_not_charged(conn: Any) -> None:
    try:
        with transaction(conn):
            quotas.take(conn, [(ONE,)] * 3)
            raise RuntimeError("broken off")
    except RuntimeError:
        pass
    assert used(conn) == {}


def test_eligibility_beyond_the_quota_is_not_answered_and_not_journalled(conn: Any, secrets: Any) -> None:
    tracking = TrackingCodes(secrets)
    asked = [question(charges=(ONE,)) for _ in range(7)] + [question()]
    replies = ask(conn, asked, at=AT, writer=SharedWriter(), tracking=tracking)
    assert [type(each) for each in replies] == [Answer] * 5 + [QuotaExceeded] * 2 + [Answer]
    assert rows(conn, "SELECT count(*) FROM inquiry")[0][0] == 6


def test_a_retry_is_not_charged_again_and_a_refused_one_may_be_answered_tomorrow(conn: Any, secrets: Any) -> None:
    tracking, writer = TrackingCodes(secrets), SharedWriter()
    marks = [IdempotencyKey("client", uuid4(), uuid4()) for _ in range(6)]
    asked = [question(charges=(ONE,), idempotency=mark) for mark in marks]
    first = ask(conn, asked, at=AT, writer=writer, tracking=tracking)
    assert [type(each) for each in first] == [Answer] * 5 + [QuotaExceeded]
    assert ask(conn, asked, at=AT, writer=writer, tracking=tracking)[:5] == first[:5]
    assert used(conn) == {"1": 5}
    later = [question(charges=(Charge("fund", "1", TODAY + timedelta(days=1), 5),), idempotency=marks[5])]
    (answer,) = ask(conn, later, at=AT, writer=writer, tracking=tracking)
    assert isinstance(answer, Answer)


def test_many_at_once_on_both_channels_are_exactly_the_quota(database_url: str, secrets: Any) -> None:
    """Eight threads, eligibility and affiliation mixed, share an agreement of 60 a day: 60 answers, not one more."""
    tracking = TrackingCodes(secrets)
    quota = Charge("fund", "1", affiliated.TODAY, 60)
    conn = connect(database_url)
    with transaction(conn):
        affiliated.People(conn, secrets).organisation("fund", "fund", quota=60)
    conn.close()

    def work(number: int) -> int:
        own, told = connect(database_url, statement_seconds=60), 0
        for _ in range(5):
            with transaction(own):
                if number % 2:
                    asked = [question(charges=(quota,)) for _ in range(3)]
                    told += count(ask(own, asked, at=AT, writer=SharedWriter(number), tracking=tracking))
                else:
                    people = [affiliated.question(uuid4()) for _ in range(3)]
                    writer = SharedWriter(number)
                    replies = ask_affiliation(own, people, at=AT, secrets=secrets, writer=writer, tracking=tracking)
                    told += count(replies)
        own.close()
        return told

    with ThreadPoolExecutor(8) as threads:
        answered = sum(threads.map(work, range(8)))
    conn = connect(database_url)
    assert answered == 60
    assert used(conn) == {"1": 60}
    assert rows(conn, "SELECT count(*) FROM inquiry WHERE outcome <> 'refused'")[0][0] == 60
    conn.close()


def count(replies: list[Any]) -> int:
    """How many were answered."""
    return sum(isinstance(each, Answer | AffiliationAnswer) for each in replies)
