"""Asking on both databases: one transaction, one journal row a question, the tracking code finds it again."""

from uuid import UUID, uuid4

import pytest

from daftar.answers import (
    Answer,
    IdempotencyKey,
    IdempotencyMismatch,
    SharedWriter,
    TrackingCodes,
    ask,
)
from daftar.answers.recall import read_answers, read_inquiries
from daftar.store.connect import transaction
from daftar.store.dialect import rows
from daftar.store.keys import Key
from daftar.terms.outcomes import Reason, Setting, Status
from tests.answers.asking import AT, TODAY, question, span


@pytest.fixture
def tracking(secrets) -> TrackingCodes:
    return TrackingCodes(secrets)


def put(conn, tracking, *questions, writer=None, at=AT):
    with transaction(conn):
        return ask(conn, questions, at=at, writer=writer or SharedWriter(), tracking=tracking)


def test_covered_lapsed_and_unknown_in_one_batch(conn, tracking) -> None:
    covered, lapsed, unknown = (Key(uuid4()) for _ in range(3))
    with transaction(conn):
        span(conn, covered, "2020-01-01", "2026-12-31")
        span(conn, lapsed, "2020-01-01", "2026-03-31")
    answers = put(conn, tracking, question(covered), question(lapsed), question(unknown), question(covered))
    assert [answer.status for answer in answers] == ["covered", "not_covered", "not_covered", "covered"]
    assert [answer.reason for answer in answers[1:3]] == [Reason.CONTRIBUTION_LAPSED, Reason.UNKNOWN_PERSON]
    assert len({answer.tracking_code for answer in answers}) == 4
    assert str(answers[0].valid_until) == "2026-12-31"


def test_every_answer_is_a_journal_row_that_its_code_finds(conn, tracking) -> None:
    key = Key(uuid4())
    with transaction(conn):
        span(conn, key, "2020-01-01", None)
    (answer,) = put(conn, tracking, question(key, setting=Setting.INPATIENT, purpose="care", reference="نامه ۷"))
    row = read_inquiries(conn, [tracking.id_of(answer.tracking_code)])[answer.id]
    assert (row["key"], row["asked_at"], row["service_day"]) == (key, AT, TODAY)
    assert (row["organisation"], row["account"], row["ground"]) == ("provider-1", "client-1", "agreement")
    assert (row["outcome"], row["reason"], row["shown"]) == (
        "covered",
        "contribution_paid",
        "status tracking_code payers",
    )
    assert row["reference"] == "نامه ۷"
    again = read_answers(conn, [answer.id], tracking)[answer.id]
    assert (again.tracking_code, again.status, again.payers) == (answer.tracking_code, answer.status, answer.payers)


def test_nothing_is_left_when_the_transaction_fails(conn, tracking) -> None:
    writer = SharedWriter(3)
    with pytest.raises(RuntimeError), transaction(conn):
        ask(conn, [question()], at=AT, writer=writer, tracking=tracking)
        raise RuntimeError("the caller fails after asking")
    assert rows(conn, "SELECT count(*) FROM inquiry")[0][0] == 0
    (first,) = put(conn, tracking, question(), writer=writer)
    assert first.id == 3 * 10**12  # the sequence of the failed one is free again: no gap


def test_ten_thousand_questions_are_one_transaction(conn, tracking) -> None:
    covered = Key(uuid4())
    with transaction(conn):
        span(conn, covered, "2020-01-01", "2026-12-31")
    answers = put(conn, tracking, *[question(covered if place % 2 else None) for place in range(10_000)])
    assert [answer.status for answer in answers[:4]] == ["not_covered", "covered", "not_covered", "covered"]
    assert rows(conn, "SELECT count(*) FROM inquiry")[0][0] == 10_000
    ids = [answer.id for answer in answers]
    assert ids == list(range(ids[0], ids[0] + 10_000))


def mark(word: int, body: int) -> IdempotencyKey:
    return IdempotencyKey("client-1", UUID(int=word), UUID(int=body))


def test_the_same_key_and_body_get_the_same_answer(conn, tracking) -> None:
    asked = question(idempotency=mark(1, 1))
    (first,) = put(conn, tracking, asked)
    (second,) = put(conn, tracking, asked)
    assert isinstance(second, Answer)
    assert (second.tracking_code, second.answered_at) == (first.tracking_code, first.answered_at)
    assert rows(conn, "SELECT count(*) FROM inquiry")[0][0] == 1


def test_the_same_key_with_another_body_is_refused_and_not_recorded(conn, tracking) -> None:
    put(conn, tracking, question(idempotency=mark(1, 1)))
    (second,) = put(conn, tracking, question(idempotency=mark(1, 2)))
    assert isinstance(second, IdempotencyMismatch)
    assert rows(conn, "SELECT count(*) FROM inquiry")[0][0] == 1


def test_keys_within_one_batch_are_answered_once_beside_questions_without(conn, tracking) -> None:
    same = question(idempotency=mark(1, 1))
    plain = question()
    replies = put(conn, tracking, same, plain, same, question(idempotency=mark(1, 2)), question(idempotency=mark(2, 1)))
    assert replies[0].tracking_code == replies[2].tracking_code != replies[1].tracking_code
    assert isinstance(replies[3], IdempotencyMismatch)
    assert replies[4].status == Status.NOT_COVERED
    assert rows(conn, "SELECT count(*) FROM inquiry")[0][0] == 3


def test_another_clients_key_is_another_key(conn, tracking) -> None:
    (first,) = put(conn, tracking, question(idempotency=mark(1, 1)))
    (second,) = put(conn, tracking, question(idempotency=IdempotencyKey("client-2", UUID(int=1), UUID(int=1))))
    assert first.tracking_code != second.tracking_code
