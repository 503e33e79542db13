"""Many persons rebuilt beside others who write: each has a turn between two transactions."""

import sqlite3
import threading
import time

import pytest

from daftar import coverage
from daftar.coverage import bulk
from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute, is_sqlite, rows
from tests.coverage.registry import AT, affiliation, paid, person

EACH = 0.015
"""Seconds for which a person's rebuild has the database's write lock, at least."""


@pytest.fixture
def workers(conn):
    """Forty of them, whom nobody has computed yet."""
    with transaction(conn):
        keys = [person(conn) for _ in range(40)]
        for key in keys:
            affiliation(conn, key, "compulsory", "2026-01-01")
            paid(conn, key, "compulsory", "2026-01", "2026-02")
            execute(conn, "INSERT INTO coverage_due (key, since) VALUES (?, ?)", [key, AT])
    return keys


@pytest.fixture
def chunks(monkeypatch):
    """Few persons a transaction, and each takes their time; the sizes are noted."""
    sizes, rebuild = [], bulk.rebuild

    def slow(conn, keys, *, at):
        sizes.append(len(keys))
        time.sleep(EACH * len(keys))
        return rebuild(conn, keys, at=at)

    monkeypatch.setattr(bulk, "rebuild", slow)
    monkeypatch.setattr(bulk, "_FIRST_KEYS", 4)
    monkeypatch.setattr(bulk, "_ALONE_SECONDS", 4 * EACH)
    return sizes


@pytest.mark.parametrize("work", [coverage.rebuild_due, coverage.rebuild_all])
def test_inquiries_go_on_while_many_are_rebuilt(database_url, conn, workers, chunks, work):
    """Another writer gets the lock again and again, and never waits for much more than one transaction."""
    waits, done = [], threading.Event()

    def inquire():
        other = connect(database_url)
        while not done.is_set():
            started = time.perf_counter()
            with transaction(other):
                execute(other, "UPDATE access_change SET version = version + 1 WHERE id = 1")
            waits.append(time.perf_counter() - started)
        other.close()

    asker = threading.Thread(target=inquire)
    asker.start()
    try:
        assert work(conn, at=AT).changed == 40
    finally:
        done.set()
        asker.join()
    assert rows(conn, "SELECT count(*) FROM coverage_due") == [(0,)]
    written = [size for size in chunks if size]
    assert sum(written) == 40
    assert len(written) > (6 if is_sqlite(conn) else 2)
    assert len(waits) > len(written) / 2


def test_who_waits_for_the_write_lock_asks_often(sqlite_template, tmp_path):
    """Often enough for a gap that SQLite's own waiting would sleep through, and no longer than the connection does."""
    path = tmp_path / "one.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    busy, patient, impatient = (connect(f"sqlite:///{path}", statement_seconds=each) for each in (1, 20, 0.05))
    assert all(map(is_sqlite, (busy, patient, impatient)))
    got, stop = threading.Event(), time.monotonic() + 10

    def wait():
        with transaction(patient):
            got.set()

    busy.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError, match="locked"), transaction(impatient):
        raise AssertionError("nobody else may write")
    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.3)  # from here on SQLite itself would ask each 0.1 s
    gaps = 0
    while not got.is_set() and time.monotonic() < stop:
        busy.rollback()
        time.sleep(0.008)
        if not got.is_set():
            busy.execute("BEGIN IMMEDIATE")
            gaps += 1
            time.sleep(0.03)
    waiting.join()
    assert gaps < 3
    assert impatient.execute("PRAGMA busy_timeout").fetchone() == (50,), "it still waits for other statements"
    for each in (busy, patient, impatient):
        each.close()
