"""How fast feeds come in: persons, contributions, the same again, and the spans of all, on both databases.

    python -m bench.feeds --persons 100000 --rounds 5

Each run loads into a database of its own, freshly migrated, in a process of its own; the clock holds reading, checking,
sealing, writing and committing, in rows a second. Rebuilding is counted apart, in persons a second.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from bench.report import Figure, show
from bench.servers import postgresql
from daftar.feeds.due import rebuild_due
from daftar.feeds.load import load_file
from daftar.store.connect import connect
from daftar.store.keys import Secrets
from daftar.terms.identifiers import ir_check_digit

SECRETS = Secrets(b"feed bench".ljust(32))
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
MONTHS = 12
TARGETS = {"persons": 15_000, "contributions": 50_000}


def main() -> None:
    """Read the options, make the files, run and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--persons", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--only", help="database URL: one run in this process")
    options.add_argument("--data", type=Path)
    chosen = options.parse_args()
    if chosen.only:
        print(json.dumps(run(chosen.only, chosen.data)))
        return
    with tempfile.TemporaryDirectory(prefix="daftar-bench-feeds-") as made:
        folder = Path(made)
        make(folder, chosen.persons)
        show(list(figures(folder, chosen.rounds)))
    print("targets: " + ", ".join(f"{name} {rate:,} rows/s" for name, rate in TARGETS.items()))


def figures(folder: Path, rounds: int) -> Iterator[Figure]:
    """Both databases in turn, round by round."""
    found: dict[str, list[float]] = {}
    with postgresql(folder / "postgresql") as server:
        for number in range(rounds):
            for kind, url in (("SQLite", f"sqlite:///{folder / 'feeds.sqlite3'}"), ("PostgreSQL", server)):
                for name, rate in in_process(fresh(url, number, folder), folder).items():
                    found.setdefault(f"{kind}: {name}", []).append(rate)
    for name, rates in sorted(found.items()):
        yield Figure(name, "rows/s" if "spans" not in name else "persons/s", rates)


def fresh(url: str, number: int, folder: Path) -> str:
    """A migrated database with nothing in it."""
    if url.startswith("sqlite"):
        for path in folder.glob("feeds.sqlite3*"):
            path.unlink()
    else:
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute(f"DROP DATABASE IF EXISTS feeds_{max(number - 1, 0)} WITH (FORCE)")
            conn.execute(f"CREATE DATABASE feeds_{number}")
        url = url.replace("/postgres?", f"/feeds_{number}?")
    environment = os.environ | {"DAFTAR_DATABASE": url, "DAFTAR_STATE": str(folder)}
    command = [sys.executable, "-m", "django", "migrate", "-v0", "--settings", "daftar.config.settings"]
    subprocess.run(command, env=environment, check=True)
    return url


def in_process(url: str, folder: Path) -> dict[str, float]:
    """One run in a process of its own."""
    command = [sys.executable, "-m", "bench.feeds", "--only", url, "--data", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    rates: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return rates


def run(url: str, folder: Path) -> dict[str, float]:
    """Load everything; rows a second by what was loaded."""
    rates = {}
    loads = {"persons": "persons", "affiliations": "affiliations", "contributions": "contributions"}
    loads["contributions again"] = "contributions"
    for name, table in loads.items():
        begin = time.perf_counter()
        report = load_file(url, SECRETS, table, folder / f"{name}.csv", at=AT, rebuild=False)
        rates[name] = report.rows / (time.perf_counter() - begin)
        if report.problem or report.quarantined or report.pending:
            raise RuntimeError(f"{name}: {report.problem or report.quarantined[:3] or 'rows wait'}")
    with closing(connect(url, statement_seconds=600)) as conn:
        begin = time.perf_counter()
        rates["spans of all"] = rebuild_due(conn, at=AT).handled / (time.perf_counter() - begin)
    return rates


def make(folder: Path, persons: int) -> None:
    """Files of made-up people of nobody: place 999 is not assigned."""
    identity = "id_type,id_number"
    with (
        (folder / "persons.csv").open("w", encoding="utf-8") as people,
        (folder / "affiliations.csv").open("w", encoding="utf-8") as spells,
        (folder / "contributions.csv").open("w", encoding="utf-8") as months,
    ):
        people.write(
            f"{identity},given_name,family_name,father_name,sex,birth_date,insured_region,residence_address,"
            "mobile,mobile_verified,insurance_number,office,recorded_at\n"
        )
        spells.write(f"affiliation_id,{identity},kind,starts,office,recorded_at\n")
        months.write(f"{identity},month,kind,days,amount,currency,office,recorded_at\n")
        for number in range(persons):
            nine = f"{999_999_990 - number}"
            who = f"ir-national-code,{nine}{ir_check_digit(nine)}"
            origin = f"{number % 50 + 100},2026-11-{number % 9 + 1:02}T10:00:00Z"
            people.write(
                f"{who},علی,محمدی {number % 977},حسن,male,19{number % 90 + 10}-0{number % 9 + 1}-1{number % 10},ir-07,"
                f"تهران خیابان {number},0912{number % 10_000_000:07},true,{number:010},{origin}\n"
            )
            spells.write(f"A{number},{who},compulsory,2015-01-01,{origin}\n")
            for month in range(1, MONTHS + 1):
                paid = f"2025-{month:02},compulsory,{28 + number % 3},{1_000_000 + number * 7},IRR"
                months.write(f"{who},{paid},{origin}\n")
    again = folder / "contributions again.csv"
    shutil.copy(folder / "contributions.csv", again)
    with again.open("a", encoding="utf-8") as file:
        file.write("\n")  # another file with the same rows


if __name__ == "__main__":
    main()
