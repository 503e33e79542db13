"""How long one household's rebuild takes after a counter action, on SQLite and PostgreSQL, commit included.

python -m bench.household --rounds 50
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from bench.servers import postgresql
from daftar import coverage
from daftar.store.connect import connect, transaction
from daftar.store.dialect import Connection, execute

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PERSON = """INSERT INTO person (key, jurisdiction, sex, birth_date, insured_region, residence_region, card_state,
    mobile_verified, sealed, office, recorded_at, withdrawn) VALUES (?, 'ir', ?, ?, '', '', '', ?, ?, '', ?, ?)"""
AFFILIATION = """INSERT INTO affiliation (affiliation_id, key, kind, starts, insurance_type, category, pooling_region,
    office, recorded_at, withdrawn) VALUES (?, ?, 'compulsory', ?, '', '', '', '', ?, ?)"""
CONTRIBUTION = """INSERT INTO contribution (key, month, kind, days, currency, office, recorded_at, withdrawn)
    VALUES (?, ?, 'compulsory', 30, '', '', ?, ?)"""
DEPENDENCY = """INSERT INTO dependency (key, main_key, starts, relation, office, recorded_at, withdrawn)
    VALUES (?, ?, ?, ?, '', ?, ?)"""
EVIDENCE = """INSERT INTO evidence (key, kind, valid_from, source, office, recorded_at, withdrawn)
    VALUES (?, 'study_certificate', ?, 'counter', '', ?, ?)"""


def main() -> None:
    """Both databases, one after the other."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=50)
    rounds = options.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, postgresql(Path(tempfile.mkdtemp(prefix="daftar-pg-"))) as server:
        for name, url in (("SQLite", f"sqlite:///{folder}/household.sqlite3"), ("PostgreSQL", server)):
            state = {"DAFTAR_DATABASE": url, "DAFTAR_STATE": folder}
            command = [sys.executable, "-m", "django", "migrate", "-v0", "--settings", "daftar.config.settings"]
            subprocess.run(command, env=os.environ | state, check=True)
            print_row(name, url, rounds)


def print_row(name: str, url: str, rounds: int) -> None:
    """Median and 95th percentile of rebuilds, each after a new study certificate of the son."""
    conn = connect(url)
    with transaction(conn):
        main_insured, son = _household(conn)
        coverage.rebuild(conn, [main_insured], at=AT)
    seconds = []
    for turn in range(rounds):
        with transaction(conn):
            execute(conn, EVIDENCE, [son, date(2020, 1, 1) + timedelta(days=30 * turn), AT, False])
        begin = time.perf_counter()
        with transaction(conn):
            coverage.rebuild(conn, [son], at=AT)
        seconds.append(time.perf_counter() - begin)
    conn.close()
    high = statistics.quantiles(seconds, n=20)[-1]
    print(f"one household on {name}: median {statistics.median(seconds) * 1e3:.0f} ms, 95 % under {high * 1e3:.0f} ms")


def _household(conn: Connection) -> tuple[UUID, UUID]:
    """A worker of ten paid years with wife, grown son and small daughter; returns the worker and the son."""
    people = [("male", date(1980, 1, 1)), ("female", date(1982, 1, 1)), ("male", date(2002, 1, 1))]
    keys = [uuid4() for _ in range(4)]
    for key, (sex, born) in zip(keys, [*people, ("female", date(2018, 1, 1))], strict=True):
        execute(conn, PERSON, [key, sex, born, False, b"", AT, False])
    worker, wife, son, daughter = keys
    execute(conn, AFFILIATION, [uuid4().hex, worker, date(2016, 1, 1), AT, False])
    for month in range(120):
        execute(conn, CONTRIBUTION, [worker, date(2016 + month // 12, month % 12 + 1, 1), AT, False])
    for key, relation in ((wife, "spouse"), (son, "son"), (daughter, "daughter")):
        execute(conn, DEPENDENCY, [key, worker, date(2018, 1, 1), relation, AT, False])
    return worker, son


if __name__ == "__main__":
    main()
