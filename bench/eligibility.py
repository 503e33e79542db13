"""Single inquiries and batches against their peers (issue 2, "Speed and memory"): `python -m bench.eligibility`.

Gate: token, blind index, one transaction, journal, tracking code, JSON over HTTP, driven by wrk. Peers: pgbench doing
the same SELECT and INSERT as one prepared transaction and as one statement, over the same tables; a plain Django +
ninja view.
Runs alternate; medians and paired ratios are printed. Load generator, servers and database share the machine.
"""

import argparse
import os
import re
import secrets as random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench import population, ranks
from bench.load import HERE, load
from bench.report import Figure, show
from bench.servers import free_port, postgresql, postgresql_binary, served
from daftar.disclosure.clients import client_make
from daftar.gate.tokens import Tokens
from daftar.store.connect import connect, transaction
from daftar.store.keys import read_secrets

TPS = re.compile(r"tps = ([\d.]+)")


@dataclass(frozen=True)
class Ground:
    """One database and where its state lies."""

    url: str
    state: Path
    bodies: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a server needs to know."""
        return {"DAFTAR_DATABASE": self.url, "DAFTAR_STATE": str(self.state), "DAFTAR_LOG": "error"}


def prepare(url: str, state: Path, persons: int, keys: int = 0) -> Ground:
    """Migrate, fill, and make a provider's client, which has used `keys` Idempotency-Keys."""
    ground = Ground(url, state, state / "bodies.txt")
    subprocess.run(
        [sys.executable, "-m", "daftar.config.cli", "migrate"],
        env=os.environ | ground.environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    secrets = read_secrets(state / "secret")
    conn = connect(url, statement_seconds=600)
    population.fill(conn, secrets, persons)
    now = datetime.now(UTC)
    with transaction(conn):
        conn.execute(
            "INSERT INTO organisation (code, kind, name, province, address, provider_type, ownership, institution,"
            f" suspended, office, recorded_at, withdrawn) VALUES ('p', 'provider', 'p', '', '', '', '', '', false, '',"
            f" '{now:%Y-%m-%d %H:%M:%S}', false)"
        )
        conn.execute(
            "INSERT INTO agreement (organisation, number, starts, purposes, office, recorded_at, withdrawn)"
            f" VALUES ('p', '1', '2020-01-01', '', '', '{now:%Y-%m-%d %H:%M:%S}', false)"
        )
        client_make(conn, secrets, client_id="bench", organisation="p", scopes="eligibility", secret=SECRET, at=now)
    population.fill_keys(conn, "bench", keys)
    conn.close()
    population.write_bodies(ground.bodies, persons, 100_000)
    return ground


SECRET = random.token_urlsafe(32)


@contextmanager
def gate(ground: Ground, workers: int) -> Iterator[str]:
    """The gate as in production; yields its address."""
    port = free_port()
    command = ["-m", "daftar.config.cli", "serve", "gate", "--port", str(port), "--workers", str(workers)]
    with served(command, ground.environment, port, "/readyz"):
        yield f"http://127.0.0.1:{port}"


def token(base: str) -> str:
    """A fresh access token."""
    answer = httpx.post(
        f"{base}/oauth/token",
        data={"grant_type": "client_credentials", "client_id": "bench", "client_secret": SECRET},
    )
    return str(answer.raise_for_status().json()["access_token"])


def wrk(url: str, bearer: str, ground: Ground, connections: int, seconds: int, **more: str) -> tuple[float, float]:
    """Requests a second and the 99th percentile in milliseconds."""
    given = {"BENCH_TOKEN": bearer, "BENCH_BODIES": ground.bodies} | more
    return load("load.lua", url, given, connections=connections, seconds=seconds)


def pgbench(url: str, script: str, clients: int, seconds: int, persons: int) -> float:
    """Transactions a second of one of our pgbench scripts, prepared."""
    printed = subprocess.run(
        [
            *(postgresql_binary("pgbench"), "-n", "-M", "prepared", "-j2", f"-c{clients}", f"-T{seconds}"),
            *("-D", f"most={persons // population.MD5_SHARE}", "-f", HERE / script, url),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return float(TPS.search(printed).group(1))  # type: ignore[union-attr]


def plain_view(ground: Ground, options: argparse.Namespace) -> float:
    """Requests a second of the plain Django + ninja view, one WSGI worker as the gate has one process."""
    port = free_port()
    command = ["-m", "granian", "--interface", "wsgi", "--port", str(port), "--log-level", "error"]
    command += ["--blocking-threads", "4", "bench.peer_django:application"]
    with served(command, ground.environment, port, "/api/v1/openapi.json"):
        url = f"http://127.0.0.1:{port}/api/v1/eligibility-inquiries"
        bearer = Tokens(read_secrets(ground.state / "secret")).make("bench", frozenset({"eligibility"}))
        return wrk(url, bearer, ground, 16, options.seconds)[0]


def ranks_figure(base: str, ground: Ground, options: argparse.Namespace, name: str) -> Figure:
    """The chance that an unknown person's answer is the slower one, run by run; 0.5 tells nothing."""
    lapsed = population.lapsed_numbers(options.persons, 400)
    unknown = [str(population.FIRST_NUMBER + options.persons + place) for place in range(len(lapsed))]
    pairs = [pair for both in zip(lapsed, unknown, strict=True) for pair in (("lapsed", both[0]), ("unknown", both[1]))]
    chances = []
    for _ in range(options.rounds):
        random.SystemRandom().shuffle(pairs)  # in a fixed order the first would warm what the second uses
        with httpx.Client(base_url=base, headers={"Authorization": f"Bearer {token(base)}"}) as http:
            found = ranks.times(http, pairs)
        chance, probability = ranks.rank_probability(found["unknown"], found["lapsed"])
        quicker = 1e6 * (statistics.median(found["lapsed"]) - statistics.median(found["unknown"]))
        print(
            f"{name}: unknown slower than known uncovered {chance:.3f}, p = {probability:.2f};"
            f" quicker by {quicker:.0f} us of {1e6 * statistics.median(found['unknown']):.0f}",
            flush=True,
        )
        chances.append(chance)
    return Figure(f"{name}: chance that unknown is slower than uncovered (0.5 tells nothing)", "", chances)


def batches(base: str, bearer: str, ground: Ground, seconds: int) -> float:
    """People a second in batches of 1,000, four senders at once."""
    time.sleep(2)  # what the senders before left in the queue is answered first, and would count against these
    given = {"BENCH_TOKEN": bearer, "BENCH_BODIES": ground.bodies}
    inquiries = f"{base}/api/v1/eligibility-inquiries/batch"
    return 1000 * load("load_batch.lua", inquiries, given, connections=4, seconds=seconds)[0]


def alternate(rounds: int, **runs: Callable[[], float]) -> dict[str, list[float]]:
    """Run each in turn, `rounds` times; all figures by name."""
    figures: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            figures[name].append(run())
    return figures


def measure(ground: Ground, options: argparse.Namespace, *, on_postgresql: bool) -> list[Figure]:
    """All figures of one database."""
    name = "PostgreSQL" if on_postgresql else "SQLite"
    inquiries = "/api/v1/eligibility-inquiries"
    found: list[Figure] = []
    with gate(ground, options.workers if on_postgresql else 1) as base:
        bearer = token(base)
        wrk(base + inquiries, bearer, ground, 64, 2)  # warm

        def single() -> float:
            return wrk(base + inquiries, token(base), ground, options.connections, options.seconds)[0]

        def keyed() -> float:
            marks = {"BENCH_KEYS": f"{time.time_ns()}-"}
            return wrk(base + inquiries, token(base), ground, options.connections, options.seconds, **marks)[0]

        runs: dict[str, Callable[[], float]] = {"gate": single, "gate, each under an Idempotency-Key": keyed}
        if on_postgresql:
            runs["Django + ninja view"] = lambda: plain_view(ground, options)
            for peer, script in (("one transaction", "transaction.sql"), ("one statement", "statement.sql")):
                runs[f"pgbench, {peer}"] = lambda script=script: pgbench(  # type: ignore[misc]
                    ground.url, script, options.pgbench_clients, options.seconds, options.persons
                )
        figures = alternate(options.rounds, **runs)
        for peer, values in figures.items():
            ratio = None if peer == "gate" else [g / p for g, p in zip(figures["gate"], values, strict=True)]
            found.append(Figure(f"{name}: single inquiries, {peer}", "a second", values, ratio))
        found.append(ranks_figure(base, ground, options, name))
        p99 = [wrk(base + inquiries, token(base), ground, 32, options.seconds)[1] for _ in range(options.rounds)]
        found.append(Figure(f"{name}: p99 at 32 connections", "ms", p99))
        people = [batches(base, token(base), ground, options.seconds) for _ in range(options.rounds)]
        found.append(Figure(f"{name}: people in batches of 1,000", "a second", people))
    return found


def main() -> None:
    """Measure on one database or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=5_000_000)
    parser.add_argument("--keys", type=int, default=1_000_000, help="Idempotency-Keys of the last 48 hours")
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=384)
    parser.add_argument("--workers", type=int, default=2, help="processes of the gate on PostgreSQL")
    parser.add_argument("--pgbench-clients", type=int, default=32)
    parser.add_argument("--database", choices=["both", "postgresql", "sqlite"], default="both")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="daftar-bench-", ignore_cleanup_errors=True) as folder:
        if options.database != "sqlite":
            with postgresql(Path(folder) / "pg") as url:
                ground = prepare(url, _made(Path(folder) / "state-pg"), options.persons, options.keys)
                show(measure(ground, options, on_postgresql=True))
        if options.database != "postgresql":
            state = _made(Path(folder) / "state-sqlite")
            ground = prepare(f"sqlite:///{state / 'daftar.sqlite3'}", state, options.persons, options.keys)
            show(measure(ground, options, on_postgresql=False))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


if __name__ == "__main__":
    main()
