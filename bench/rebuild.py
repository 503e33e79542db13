"""How long the nation's rebuild takes, against month masks written by hand, and how long one household's takes.

    python -m bench.rebuild --mains 10000000 --rounds 5

Makes Parquet files of made-up facts (once, kept in --data), then runs ours and the hand-written SQL in turn, each in a
process of its own, and prints medians, their ratio and the peak memory. Both read the same files, count the same grace,
cut to spells and deaths, carry dependants by age and evidence, and write one Parquet file of numbered spans.
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
    print(f"rebuild of {mains:,} x {MONTHS} months + {mains * 8 // 10:,} dependants, median of {rounds}:")
    print(f"  ours {seconds['ours']:.2f} s, by hand {seconds['by-hand']:.2f} s, paired ratio", end=" ")
    print(f"{statistics.median(ratios):.2f} (target 1.5), peak {peak:.0f} MiB (target 4096)")


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
    from daftar.rules.engine.duckdb import rebuild_files

    return rebuild_files(folder, folder / "ours.parquet", memory=MEMORY)


def by_hand(folder: Path) -> int:
    """The same main job as SQL for exactly these facts: no other kinds, law periods, histories or overlaps."""
    conn = reader(folder)
    conn.execute(BY_HAND.format(out=folder / "by_hand.parquet"))
    found = conn.execute(f"SELECT count(*) FROM read_parquet('{folder / 'by_hand.parquet'}')").fetchone()
    return int(found[0]) if found else 0


BY_HAND = """
CREATE TABLE mask AS
  SELECT key, bit_or(1::BIGINT << (year(month) * 12 + month(month) - 24300)::INT) AS paid
  FROM contributions WHERE days > 0 GROUP BY key;
CREATE TABLE main AS
  WITH spread AS (
    SELECT a.key, a.kind, a.starts, a.ends, p.death_date,
           CASE a.kind WHEN 'compulsory' THEN m.paid | m.paid << 1 | m.paid << 2 | m.paid << 3
                       WHEN 'self_employed' THEN m.paid | m.paid << 1 | m.paid << 2
                       ELSE m.paid | m.paid << 1 END AS bits,
           CASE WHEN a.ends IS NULL OR a.kind != 'compulsory' THEN a.ends
                ELSE last_day(a.ends + INTERVAL 2 MONTH) END AS cap
    FROM affiliations a JOIN persons p USING (key) LEFT JOIN mask m USING (key)),
  runs AS (
    SELECT *, bit_count((bits & -bits) - 1) AS first, 0 AS bit
    FROM spread WHERE bits IS NOT NULL AND kind != 'pensioner'
    UNION ALL
    SELECT s.*, b.bit AS first, b.bit FROM spread s, range(1, 30) b(bit)
    WHERE kind != 'pensioner' AND bits & (bits + (bits & -bits)) != 0
      AND (bits >> b.bit) & 1 = 1 AND (bits >> (b.bit - 1)::INT) & 1 = 0
      AND bits & ((1::BIGINT << b.bit) - 1) != 0),
  dated AS (
    SELECT key, kind, starts, ends, death_date, cap,
           make_date(2025, 1, 1) + to_months(first::INT) AS run_from,
           make_date(2025, 1, 1) + to_months((first + bit_count((~(bits >> first) & ((bits >> first) + 1)) - 1))::INT)
             - INTERVAL 1 DAY AS run_until
    FROM runs)
  SELECT key, kind, greatest(starts, run_from)::DATE AS a, least(cap, run_until, death_date)::DATE AS b,
         if(death_date IS NOT NULL AND death_date <= run_until, 1, 2) AS after
  FROM dated WHERE greatest(starts, run_from) <= least(cap, run_until, death_date)
  UNION ALL
  SELECT key, kind, starts, least(ends, death_date), if(death_date IS NOT NULL, 1, 3)
  FROM affiliations JOIN persons USING (key) WHERE kind = 'pensioner' AND starts <= coalesce(death_date, starts);
COPY (
  WITH dependant AS (
    SELECT d.key, d.relation, d.starts, m.a, m.b, m.after, p.birth_date, p.death_date,
           CASE d.relation WHEN 'spouse' THEN NULL WHEN 'son' THEN p.birth_date + INTERVAL 19 YEAR - INTERVAL 1 DAY
                           WHEN 'daughter' THEN p.birth_date + INTERVAL 15 YEAR - INTERVAL 1 DAY
                           ELSE DATE '1900-01-01' END AS free_until
    FROM dependencies d JOIN persons p USING (key) LEFT JOIN main m ON m.key = d.main_key)
  SELECT key, a AS starts, b AS ends, kind AS basis, after FROM main
  UNION ALL
  SELECT key, greatest(starts, a), least(b, free_until, death_date)::DATE, relation, if(b > free_until, 4, after)
  FROM dependant WHERE greatest(starts, a) <= least(b, free_until, death_date)
  UNION ALL
  SELECT d.key, greatest(d.starts, d.a, e.valid_from)::DATE,
         least(d.b, (e.valid_from + INTERVAL 12 MONTH)::DATE - 1, d.death_date)::DATE, relation, 5
  FROM dependant d JOIN evidence e USING (key)
  WHERE d.free_until < d.b AND greatest(d.starts, d.a, e.valid_from, d.free_until::DATE + 1)
        <= least(d.b, (e.valid_from + INTERVAL 12 MONTH)::DATE - 1, d.death_date)
  UNION ALL
  SELECT key, starts, starts - 1, 'none', 6 FROM dependant WHERE a IS NULL
) TO '{out}';
"""


if __name__ == "__main__":
    main()
