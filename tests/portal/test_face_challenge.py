"""A challenge is for one account and one member, is taken once, and is over soon."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from daftar.portal.proxy.faces.challenge import LASTS, SEQUENCES, Challenge, challenge_make, challenge_take
from daftar.portal.proxy.faces.deciding import face_decide
from daftar.portal.proxy.faces.port import Finding, Frame, Outcome, Question, Subject, Verdict
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


class Trusting:
    """Accepts whatever reaches it: what is refused here is refused before any verifier."""

    name = "trusting"

    def verify(self, question: Question) -> Finding:
        return Finding(Outcome.ACCEPTED, 0.1)


def decided(frames: list[Frame], challenge: Challenge | None = None, at: datetime = AT) -> Verdict:
    return face_decide(
        verifier=Trusting(),
        challenge=(challenge or made()).id,
        frames=frames,
        subject=MEMBER,
        reference=b"",
        holder="ana",
        at=at,
    )


def camera(words: str = "one") -> list[Frame]:
    return [Frame(step, f"{words} {step}".encode()) for step in range(5)]


def test_a_verdict_binds_this_member_for_this_account_and_soon() -> None:
    verdict = decided(camera())
    assert (verdict.outcome, verdict.verifier, verdict.distance) == (Outcome.ACCEPTED, "trusting", 0.1)
    right = {"holder": "ana", "subject": MEMBER.key, "at": AT + timedelta(minutes=9)}
    assert verdict.lets_bind(**right)
    wrong = ({"holder": "eve"}, {"subject": uuid4()}, {"at": AT + timedelta(minutes=11)}, {"at": AT - LASTS})
    assert not any(verdict.lets_bind(**(right | each)) for each in wrong)
    assert not decided(camera()).lets_bind(**right)


def test_a_capture_is_looked_at_once_under_whatever_challenge() -> None:
    challenge = made()
    assert decided(camera(), challenge).outcome is Outcome.ACCEPTED
    assert decided(camera(), challenge).outcome is Outcome.REPLAYED
    assert decided(camera()).outcome is Outcome.REPLAYED
    assert decided(camera("two")).outcome is Outcome.ACCEPTED


def test_the_same_picture_over_and_over_is_no_camera() -> None:
    assert decided([Frame(step, b"same") for step in range(5)]).outcome is Outcome.STILL_PICTURE


@pytest.mark.parametrize(
    "frames",
    [
        [],
        camera()[:4],
        [*camera(), Frame(5, b"more")],
        camera()[::-1],
        [*camera()[:4], Frame(4, bytes(250_001))],
        [*camera(), *(Frame(4, bytes([number])) for number in range(11))],
        [Frame(min(number, 4), bytes([number]) * 249_000) for number in range(9)],
    ],
    ids=["none", "too few steps", "too many steps", "backwards", "a large one", "too many", "too much"],
)
def test_a_capture_of_another_form_is_not_looked_at(frames: list[Frame]) -> None:
    assert decided(frames).outcome is Outcome.UNREADABLE
