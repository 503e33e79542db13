"""A fact that cannot be read costs its own household the rebuild, and nobody else."""

import sqlite3
from random import Random

import pytest

from daftar import coverage
from daftar.coverage import bulk
from daftar.store.connect import transaction
from daftar.store.dialect import as_uuid, execute, rows
from tests.coverage.registry import AT, affiliation, dependency, paid, person

COUNT = 30


@pytest.fixture
def workers(conn):
    """Some of them, by their keys; everybody is due."""
    with transaction(conn):
        keys = sorted(person(conn) for _ in range(COUNT))
        for key in keys:
            affiliation(conn, key, "compulsory", "2026-01-01")
            paid(conn, key, "compulsory", "2026-01", "2026-02")
            due(conn, key)
    return keys


def due(conn, key):
    execute(conn, "INSERT INTO coverage_due (key, since) VALUES (?, ?)", [key, AT])


def spoil(conn, *keys):
    """A day of birth that both databases hold and no calendar has."""
    for key in keys:
        execute(conn, "UPDATE person SET birth_date = ? WHERE key = ?", ["infinity", key])


def marked(conn):
    return {as_uuid(key) for (key,) in rows(conn, "SELECT key FROM coverage_due")}


def covered(conn):
    return {as_uuid(key) for (key,) in rows(conn, "SELECT DISTINCT key FROM coverage")}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("work", [coverage.rebuild_due, coverage.rebuild_all])
def test_everybody_else_is_rebuilt(conn, workers, monkeypatch, work, seed):
    """Wherever they stand among the others, and however many are taken at once."""
    random = Random(seed)
    monkeypatch.setattr(bulk, "_FIRST_KEYS", random.choice([1, 4, 1_600]))
    spoilt = set(random.sample(workers, random.randint(1, 9))) | {workers[0], workers[-1]}
    spoil(conn, *spoilt)
    handled = []
    done = work(conn, at=AT, progress=handled.append)
    healthy = COUNT - len(spoilt)
    assert done == coverage.Rebuilt(handled=healthy, changed=healthy, left=len(spoilt))
    assert (marked(conn), covered(conn)) == (spoilt, set(workers) - spoilt)
    assert sum(handled) == COUNT


def test_who_was_left_is_rebuilt_once_their_facts_can_be_read(conn, workers):
    spoil(conn, workers[7])
    assert coverage.rebuild_all(conn, at=AT).left == 1
    assert coverage.rebuild_due(conn, at=AT) == coverage.Rebuilt(left=1)
    execute(conn, "UPDATE person SET birth_date = ? WHERE key = ?", ["1980-01-01", workers[7]])
    assert coverage.rebuild_due(conn, at=AT) == coverage.Rebuilt(handled=1, changed=1)
    assert marked(conn) == set()


def test_spans_of_who_is_left_stay_as_they_were_and_their_dependants_too(conn, workers):
    """A wife's cover hangs on her husband's facts: she waits with him."""
    husband = workers[3]
    with transaction(conn):
        wife = person(conn, sex="female")
        dependency(conn, wife, husband, "spouse", "2026-01-01")
    coverage.rebuild_due(conn, at=AT)
    before = rows(conn, "SELECT * FROM coverage ORDER BY key, starts")
    spoil(conn, husband)
    for key in (husband, wife, workers[4]):
        due(conn, key)
    assert coverage.rebuild_due(conn, at=AT) == coverage.Rebuilt(handled=1, left=2)
    assert marked(conn) == {husband, wife}
    assert rows(conn, "SELECT * FROM coverage ORDER BY key, starts") == before


@pytest.mark.parametrize("error", [sqlite3.OperationalError("disk I/O error"), MemoryError()])
def test_an_error_of_the_database_leaves_nobody_out(conn, workers, monkeypatch, error):
    tries = []

    def broken(*_, **__):
        tries.append(1)
        raise error

    monkeypatch.setattr(bulk, "rebuild", broken)
    with pytest.raises(type(error)):
        coverage.rebuild_due(conn, at=AT)
    assert len(tries) == 1
    assert marked(conn) == set(workers)


def test_a_law_that_cannot_be_run_is_not_laid_to_the_persons(conn, workers, monkeypatch):
    def broken(*_, **__):
        raise ValueError("no law")

    monkeypatch.setattr(bulk, "rebuild", broken)
    monkeypatch.setattr(bulk, "_MOST_LEFT", 5)
    with pytest.raises(ValueError, match="no law"):
        coverage.rebuild_due(conn, at=AT)
    assert marked(conn) == set(workers)
    assert covered(conn) == set()
