"""200 parallel wrong submissions are three evaluations, on both databases, also across two processes (S4.20)."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from daftar.disclosure.quiz import Examinee, Locked
from daftar.store.connect import connect
from daftar.store.keys import Secrets
from tests.disclosure.guessing import Process, guess
from tests.disclosure.quizzing import Desk, counted, wait_out_midnight

GUESSES = 200
TIMES = [3, pytest.param(100, marks=pytest.mark.slow)]


def check(desk: Desk, who: Examinee, told: Counter[str]) -> None:
    """Three were judged, everything else found the lock, and the journal has them."""
    assert told == {"Wrong": 2, "Locked": GUESSES - 2}
    assert counted(desk.conn, who.key) == 3
    assert isinstance(desk.look(who), Locked)
    assert sorted(desk.journalled(who)) == ["asked", "locked", "wrong", "wrong", "wrong"]  # several writers


@pytest.mark.parametrize("times", TIMES)
def test_two_hundred_wrong_answers_at_once_are_three(
    conn: Any, database_url: str, secrets: Secrets, times: int
) -> None:
    desk = Desk(conn, secrets)
    for _ in range(times):
        wait_out_midnight()
        who = desk.person()
        draw = desk.begin(who).draw
        check(desk, who, guess(database_url, secrets, who.key, draw, range(GUESSES), same=False))


@pytest.mark.parametrize("times", TIMES)
def test_two_hundred_across_two_processes_are_three(conn: Any, database_url: str, secrets: Secrets, times: int) -> None:
    desk = Desk(conn, secrets)
    secret = Path(os.environ["DAFTAR_STATE"]) / "secret"
    halves = range(GUESSES // 2), range(GUESSES // 2, GUESSES)
    processes = [Process(database_url, secret) for _ in halves]
    with ThreadPoolExecutor(len(processes)) as threads:
        for _ in range(times):
            wait_out_midnight()
            who = desk.person()
            draw = desk.begin(who).draw
            asked = [
                threads.submit(each.guess, who.key, draw, half) for each, half in zip(processes, halves, strict=True)
            ]
            check(desk, who, sum((each.result() for each in asked), Counter()))
    for each in processes:
        each.end()


def test_the_same_wrong_answer_two_hundred_times_at_once_is_three(
    conn: Any, database_url: str, secrets: Secrets
) -> None:
    """A double click is forgiven, but only one: what is sent two hundred times is not forgiven."""
    wait_out_midnight()
    desk = Desk(conn, secrets)
    who = desk.person()
    draw = desk.begin(who).draw
    told = guess(database_url, secrets, who.key, draw, range(GUESSES), same=True)
    assert told == {"Wrong": 4, "Locked": GUESSES - 4}
    assert counted(conn, who.key) == 3


def test_the_first_look_of_two_at_once_makes_one_row(conn: Any, database_url: str, secrets: Secrets) -> None:
    """Nobody has a row yet: both wait for one another, and one list is drawn."""
    desk = Desk(conn, secrets)
    who = desk.person()

    def begin(_: int) -> Any:
        own = connect(database_url)
        try:
            return Desk(own, secrets, build=False).begin(who)
        finally:
            own.close()

    with ThreadPoolExecutor(8) as threads:
        asked = list(threads.map(begin, range(8)))
    assert asked == [asked[0]] * 8
    assert desk.journalled(who) == ["asked"]
