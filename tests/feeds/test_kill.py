"""A loader killed with SIGKILL, any number of times, ends in the same registry as one that was left alone."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.feeds.conftest import NOON, Registry, as_csv, person

LOADER = """
import sys
from datetime import datetime
from pathlib import Path
from daftar.feeds.load import load_file
from daftar.store.keys import Secrets
url, secret, table, path = sys.argv[1:5]
print("ready", flush=True)
report = load_file(url, Secrets(bytes.fromhex(secret)), table, Path(path), at=datetime.fromisoformat(sys.argv[5]))
assert report.problem is None, report.problem
"""


def start(registry: Registry, table: str, path: Path) -> subprocess.Popen[str]:
    """A real loader process that has imported everything."""
    arguments = [registry.url, registry.secrets.master.hex(), table, str(path), NOON.isoformat()]
    loader = subprocess.Popen([sys.executable, "-c", LOADER, *arguments], stdout=subprocess.PIPE, text=True)
    assert loader.stdout
    assert loader.stdout.readline() == "ready\n"
    return loader


def files(folder: Path, persons: int) -> dict[str, Path]:
    """Contributions first, so that they wait, then persons; some rows are faulty, some twice, some without time."""
    months = [
        person(number, month=f"2026-{month:02}", kind="compulsory", days=str(month + number % 20), recorded_at=recorded)
        for number in range(persons)
        for month in range(1, 6)
        for recorded in ([""] if number % 7 else ["", "2026-11-20T00:00:00Z"])
    ]
    people = [
        person(number, given_name=f"name {number}", birth_date="1990-01-01" if number % 50 else "2090-01-01")
        for number in range(persons)
    ]
    found = {"contributions": folder / "c.csv", "persons": folder / "p.csv", "contributions again": folder / "d.csv"}
    for path, rows in zip(found.values(), (months, people, [*months, *months[::3]]), strict=True):
        path.write_bytes(as_csv(rows))
    return found


def state(registry: Registry) -> list[object]:
    """Everything that a load leaves behind, but times of the clock and numbers of rows."""
    return [
        registry.content("persons"),
        registry.content("contributions"),
        registry.query(
            'SELECT "table", state, position, rows, changed, stale, pending, quarantined FROM feed_batch ORDER BY id'
        ),
        registry.query(
            'SELECT b.digest, q.line, q."column", q.reason, q.masked FROM feed_quarantine q '
            "JOIN feed_batch b ON b.id = q.batch ORDER BY b.digest, q.line"
        ),
        registry.query('SELECT "table", waits_for, row_digest FROM feed_pending ORDER BY row_digest'),
        registry.query('SELECT office, "table", newest_fact FROM feed_office ORDER BY office, "table"'),
        registry.query(
            "SELECT key, insurer, starts, ends, basis, reason, reason_after FROM coverage ORDER BY key, starts"
        ),
        registry.query("SELECT key FROM coverage_due"),
    ]


def load_with_kills(registry: Registry, given: dict[str, Path], kills: int, chance: random.Random) -> int:
    """Load all files, killing each loader up to `kills` times first; returns how many were hit before their end."""
    hits = 0
    for name, path in given.items():
        table = name.split()[0]
        for _ in range(kills):
            loader = start(registry, table, path)
            time.sleep(chance.uniform(0.0, 0.6))
            loader.send_signal(signal.SIGKILL)
            hits += loader.wait() == -signal.SIGKILL
        loader = start(registry, table, path)
        assert loader.wait() == 0
    return hits


def compare(registry: Registry, persons: int, kills: int, seed: int) -> None:
    given = files(registry.folder, persons)
    assert load_with_kills(registry, given, kills, random.Random(seed)) > 0
    killed = state(registry)
    empty(registry)
    assert load_with_kills(registry, given, 0, random.Random(seed)) == 0
    alone = state(registry)
    for before, after in zip(killed, alone, strict=True):
        assert before == after


def empty(registry: Registry) -> None:
    """As if nothing had ever been loaded; numbers begin at 1 again."""
    from daftar.store.connect import connect, transaction
    from daftar.store.dialect import execute, is_sqlite

    tables = ("person", "person_identifier", "contribution", "feed_batch", "feed_quarantine", "feed_pending")
    tables += ("feed_office", "coverage", "coverage_past", "coverage_due")
    conn = connect(registry.url)
    with transaction(conn):
        for table in tables:
            execute(conn, f"DELETE FROM {table}" if is_sqlite(conn) else f"TRUNCATE {table} RESTART IDENTITY")
        if is_sqlite(conn):
            execute(conn, "DELETE FROM sqlite_sequence")
    conn.close()


def test_a_killed_load_is_finished_by_the_next(registry: Registry) -> None:
    compare(registry, persons=1500, kills=1, seed=os.getpid())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_many_kills_leave_the_same_registry(registry: Registry, seed: int) -> None:
    compare(registry, persons=12_000, kills=8, seed=seed)
