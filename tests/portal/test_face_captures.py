"""A capture is decided once: what is no capture is not looked at, and no picture of an earlier one counts again."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from daftar.config.watching import _forget
from daftar.portal.proxy.faces import captures
from daftar.portal.proxy.faces.captures import capture_keep, digests_of
from daftar.portal.proxy.faces.challenge import LASTS, Challenge, challenge_make
from daftar.portal.proxy.faces.deciding import face_decide
from daftar.portal.proxy.faces.port import Finding, Frame, Outcome, Question, Subject, Verdict
from daftar.portal.proxy.models import FaceFrame
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


class Trusting:
    """Accepts whatever reaches it: what is refused here is refused before any verifier."""

    name = "trusting"

    def verify(self, question: Question) -> Finding:
        return Finding(Outcome.ACCEPTED, 0.1)


def made() -> Challenge:
    return challenge_make(holder="ana", subject=MEMBER.key, at=AT)


def decided(
    frames: list[Frame], challenge: Challenge | None = None, at: datetime = AT, takes: timedelta = timedelta(0)
) -> Verdict:
    return face_decide(
        verifier=Trusting(),
        challenge=(challenge or made()).id,
        frames=frames,
        subject=MEMBER,
        reference=b"",
        holder="ana",
        at=at,
        takes=takes,
    )


def final(frames: list[Frame], at: datetime = AT) -> Outcome:
    """What stands after the transaction that keeps the digests."""
    verdict = decided(frames)
    return verdict.outcome if capture_keep(digests=verdict.digests, at=at) else Outcome.REPLAYED


def camera(words: str = "one") -> list[Frame]:
    return [Frame(step, f"{words} {step}".encode()) for step in range(5)]


def test_a_verdict_binds_this_member_for_this_account_and_soon() -> None:
    verdict = decided(camera())
    assert (verdict.outcome, verdict.verifier, verdict.distance) == (Outcome.ACCEPTED, "trusting", 0.1)
    right = {"holder": "ana", "subject": MEMBER.key, "at": AT + timedelta(minutes=9)}
    assert verdict.lets_bind(**right)
    wrong = ({"holder": "eve"}, {"subject": uuid4()}, {"at": AT + timedelta(minutes=11)}, {"at": AT - LASTS})
    assert not any(verdict.lets_bind(**(right | each)) for each in wrong)


def test_a_capture_counts_once_under_whatever_challenge() -> None:
    challenge = made()
    assert decided(camera(), challenge).outcome is Outcome.ACCEPTED
    assert decided(camera(), challenge).outcome is Outcome.REPLAYED
    assert final(camera()) is Outcome.ACCEPTED, "nothing was final before"
    assert decided(camera()).outcome is Outcome.REPLAYED
    assert final(camera("two")) is Outcome.ACCEPTED


@pytest.mark.parametrize("step", range(5))
def test_any_picture_of_an_earlier_capture_is_a_replay_wherever_it_stands(step: int) -> None:
    assert final(camera()) is Outcome.ACCEPTED
    again = camera("two")
    again[step] = Frame(step, camera()[-1 - step].jpeg)
    assert final(again) is Outcome.REPLAYED
    rest = camera("three")
    rest[0] = Frame(0, b"two 1" if step != 1 else b"two 2")
    assert final(rest) is Outcome.REPLAYED, "the pictures of a replay are known from then on too"


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(0, 24), min_size=5, max_size=5, unique=True), max_size=8))
def test_any_captures_in_any_order(pictures: list[list[int]]) -> None:
    FaceFrame.objects.all().delete()
    seen: set[int] = set()
    for numbers in pictures:
        found = final([Frame(step, b"%d" % number) for step, number in enumerate(numbers)])
        assert found is (Outcome.REPLAYED if seen & set(numbers) else Outcome.ACCEPTED)
        seen |= set(numbers)
    assert FaceFrame.objects.count() == len(seen)


def test_of_several_at_once_with_one_picture_in_common_one_is_new() -> None:
    """All have been judged by then: what is kept decides, and what comes second waits for it."""
    together = threading.Barrier(4)

    def keep(number: int) -> bool:
        frames = [*camera(f"capture {number}")[:4], Frame(4, b"the same")]
        try:
            together.wait()
            with transaction.atomic():
                return capture_keep(digests=digests_of(frames), at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(keep, range(4))) == [False, False, False, True]
    assert FaceFrame.objects.count() == 4 * 4 + 1


def test_the_digest_is_keyed_and_holds_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    final(camera())
    assert {field.column for field in FaceFrame._meta.concrete_fields} == {"digest", "judged_at"}
    ours = digests_of(camera())
    assert set(FaceFrame.objects.values_list("digest", flat=True)) == ours

    class Others:
        def derive(self, use: str) -> bytes:
            return b"another installation".ljust(32)

    monkeypatch.setattr(configured, "SECRETS", Others())
    assert not ours & digests_of(camera())


def test_digests_are_forgotten_after_as_many_days_as_the_setting_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures, "PIECE", 2)
    final(camera())
    final(camera("two"), AT + timedelta(days=1))
    _forget(AT + timedelta(days=90))
    assert final(camera()) is Outcome.REPLAYED
    _forget(AT + timedelta(days=90, seconds=1))
    assert FaceFrame.objects.count() == 5
    assert final(camera()) is Outcome.ACCEPTED
    assert final(camera("two")) is Outcome.REPLAYED


def test_the_same_picture_over_and_over_is_no_camera_and_no_replay_afterwards() -> None:
    """A closed lid gives black pictures, each time the same."""
    black = [Frame(step, b"black") for step in range(5)]
    assert [final(black), final(black)] == [Outcome.STILL_PICTURE, Outcome.STILL_PICTURE]
    assert not FaceFrame.objects.exists()


def test_one_picture_for_two_moves_is_no_camera() -> None:
    assert final([*camera()[:4], Frame(4, camera()[1].jpeg)]) is Outcome.STILL_PICTURE


def test_a_judged_film_sorted_into_the_moves_of_the_next_challenge_is_a_replay() -> None:
    """As it was sent; whoever writes its pictures anew has another film (ADR 0016)."""
    assert final(camera()) is Outcome.ACCEPTED
    order = (0, 2, 3, 1, 4)
    assert final([Frame(step, camera()[place].jpeg) for step, place in enumerate(order)]) is Outcome.REPLAYED
    assert final([Frame(step, camera()[place].jpeg + b" anew") for step, place in enumerate(order)]) is Outcome.ACCEPTED


def test_a_capture_that_comes_sooner_than_its_moves_take_was_not_filmed_for_them() -> None:
    takes = timedelta(seconds=20)
    soon = decided(camera(), at=AT + timedelta(seconds=19), takes=takes)
    assert soon.outcome is Outcome.TOO_SOON
    assert decided(camera("two"), at=AT + takes, takes=takes).outcome is Outcome.ACCEPTED
    capture_keep(digests=soon.digests, at=AT)
    assert decided(camera(), at=AT + takes, takes=takes).outcome is Outcome.REPLAYED, "nor does it wait for its time"


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
    assert final(frames) is Outcome.UNREADABLE
    assert not FaceFrame.objects.exists()
