"""Loading beside others who write: it waits its turn and lets them have theirs."""

import sqlite3
import threading
import time
from datetime import timedelta
from urllib.parse import urlsplit

import psycopg
import pytest

from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute, is_sqlite
from daftar.store.pace import Pace
from daftar.store.patience import patiently
from tests.feeds.conftest import NOON, Registry, as_csv, person


def test_inquiries_go_on_while_a_feed_is_loaded(registry: Registry) -> None:
    """Another writer's transactions are answered all along, each soon."""
    content = as_csv([person(number, given_name="x", birth_date="1990-01-01") for number in range(6000)])
    waits: list[float] = []
    loaded = threading.Event()

    def inquire() -> None:
        conn = connect(registry.url)
        while not loaded.is_set():
            started = time.perf_counter()
            with transaction(conn):
                execute(conn, "UPDATE access_change SET version = version + 1 WHERE id = 1")
            waits.append(time.perf_counter() - started)
            time.sleep(0.002)
        conn.close()

    asker = threading.Thread(target=inquire)
    asker.start()
    try:
        report = registry.load("persons", content, suffix=".csv")
    finally:
        loaded.set()
        asker.join()
    assert report.changed == 6000
    assert len(waits) > 10
    assert sorted(waits)[len(waits) // 2] < 0.3


def test_transactions_are_long_only_while_nobody_else_writes(sqlite_template, tmp_path) -> None:
    path = tmp_path / "alone.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    ours, other = connect(f"sqlite:///{path}"), connect(f"sqlite:///{path}")
    pace = Pace(ours, 1000)
    short = pace.seconds()
    assert pace.others
    pace.others.heard -= 60
    long = pace.seconds()
    execute(ours, "UPDATE access_change SET version = version + 1 WHERE id = 1")
    assert pace.seconds() == long > short
    execute(other, "UPDATE access_change SET version = version + 1 WHERE id = 1")
    assert pace.seconds() == short
    ours.close()
    other.close()


def test_a_load_waits_for_the_lock(registry: Registry) -> None:
    """A long transaction of someone else on the same row delays it, and nothing more."""
    other = connect(registry.url)
    execute(other, "BEGIN IMMEDIATE" if is_sqlite(other) else "BEGIN")
    execute(other, "UPDATE access_change SET version = version WHERE id = 1")
    release = threading.Timer(0.7, other.commit)
    release.start()
    started = time.perf_counter()
    report = registry.load("organisations", [{"code": "o", "kind": "fund", "name": "n"}])
    release.join()
    other.close()
    assert report.changed == 1
    assert time.perf_counter() - started > 0.5


def test_a_lock_that_lasts_longer_than_sqlite_waits(sqlite_template, tmp_path) -> None:
    """Also after the busy time-out the load tries again instead of failing."""
    path = tmp_path / "busy.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    impatient = sqlite3.connect(path, isolation_level=None, timeout=0.05)
    release = threading.Timer(0.4, holder.rollback)
    release.start()
    with pytest.raises(sqlite3.OperationalError):
        impatient.execute("BEGIN IMMEDIATE")
    patiently(lambda: impatient.execute("BEGIN IMMEDIATE"))
    impatient.rollback()
    release.join()


def test_other_errors_are_not_repeated() -> None:
    tries = []

    def wrong() -> None:
        tries.append(1)
        raise sqlite3.OperationalError("no such table")

    with pytest.raises(sqlite3.OperationalError):
        patiently(wrong)
    assert len(tries) == 1


def test_a_deadlock_is_tried_again() -> None:
    outcomes = [psycopg.errors.DeadlockDetected(), psycopg.errors.SerializationFailure(), "done"]

    def work() -> object:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    assert patiently(work) == "done"


def test_two_loads_of_the_same_persons_do_not_block_each_other_for_good(registry: Registry) -> None:
    """The same persons in opposite order, at the same time, with their contributions."""
    numbers = list(range(3000))
    problems: list[object] = []

    def load(table: str, rows: list[dict[str, str]]) -> None:
        try:
            problems.append(registry.load(table, rows, at=NOON + timedelta(minutes=len(rows) % 7)).problem)
        except Exception as error:
            problems.append(error)

    loads = [
        threading.Thread(target=load, args=("persons", [person(i, sex="male") for i in numbers])),
        threading.Thread(target=load, args=("persons", [person(i, sex="female") for i in reversed(numbers)])),
        threading.Thread(
            target=load,
            args=("contributions", [person(i, month="2026-10", kind="resident", days="1") for i in reversed(numbers)]),
        ),
    ]
    for each in loads:
        each.start()
    for each in loads:
        each.join()
    assert problems == [None] * 3
    assert len(registry.content("persons")) == 3000
    assert len(registry.content("contributions")) == 3000
    assert registry.query("SELECT count(*) FROM feed_pending") == [(0,)]
    assert urlsplit(registry.url).scheme in ("sqlite", "postgresql")
