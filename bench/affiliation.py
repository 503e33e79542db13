"""Affiliation inquiries (issue 3, "Speed"): `python -m bench.affiliation`.

Single inquiries through the gate, driven by wrk (at least 1,500/s wanted), and the batch function that file jobs use,
in one process (at least 20,000 lines/s wanted); as a fund, and as a court, which opens the most sealed fields.
PostgreSQL with default durability; load generator, server and database share the machine.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from bench import affiliated
from bench.eligibility import SECRET, Ground, alternate, gate, wrk
from bench.report import Figure, show
from bench.servers import postgresql
from daftar.answers import SharedWriter, TrackingCodes
from daftar.disclosure.affiliation import AffiliationQuestion, ask_affiliation
from daftar.disclosure.clients import client_make
from daftar.gate.tokens import Tokens
from daftar.store.connect import connect, transaction
from daftar.store.keys import Secrets, read_secrets
from daftar.terms.outcomes import Channel
from daftar.terms.outcomes import Ground as LegalGround

KINDS = ("fund", "judicial")
IN_ONE_TRANSACTION = 2000
INQUIRIES = "/api/v1/affiliation-inquiries"


def prepare(url: str, state: Path, persons: int) -> Ground:
    """Migrate, fill, and make a fund and a court with a client each."""
    ground = Ground(url, state, state / "bodies.txt")
    environment = os.environ | ground.environment
    command = [sys.executable, "-m", "daftar.config.cli", "migrate"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    secrets = read_secrets(state / "secret")
    conn = connect(url, statement_seconds=600)
    affiliated.fill(conn, secrets, persons)
    now = datetime.now(UTC)
    with transaction(conn):
        for kind in KINDS:
            conn.execute(
                "INSERT INTO organisation (code, kind, name, province, address, provider_type, ownership, institution,"
                " suspended, office, recorded_at, withdrawn)"
                " VALUES (%s, %s, %s, '', '', '', '', '', false, '', %s, false)",
                [kind, kind, kind, now],
            )
            conn.execute(
                "INSERT INTO agreement (organisation, number, starts, purposes, office, recorded_at, withdrawn)"
                " VALUES (%s, '1', '2020-01-01', '', '', %s, false)",
                [kind, now],
            )
            client_make(conn, secrets, client_id=kind, organisation=kind, scopes="affiliation", secret=SECRET, at=now)
    conn.close()
    affiliated.write_bodies(ground.bodies, persons, 100_000)
    return ground


def questions(secrets: Secrets, persons: int, kind: str, count: int) -> list[AffiliationQuestion]:
    """Random questions, a third of them with a period, one in twenty about nobody known."""
    chance = random.Random(3)
    asked = []
    for _ in range(count):
        period = chance.random() < 0.33
        asked.append(
            AffiliationQuestion(
                key=affiliated.key_of(secrets, chance.randrange(int(persons * 1.05))),
                jurisdiction="ir",
                organisation=kind,
                organisation_kind=kind,
                channel=Channel.FILE,
                ground=LegalGround.AGREEMENT,
                account="bench",
                period_from=date(2019, 1, 1) if period else None,
                period_to=date(2023, 12, 31) if period else None,
                reference_number="1405/7",
                reference_date=date(2026, 1, 1),
            )
        )
    return asked


def lines(ground: Ground, asked: list[AffiliationQuestion]) -> float:
    """Questions a second of the batch function in one process, each transaction committed."""
    secrets = read_secrets(ground.state / "secret")
    conn, writer, tracking = connect(ground.url), SharedWriter(), TrackingCodes(secrets)
    began = time.perf_counter()
    for start in range(0, len(asked), IN_ONE_TRANSACTION):
        with transaction(conn):
            part = asked[start : start + IN_ONE_TRANSACTION]
            ask_affiliation(conn, part, at=datetime.now(UTC), secrets=secrets, writer=writer, tracking=tracking)
    took = time.perf_counter() - began
    conn.close()
    return len(asked) / took


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=300_000)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--connections", type=int, default=64)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="daftar-bench-") as folder, postgresql(Path(folder) / "pg") as url:
        ground = prepare(url, Path(folder), options.persons)
        show(measure(ground, options))


def measure(ground: Ground, options: argparse.Namespace) -> list[Figure]:
    """All figures."""
    secrets = read_secrets(ground.state / "secret")
    asked = {kind: questions(secrets, options.persons, kind, options.lines) for kind in KINDS}
    batches = alternate(options.rounds, **{kind: lambda kind=kind: lines(ground, asked[kind]) for kind in KINDS})
    with gate(ground, 1) as base:
        tokens = Tokens(secrets)

        def single(kind: str, seconds: int) -> tuple[float, float]:
            bearer = tokens.make(kind, frozenset({"affiliation"}))
            return wrk(base + INQUIRIES, bearer, ground, options.connections, seconds)

        single("fund", 2)  # warm
        singles = alternate(options.rounds, **{k: lambda k=k: single(k, options.seconds)[0] for k in KINDS})
        slowest = [single("fund", options.seconds)[1] for _ in range(options.rounds)]
    found = [Figure(f"single inquiries by API, {kind}", "inquiries/s", singles[kind]) for kind in KINDS]
    found.append(Figure("99th percentile, fund", "ms", slowest))
    return found + [Figure(f"batch function, one process, {kind}", "lines/s", batches[kind]) for kind in KINDS]


if __name__ == "__main__":
    main()
