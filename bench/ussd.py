"""USSD through HTTP (issue 6, "Speed"): `python -m bench.ussd`.

Telephones of providers walk through the menu over the aggregator's form: dial, choose, type a foreign national's
number, say that it is one. Each request reads and writes its dialogue in a durable transaction; every fourth is
answered and journalled. Load generator, gate and PostgreSQL share the machine.
"""

import argparse
import os
import random
import tempfile
from base64 import b64encode
from datetime import UTC, date, datetime
from pathlib import Path

from bench import population
from bench.eligibility import Ground, gate, prepare
from bench.load import load
from bench.report import Figure, show
from bench.servers import postgresql
from daftar.store.connect import connect, transaction
from daftar.store.dialect import execute_many, rows
from daftar.store.keys import read_secrets
from daftar.store.sealing import seal_fields

GATEWAY = "bench:secret-of-the-bench"
TELEPHONES = 50_000
FIRST_TELEPHONE = 989_130_000_000


def register(ground: Ground, persons: int) -> None:
    """Telephones of one provider, and whom each asks about."""
    secrets = read_secrets(ground.state / "secret")
    sealed, now = seal_fields(secrets, "provider_phone", {}), datetime.now(UTC)
    phones = [f"+{FIRST_TELEPHONE + place}" for place in range(TELEPHONES)]
    conn = connect(ground.url, statement_seconds=600)
    with transaction(conn):
        execute_many(
            conn,
            "INSERT INTO provider_phone (organisation, mobile_key, sealed, starts, office, recorded_at, withdrawn)"
            " VALUES ('p', ?, ?, ?, '', ?, ?)",
            [[secrets.mobile_key(phone), sealed, date(2020, 1, 1), now, False] for phone in phones],
        )
    conn.execute("ANALYZE provider_phone")
    conn.close()
    chance = random.Random(7)
    asked = [(phone, population.FIRST_NUMBER + chance.randrange(persons)) for phone in phones]
    ground.bodies.write_text("".join(f"%2B{phone[1:]} {number}\n" for phone, number in asked))


def dial(base: str, ground: Ground, run: int, options: argparse.Namespace) -> tuple[float, float]:
    """Requests a second and the 99th percentile in milliseconds."""
    basic = b64encode(GATEWAY.encode()).decode()
    given = {"BENCH_TOKEN": basic, "BENCH_RUN": run, "BENCH_BODIES": ground.bodies}
    address = f"{base}/ussd/aggregator"
    return load("load_ussd.lua", address, given, connections=options.connections, seconds=options.seconds)


def counted(ground: Ground) -> tuple[int, int]:
    """Rows of the journal and words that were taken."""
    conn = connect(ground.url)
    found = rows(conn, "SELECT (SELECT count(*) FROM inquiry), (SELECT coalesce(sum(turns), 0) FROM ussd_dialogue)")
    conn.close()
    return int(found[0][0]), int(found[0][1])


def main() -> None:
    """Measure on PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=128)
    parser.add_argument("--workers", type=int, default=2, help="processes of the gate")
    options = parser.parse_args()
    os.environ["DAFTAR_USSD_GATEWAYS"] = GATEWAY
    with tempfile.TemporaryDirectory(prefix="daftar-bench-", ignore_cleanup_errors=True) as folder:
        state = Path(folder) / "state"
        state.mkdir()
        with postgresql(Path(folder) / "pg") as url:
            ground = prepare(url, state, options.persons)
            register(ground, options.persons)
            with gate(ground, options.workers) as base:
                measured = [dial(base, ground, run, options) for run in range(options.rounds)]
                answered, words = counted(ground)
    print(f"{answered} answers journalled in {words} words typed")
    show(
        [
            Figure("PostgreSQL: requests of USSD dialogues", "a second", [rate for rate, _ in measured]),
            Figure(f"PostgreSQL: p99 at {options.connections} connections", "ms", [p99 for _, p99 in measured]),
        ]
    )


if __name__ == "__main__":
    main()
