"""The HTTP verifier against a real server that answers, is slow, says nonsense, or is not there."""

import base64
import socket
import threading
import time
from uuid import uuid4

import pytest

from daftar.portal.proxy.faces.authority import AuthorityVerifier
from daftar.portal.proxy.faces.port import Frame, Move, Outcome, Question, Subject
from daftar.portal.proxy.faces.task import Found, Task
from tests.portal.identity_authority import Authority, served
from tests.portal.posing import EILEEN, filmed

MOVES = (Move.LEFT, Move.CLOSER, Move.RIGHT, Move.LEFT)
MEMBER = Subject(uuid4(), "cn-resident-id", "11010519491231002X", "某某")
SECONDS = 0.6


def question() -> Question:
    frames = [Frame(step, f"frame {step}".encode()) for step in range(5)]
    return Question(uuid4(), MOVES, frames, MEMBER)


def alive(task: Task) -> Found:
    """Whoever it is, is alive; the third frame shows them best."""
    return Found(Outcome.ACCEPTED, portrait=2)


def asking(authority: Authority, **options: object) -> AuthorityVerifier:
    return AuthorityVerifier(authority.url, "a-token", **({"seconds": SECONDS, "judge": alive} | options))


@pytest.mark.parametrize(
    ("said", "outcome"),
    [("same", Outcome.ACCEPTED), ("other", Outcome.OTHER_PERSON), ("unknown", Outcome.NO_REFERENCE)],
)
def test_what_the_authority_says_is_the_outcome(said: str, outcome: Outcome) -> None:
    asked = question()
    with served(Authority(answer=f'{{"outcome":"{said}","more":1}}'.encode())) as authority:
        finding = asking(authority).verify(asked)
    assert (finding.outcome, finding.distance) == (outcome, None)
    assert authority.asked == [
        {
            "request": str(asked.challenge),
            "identifier": {"type": "cn-resident-id", "number": "11010519491231002X"},
            "name": "某某",
            "portrait": base64.b64encode(b"frame 2").decode(),
        }
    ]
    assert authority.tokens == ["Bearer a-token"]


@pytest.mark.parametrize("refused", [Outcome.STILL_PICTURE, Outcome.TWO_FACES, Outcome.UNAVAILABLE])
def test_nobody_is_asked_about_who_is_not_alive(refused: Outcome) -> None:
    with served(Authority()) as authority:
        finding = asking(authority, judge=lambda task: Found(refused)).verify(question())
    assert finding.outcome is refused
    assert authority.asked == []


def test_liveness_is_judged_by_the_real_process() -> None:
    frames = filmed(EILEEN, MOVES)
    with served(Authority()) as authority:
        verifier = AuthorityVerifier(authority.url, "a-token")
        finding = verifier.verify(Question(uuid4(), MOVES, frames, MEMBER))
        still = verifier.verify(Question(uuid4(), MOVES, filmed(EILEEN, MOVES, flat=True), MEMBER))
    assert (finding.outcome, still.outcome) == (Outcome.ACCEPTED, Outcome.STILL_PICTURE)
    assert [each["portrait"] for each in authority.asked] == [base64.b64encode(frames[0].jpeg).decode()]


NONSENSE = (
    *(b"", b"same", b"[]", b'"same"', b"{}", b"\xff\xfe{}", b"[" * 9000),
    *(b'{"outcome":"SAME"}', b'{"outcome":["same"]}', b'{"outcome":null}', b'{"outcome":"same"}' + b" " * 10_000),
)


@pytest.mark.parametrize("answer", NONSENSE)
def test_nonsense_decides_nothing(answer: bytes) -> None:
    with served(Authority(answer=answer)) as authority:
        assert asking(authority).verify(question()).outcome is Outcome.UNAVAILABLE


@pytest.mark.parametrize("status", [201, 302, 307, 401, 404, 429, 500, 503])
def test_only_200_is_an_answer_and_nothing_is_followed(status: int) -> None:
    with served(Authority(status=status)) as authority:
        assert asking(authority).verify(question()).outcome is Outcome.UNAVAILABLE
    assert len(authority.asked) == 1


@pytest.mark.parametrize("manner", ["silent", "dripping_head", "dripping_answer", "cut_short", "hanging_up"])
def test_a_slow_or_broken_answer_ends_in_time(manner: str) -> None:
    with served(Authority(manner=manner)) as authority:
        begun = time.monotonic()
        assert asking(authority).verify(question()).outcome is Outcome.UNAVAILABLE
        assert time.monotonic() - begun < 2 * SECONDS
    assert len(authority.asked) == 1


def test_an_authority_that_is_away_or_never_accepts() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{full.getsockname()[1]}/"
        assert AuthorityVerifier(url, "t", SECONDS, alive).verify(question()).outcome is Outcome.UNAVAILABLE
        full.listen(1)  # takes the connection and never reads it
        begun = time.monotonic()
        assert AuthorityVerifier(url, "t", SECONDS, alive).verify(question()).outcome is Outcome.UNAVAILABLE
        assert time.monotonic() - begun < 2 * SECONDS


def test_no_thread_stays_behind() -> None:
    with served(Authority()) as authority:
        asking(authority, seconds=60).verify(question())
    waiting = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
    for thread in waiting:
        thread.join(5)
    assert not any(thread.is_alive() for thread in waiting)


def test_identifiers_are_sent_in_the_clear_to_this_machine_alone() -> None:
    AuthorityVerifier("https://authority.example/compare", "t")
    with pytest.raises(ValueError, match="https"):
        AuthorityVerifier("http://authority.example/compare", "t")
