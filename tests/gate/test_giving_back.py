"""A lane gives its writer's number back at an orderly end, and only then (ADR 0013)."""

from collections.abc import Sequence
from datetime import datetime
from queue import SimpleQueue
from typing import Any

import psycopg
import pytest

from daftar.answers import LeasedWriter, Question, Writer, ask
from daftar.answers.writers import bounds
from daftar.gate.lanes import Lane, Unavailable
from tests.answers.asking import question
from tests.answers.sealing import TRACKING

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def answering(conn: Any, questions: Sequence[Question], *, at: datetime, writer: Writer) -> Any:
    """As the gate answers."""
    return ask(conn, questions, at=at, writer=writer, tracking=TRACKING)


def asked(lane: Lane) -> list[Any]:
    """What a lane makes of one question."""
    told: SimpleQueue[list[Any]] = SimpleQueue()
    lane.answer([[question()]], lambda _, results: told.put(results))
    return told.get(timeout=30)


def open_numbers(conn: Any) -> list[int]:
    """Writers of whom nobody knows where they end."""
    return [number for number, next in bounds(conn).items() if next is None]


def test_a_lane_that_is_stopped_leaves_word_of_its_last_row(database_url: str, conn: Any) -> None:
    lane = Lane("lane", database_url, answering)
    lane.start()
    asked(lane)
    asked(lane)
    (number,) = open_numbers(conn)
    lane.stop()
    assert open_numbers(conn) == []
    assert bounds(conn)[number] == 2


def test_a_lane_that_never_answered_stops_too(database_url: str, conn: Any) -> None:
    lane = Lane("lane", database_url, answering)
    lane.start()
    lane.stop()
    assert open_numbers(conn) == []


def test_after_an_error_of_the_connection_nothing_is_said(database_url: str, conn: Any) -> None:
    def breaking(conn: Any, questions: Sequence[Question], *, at: datetime, writer: Writer) -> Any:
        raise psycopg.OperationalError

    lane = Lane("lane", database_url, breaking)
    lane.start()
    assert asked(lane) == [[Unavailable()]]
    lane.stop()
    assert len(open_numbers(conn)) == 1


def test_a_database_that_is_away_at_the_end_is_no_error(
    database_url: str, conn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(writer: LeasedWriter, conn: Any) -> None:
        raise psycopg.OperationalError

    monkeypatch.setattr(LeasedWriter, "give_back", away)
    lane = Lane("lane", database_url, answering)
    lane.start()
    asked(lane)
    lane.stop()
    assert not lane._thread.is_alive()
    assert len(open_numbers(conn)) == 1
