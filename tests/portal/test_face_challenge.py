"""A challenge is for one account and one member, is taken once, and is over soon."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from daftar.portal.proxy.faces.challenge import LASTS, SEQUENCES, Challenge, challenge_make, challenge_take
from daftar.portal.proxy.faces.port import Outcome, Subject
from tests.portal.site import point_django_at, put_back

AT = datetime.now(UTC)
MEMBER = Subject(uuid4(), "cn-resident-id", "11010519491231002X", "某某")


@pytest.fixture(autouse=True)
def _django(database_url: str, django_db_blocker) -> Iterator[None]:
    """Django on an empty database of this test's own."""
    before = point_django_at(database_url)
    with django_db_blocker.unblock():
        yield
        put_back(before)


def made(holder: str = "ana") -> Challenge:
    return challenge_make(holder=holder, subject=MEMBER.key, at=AT)


def taken(challenge: Challenge, holder: str = "ana", after: timedelta = timedelta(seconds=40)) -> Challenge | Outcome:
    return challenge_take(challenge=challenge.id, holder=holder, subject=MEMBER.key, at=AT + after)


def test_a_challenge_is_taken_once() -> None:
    challenge = made()
    assert taken(challenge) == challenge
    assert taken(challenge) is Outcome.REPLAYED


def test_a_late_one_is_over_and_used_up() -> None:
    challenge = made()
    assert taken(challenge, after=LASTS) is Outcome.STALE
    assert taken(challenge) is Outcome.REPLAYED


def test_a_stranger_neither_takes_it_nor_uses_it_up() -> None:
    challenge = made()
    assert taken(challenge, holder="eve") is Outcome.STALE
    other = challenge_take(challenge=challenge.id, holder="ana", subject=uuid4(), at=AT)
    assert other is Outcome.STALE
    assert taken(challenge) == challenge
    assert taken(challenge, holder="eve") is Outcome.STALE


def test_one_that_nobody_made_is_unknown() -> None:
    assert challenge_take(challenge=uuid4(), holder="ana", subject=MEMBER.key, at=AT) is Outcome.STALE


def test_of_many_at_once_one_takes_it() -> None:
    challenge = made()

    def once(_: int) -> Challenge | Outcome:
        try:
            return taken(challenge)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(once, range(16)))
    assert got.count(challenge) == 1
    assert got.count(Outcome.REPLAYED) == 15


def test_it_is_not_taken_where_a_refusal_could_be_rolled_back() -> None:
    challenge = made()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        taken(challenge)
    assert taken(challenge) == challenge


def test_orders_are_random() -> None:
    assert len({made().moves for _ in range(150)}) > len(SEQUENCES) // 2
