"""A question that cannot be answered is split off, also from the others of its request; the others are answered."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.answers import Answer, Charge, IdempotencyKey, TrackingCodes
from daftar.disclosure.sms import IncomingSms, Outcome
from daftar.gate import lanes
from daftar.gate.answering import Answering
from daftar.gate.coalescer import Coalescer
from daftar.gate.lanes import Entry, Lane, Poisoned, Result, Unavailable, Unreadable
from daftar.gate.problems import Problem
from daftar.store.connect import transaction
from daftar.store.dialect import execute, rows
from daftar.store.keys import Key
from daftar.terms.mobiles import Mobile
from tests.answers.asking import TODAY, question, span
from tests.gate.through import through

BAD = Key(UUID(int=7))


@pytest.fixture(scope="module", autouse=True)
def _time_to_search() -> Iterator[None]:
    """Also on a busy machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lanes, "SEARCH_SECONDS", 60)
        yield


@pytest.fixture
def lane(database_url: str, conn: Any, secrets: Any) -> Iterator[Lane]:
    """A lane of a real gate; the span of BAD gives a reason of a later version."""
    with transaction(conn):
        span(conn, BAD, "2020-01-01", None, reason="of_a_later_version")
    with running(Lane("lane", database_url, Answering(secrets, TrackingCodes(secrets)))) as lane:
        yield lane


class running:
    """Lanes from here to the end of the block."""

    def __init__(self, *lanes: Lane) -> None:
        self.lanes = lanes

    def __enter__(self) -> Any:
        for lane in self.lanes:
            lane.start()
        return self.lanes[0] if len(self.lanes) == 1 else self.lanes

    def __exit__(self, *_: object) -> None:
        for lane in self.lanes:
            lane.stop()


def journalled(conn: Any) -> int:
    return int(rows(conn, "SELECT count(*) FROM inquiry")[0][0])


def kinds(results: list[Result]) -> list[list[type]]:
    return [[type(each) for each in result] for result in results]


def test_the_one_at_fault_is_found_in_a_thousand(lane: Lane, conn: Any) -> None:
    asked = [question() for _ in range(1000)]
    for place in (0, 499, 998):
        asked[place] = question(BAD)
    (told,) = through(lane, [asked])
    assert [place for place, each in enumerate(told) if each == Unreadable()] == [0, 499, 998]
    answers = [each for each in told if isinstance(each, Answer)]
    assert len({each.tracking_code for each in answers}) == journalled(conn) == 997
    assert [each.id for each in answers] == sorted(each.id for each in answers)


def test_other_requests_of_the_batch_are_answered_whatever_they_ask(lane: Lane, conn: Any) -> None:
    texts = [IncomingSms(uuid4(), Mobile("+989120000001"), "1420", "?") for _ in range(3)]
    results = through(
        lane, [[question(), question()], [texts[0]], [question(), question(BAD)], texts[1:], [question(BAD)]]
    )
    assert kinds(results) == [[Answer] * 2, [Outcome], [Answer, Unreadable], [Outcome] * 2, [Unreadable]]
    assert rows(conn, "SELECT count(*) FROM outbox_message")[0][0] == 3


def test_what_is_not_answered_is_neither_kept_under_its_key_nor_charged(lane: Lane, conn: Any) -> None:
    """The same batch again, its row mended by then: the first answers, and one for what had none."""
    quota = (Charge("provider-1", "1", TODAY, 1000),)
    keys = [Key(UUID(int=place)) for place in (100, 101, 102)] + [BAD, Key(UUID(int=103))]
    marks = [IdempotencyKey("client-1", UUID(int=place), UUID(int=0)) for place in range(len(keys))]
    asked: Entry = [question(key, idempotency=mark, charges=quota) for key, mark in zip(keys, marks, strict=True)]
    (first,), (again,) = through(lane, [asked]), through(lane, [asked])
    assert first == again
    assert [type(each) for each in first] == [*[Answer] * 3, Unreadable, Answer]
    assert (journalled(conn), charged(conn)) == (4, 4)
    with transaction(conn):
        execute(conn, "UPDATE coverage SET reason = 'contribution_paid' WHERE key = ?", [BAD])
    (mended,) = through(lane, [asked])
    assert codes(mended[:3] + mended[4:]) == codes(first)
    assert isinstance(mended[3], Answer)
    assert (journalled(conn), charged(conn)) == (5, 5)


def charged(conn: Any) -> int:
    return int(rows(conn, "SELECT used FROM agreement_day")[0][0])


def codes(result: Sequence[object]) -> list[str]:
    return [each.tracking_code for each in result if isinstance(each, Answer)]


def test_the_same_batch_through_two_lanes_is_answered_once(
    lane: Lane, database_url: str, conn: Any, secrets: Any
) -> None:
    asked: Entry = [question(idempotency=IdempotencyKey("c", UUID(int=place), UUID(int=0))) for place in range(300)]
    other = Lane("other", database_url, Answering(secrets, TrackingCodes(secrets)))
    with running(other), ThreadPoolExecutor(2) as pool:
        for _ in range(30):  # a busy machine may let a lock be waited for in vain
            told = [each for (each,) in pool.map(through, [lane, other], [[asked], [asked]])]
            if not any(Unavailable() in each for each in told):
                break
    assert codes(told[0]) == codes(told[1])
    assert len(codes(told[0])) == journalled(conn) == 300


class Words:
    """Answers words with themselves, and says which went together; some are an error."""

    def __init__(self, **errors: type[Exception]) -> None:
        self.errors = errors
        self.together: list[str] = []

    def __call__(self, conn: object, questions: Sequence[str], *, at: datetime, writer: object) -> list[str]:
        """As `Answering`."""
        self.together.append("".join(questions))
        for each in questions:
            if each in self.errors:
                raise self.errors[each]
        return list(questions)


@pytest.fixture
def asked(tmp_path: Path) -> Callable[..., list[Any]]:
    """What a lane makes of requests, each a text whose letters are its questions."""

    def ask(words: Words, *entries: str) -> list[Any]:
        with running(Lane("words", f"sqlite://{tmp_path}/empty.sqlite3", words)) as lane:  # type: ignore[arg-type]
            return through(lane, [list(each) for each in entries])  # type: ignore[misc]

    return ask


@pytest.mark.parametrize("error", [psycopg.DataError, sqlite3.IntegrityError, OverflowError])
def test_what_the_database_refuses_is_refused_alone(asked: Callable[..., list[Any]], error: type[Exception]) -> None:
    assert asked(Words(x=error), "abc", "dexf", "g") == [
        ["a", "b", "c"],
        ["d", "e", Poisoned(), "f"],
        ["g"],
    ]


FAULTS = {"x": ValueError, "p": psycopg.DataError}
TOLD = {"x": Unreadable(), "p": Poisoned()}


@given(st.lists(st.text(alphabet="abcxp", min_size=1, max_size=20), min_size=1, max_size=8))
def test_wherever_faults_lie_each_question_has_its_own_reply(
    tmp_path_factory: pytest.TempPathFactory, entries: list[str]
) -> None:
    words = Words(**FAULTS)
    with running(Lane("words", f"sqlite://{tmp_path_factory.getbasetemp()}/any.sqlite3", words)) as lane:  # type: ignore[arg-type]
        told = through(lane, [list(each) for each in entries])  # type: ignore[misc]
    assert told == [[TOLD.get(letter, letter) for letter in each] for each in entries]


def test_requests_without_fault_stay_whole(asked: Callable[..., list[Any]]) -> None:
    words = Words(x=ValueError)
    asked(words, "abcdefg", "hixj", "klm")
    assert words.together == ["abcdefghixjklm", "abcdefg", "hixjklm", "hixj", "hi", "xj", "x", "j", "klm"]


def test_the_search_in_a_request_ends_in_time(asked: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a batch of nothing but rows of a later version kept a lane for as long as it liked."""
    monkeypatch.setattr(lanes, "SEARCH_SECONDS", -1)
    words = Words(x=ValueError)
    assert asked(words, "a", "bcxd", "x", "e") == [["a"], [Unavailable()] * 4, [Unreadable()], ["e"]]


def test_nobody_waits_for_a_database_that_goes_away_meanwhile(asked: Callable[..., list[Any]]) -> None:
    words = Words(x=ValueError, y=psycopg.OperationalError)
    assert asked(words, "abxycdef", "gh") == [["a", "b", Unreadable(), *[Unavailable()] * 5], [Unavailable()] * 2]
    assert words.together == ["abxycdefgh", "abxycdef", "abxy", "ab", "xy", "x", "y"]


@pytest.mark.parametrize(
    ("errors", "told"),
    [
        ({"x": psycopg.OperationalError}, "unavailable"),
        ({"x": ValueError}, ["a", "unavailable"]),
        ({"a": ValueError, "x": ValueError}, ["unavailable", "unavailable"]),
        ({"x": psycopg.DataError}, ["a", "invalid-input"]),
    ],
)
def test_a_request_is_refused_as_a_whole_only_where_the_database_is_away(
    tmp_path: Path, errors: dict[str, type[Exception]], told: Any
) -> None:
    async def ask() -> Any:
        coalescer = Coalescer([Lane("words", f"sqlite://{tmp_path}/empty.sqlite3", Words(**errors))])  # type: ignore[arg-type]
        coalescer.start()
        try:
            found = await coalescer.ask_each(["a", "x"], "client-1")  # type: ignore[list-item]
            return [each.slug if isinstance(each, Problem) else each for each in found]
        except Problem as problem:
            return problem.slug
        finally:
            await coalescer.stop()

    assert asyncio.run(ask()) == told
