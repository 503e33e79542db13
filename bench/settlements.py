"""How fast settlements come in, and the same again, on both databases.

    python -m bench.settlements --rows 1000000 --rounds 3

Each run loads into a database of its own, freshly migrated and knowing the persons, in a process of its own; the clock
holds reading, checking, sealing, writing and committing of all columns of contracts §2, in rows a second.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.feeds import AT, SECRETS, fresh
from bench.report import Figure, show
from bench.servers import postgresql
from daftar.config.demo.treatment import paid
from daftar.feeds.load import load_file
from daftar.terms.identifiers import ir_check_digit

STAYS = 10
"""Settlements a person."""
TARGET = 30_000
FIRST_DAY = date(2020, 1, 1)
DEPARTMENTS = ("心内科", "骨科", "普外科", "呼吸内科")


def main() -> None:
    """Read the options, make the files, run and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--only", help="database URL: one run in this process")
    options.add_argument("--data", type=Path)
    chosen = options.parse_args()
    if chosen.only:
        print(json.dumps(run(chosen.only, chosen.data)))
        return
    with tempfile.TemporaryDirectory(prefix="daftar-bench-settlements-") as made:
        folder = Path(made)
        make(folder, chosen.rows)
        show(list(figures(folder, chosen.rounds)))
    print(f"target: settlements {TARGET:,} rows/s")


def figures(folder: Path, rounds: int) -> Iterator[Figure]:
    """Both databases in turn, round by round."""
    found: dict[str, list[float]] = {}
    with postgresql(folder / "postgresql") as server:
        for number in range(rounds):
            for kind, url in (("SQLite", f"sqlite:///{folder / 'feeds.sqlite3'}"), ("PostgreSQL", server)):
                for name, rate in in_process(fresh(url, number, folder), folder).items():
                    found.setdefault(f"{kind}: {name}", []).append(rate)
    for name, rates in sorted(found.items()):
        yield Figure(name, "rows/s", rates)


def in_process(url: str, folder: Path) -> dict[str, float]:
    """One run in a process of its own."""
    command = [sys.executable, "-m", "bench.settlements", "--only", url, "--data", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    rates: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return rates


def run(url: str, folder: Path) -> dict[str, float]:
    """Load the persons, then the settlements and the same again; rows a second of the latter two."""
    rates = {}
    for name, table in (("persons", "persons"), ("settlements", "settlements"), ("settlements again", "settlements")):
        begin = time.perf_counter()
        report = load_file(url, SECRETS, table, folder / f"{name}.csv", at=AT, rebuild=False)
        rates[name] = report.rows / (time.perf_counter() - begin)
        if report.problem or report.quarantined or report.pending:
            raise RuntimeError(f"{name}: {report.problem or report.quarantined[:3] or 'rows wait'}")
    del rates["persons"]  # bench.feeds measures them
    return rates


def make(folder: Path, rows: int) -> None:
    """Files of made-up stays of people of nobody: place 999 is not assigned."""
    persons = max(1, rows // STAYS)
    with (folder / "persons.csv").open("w", encoding="utf-8") as people:
        people.write("id_type,id_number,recorded_at\n")
        people.writelines(f"{_who(number)},2026-01-01T00:00:00Z\n" for number in range(persons))
    names = [*paid(1, employee=True)]
    with (folder / "settlements.csv").open("w", encoding="utf-8") as stays:
        stays.write(
            "settlement_id,version,id_type,id_number,kind,institution,admitted,discharged,currency,refers_to,direct,"
            "settled_at,insured_region,treated_region,insurance_type,department,admission_type,inpatient_number,"
            f"diagnosis_main,diagnosis_other,pool_ratio,{','.join(names)},office,recorded_at\n"
        )
        stays.writelines(_stay(number, persons) for number in range(rows))
    again = folder / "settlements again.csv"
    shutil.copy(folder / "settlements.csv", again)
    with again.open("a", encoding="utf-8") as file:
        file.write("\n")  # another file with the same rows


def _who(number: int) -> str:
    nine = f"{999_999_990 - number}"
    return f"ir-national-code,{nine}{ir_check_digit(nine)}"


def _stay(number: int, persons: int) -> str:
    admitted = FIRST_DAY + timedelta(days=number * 7 % 2_400)
    discharged = admitted + timedelta(days=number % 20)
    amounts = paid(300_000 + number * 37 % 4_000_000, employee=number % 2 == 0)
    return (
        f"JS{number:09},1,{_who(number % persons)},settled,H{310_101 + number % 90}99{number % 997:03},{admitted},"
        f"{discharged},CNY,,true,{discharged}T1{number % 10}:{number % 60:02}:00+08:00,cn-360600,"
        f"cn-{310_101 + number % 90},310,{DEPARTMENTS[number % 4]},普通住院,ZY{number:08},冠状动脉粥样硬化性心脏病,"
        f"高血压病,0.65,{','.join(map(str, amounts.values()))},{number % 50 + 100},"
        f"2026-11-{number % 9 + 1:02}T10:00:00Z\n"
    )


if __name__ == "__main__":
    main()
