"""How long the nation's rebuild takes, against month masks written by hand, and how long one household's takes.

    python -m bench.rebuild --mains 10000000 --rounds 5

Makes Parquet files of made-up facts (once, kept in --data), then runs ours and the hand-written SQL in turn, each in a
process of its own, and prints medians, their ratios and the peak memory. Both read the same files and write one Parquet
file of numbered spans: the same rows, which is checked.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

MONTHS = 12
MEMORY = "3GB"
BY_HAND = Path(__file__).parent / "rebuild_by_hand.sql"


def main() -> None:
    """Read the options, make the data, run and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mains", type=int, default=1_000_000, help="main insured; dependants are 0.8 of them")
    options.add_argument("--rounds", type=int, default=5, help="runs of each")
    options.add_argument("--data", type=Path, default=None, help="folder for the Parquet files")
    options.add_argument("--only", choices=["ours", "by-hand"], help="one run in this process, for itself")
    chosen = options.parse_args()
    folder = chosen.data or Path(tempfile.gettempdir()) / f"daftar-rebuild-{chosen.mains}"
    if chosen.only:
        print(json.dumps(measured(ours if chosen.only == "ours" else by_hand, folder)))
        return
    if not (folder / "done").exists():
        print(f"making facts of {chosen.mains:,} main insured in {folder}")
        make(folder, chosen.mains)
    print_table(folder, chosen.mains, chosen.rounds)


def print_table(folder: Path, mains: int, rounds: int) -> None:
    """Alternating runs, medians, ratio."""
    runs: dict[str, list[dict[str, float]]] = {"ours": [], "by-hand": []}
    for _ in range(rounds):
        for name, found in runs.items():
            found.append(run := in_process(name, folder, mains))
            print(
                f"  {name:8} {run['seconds']:7.2f} s  cpu {run['cpu']:6.2f} s  {run['peak_mib']:6.0f} MiB",
                flush=True,
            )
    seconds = {name: statistics.median(run["seconds"] for run in found) for name, found in runs.items()}
    ratios = [a["seconds"] / b["seconds"] for a, b in zip(runs["ours"], runs["by-hand"], strict=True)]
    peak = max(run["peak_mib"] for run in runs["ours"])
    cpu = [a["cpu"] / b["cpu"] for a, b in zip(runs["ours"], runs["by-hand"], strict=True)]
    print(f"rebuild of {mains:,} x {MONTHS} months + {mains * 8 // 10:,} dependants, median of {rounds}:")
    print(f"  ours {seconds['ours']:.2f} s, by hand {seconds['by-hand']:.2f} s, paired ratio", end=" ")
    print(f"{statistics.median(ratios):.2f} (target 1.5), of CPU {statistics.median(cpu):.2f}", end=" ")
    print(f"peak {peak:.0f} MiB (target 4096); rows that differ: {differing(folder)} of {runs['ours'][0]['rows']:,}")


def in_process(name: str, folder: Path, mains: int) -> dict[str, float]:
    """One run in a process of its own, so that neither warms the other and memory is its own."""
    command = [sys.executable, "-m", "bench.rebuild", "--only", name, "--data", str(folder), "--mains", str(mains)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(run: Callable[[Path], int], folder: Path) -> dict[str, float]:
    """Seconds, rows and peak memory of one run."""
    begin = time.perf_counter()
    rows = run(folder)
    seconds = time.perf_counter() - begin
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    return {"seconds": round(seconds, 3), "cpu": round(cpu, 2), "rows": rows, "peak_mib": round(used.ru_maxrss / 1024)}


def make(folder: Path, mains: int) -> None:
    """Facts of a nation: one spell each, nine in ten paid every month; wives, children, few parents and papers."""
    folder.mkdir(parents=True, exist_ok=True)
    conn = duckdb.connect()
    conn.execute("SET preserve_insertion_order = false")
    dependants = mains * 8 // 10
    queries = {
        "persons": f"""
            SELECT key(i) AS key, 'ir' AS jurisdiction,
                   CASE WHEN i < {mains} THEN if(i % 3 = 0, 'female', 'male')
                        WHEN relation(i - {mains}) IN ('spouse', 'daughter') THEN 'female' ELSE 'male' END AS sex,
                   CASE WHEN i < {mains} OR relation(i - {mains}) = 'spouse'
                             THEN DATE '1960-01-01' + (h(i, 1) % 14000)::INT
                        WHEN relation(i - {mains}) = 'father' THEN DATE '1935-01-01' + (h(i, 1) % 12000)::INT
                        ELSE DATE '2003-01-01' + (h(i, 2) % 8000)::INT END AS birth_date,
                   if(h(i, 3) % 100 = 0, DATE '2026-01-01' + (h(i, 4) % 300)::INT, NULL) AS death_date
            FROM range({mains + dependants}) t(i)""",
        "affiliations": f"""
            SELECT key(i) AS key, kind(i) AS kind, begins(i) AS starts,
                   if(h(i, 6) % 10 = 0, DATE '2026-09-30', NULL) AS ends
            FROM range({mains}) t(i)""",
        "contributions": f"""
            SELECT key(i) AS key, kind(i) AS kind, month::DATE AS month, 30::SMALLINT AS days
            FROM range(DATE '2025-12-01', DATE '2026-12-01', INTERVAL 1 MONTH) m(month), range({mains}) t(i)
            WHERE kind(i) != 'pensioner' AND month >= date_trunc('month', begins(i)) AND
                  (h(i, 7) % 10 != 0 OR h(i, month(month)) % 3 != 0)""",
        "dependencies": f"""
            SELECT key({mains} + i) AS key, key(i) AS main_key, relation(i) AS relation,
                   begins(i) + if(h(i, 8) % 10 = 0, 40, 0) AS starts, NULL::DATE AS ends
            FROM range({dependants}) t(i)""",
        "evidence": f"""
            SELECT key({mains} + i) AS key, if(relation(i) = 'son', 'study_certificate', 'dependency') AS kind,
                   DATE '2026-01-01' + (h(i, 9) % 300)::INT AS valid_from, NULL::DATE AS valid_until,
                   'counter' AS source
            FROM range({dependants}) t(i)
            WHERE relation(i) = 'father' OR (relation(i) = 'son' AND h(i, 10) % 20 = 0)""",
        "other_cover": """
            SELECT 0::BIGINT AS key, '' AS insurer, NULL::DATE AS starts, NULL::DATE AS ends LIMIT 0""",
    }
    conn.execute("CREATE MACRO h(i, n) AS (hash(i * 31 + n) >> 1)::BIGINT")
    conn.execute("CREATE MACRO begins(i) AS DATE '2025-12-01' + (h(i, 5) % 100)::INT")
    conn.execute("CREATE MACRO key(i) AS (hash(i) >> 1)::BIGINT")
    kinds = "CASE WHEN i % 20 < 13 THEN 'compulsory' WHEN i % 20 < 15 THEN 'voluntary' WHEN i % 20 < 18 THEN"
    conn.execute(f"CREATE MACRO kind(i) AS {kinds} 'self_employed' ELSE 'pensioner' END")
    relations = "CASE WHEN i % 20 < 9 THEN 'spouse' WHEN i % 20 < 14 THEN 'son' WHEN i % 20 < 19 THEN 'daughter'"
    conn.execute(f"CREATE MACRO relation(i) AS {relations} ELSE 'father' END")
    for name, query in queries.items():
        conn.execute(f"COPY ({query}) TO '{folder / name}.parquet'")
    (folder / "done").touch()


def reader(folder: Path) -> duckdb.DuckDBPyConnection:
    """A database bounded in memory, with the facts as views on the files."""
    conn = duckdb.connect()
    conn.execute(f"SET memory_limit = '{MEMORY}'")
    conn.execute(f"SET temp_directory = '{folder / 'spill'}'")
    conn.execute("SET preserve_insertion_order = false")
    for path in folder.glob("*.parquet"):
        if path.stem not in ("ours", "by_hand"):
            conn.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM read_parquet('{path}')")
    return conn


def ours(folder: Path) -> int:
    """The law's own stages on the files."""
    from daftar.rules.engine.nation import rebuild_files

    return rebuild_files(folder, folder / "ours.parquet", memory=MEMORY)


def by_hand(folder: Path) -> int:
    """The same job as SQL written by hand for exactly these facts."""
    from daftar.rules.law import version

    conn = reader(folder)
    *stages, last = BY_HAND.read_text(encoding="utf-8").strip().removesuffix(";").split(";\n")
    for stage in stages:
        conn.execute(stage)
    count = conn.execute(last.format(out=folder / "by_hand.parquet", version=version("ir"))).fetchone()
    return int(count[0]) if count else 0


def differing(folder: Path) -> int:
    """Rows that one of the two wrote and the other did not."""
    ours, theirs = (f"FROM read_parquet('{folder / name}.parquet')" for name in ("ours", "by_hand"))
    once = f"(SELECT count(*) FROM ({ours} EXCEPT ALL {theirs}))"
    again = f"(SELECT count(*) FROM ({theirs} EXCEPT ALL {ours}))"
    found = reader(folder).execute(f"SELECT {once} + {again}").fetchone()
    return int(found[0]) if found else 0


if __name__ == "__main__":
    main()
