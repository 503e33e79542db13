"""Sealing and verifying the journal on SQLite and PostgreSQL, and what sealing costs those who write meanwhile.

    python -m bench.journal --rows 500000 --rounds 3

Target of issue 3: `journal verify` at least 50,000 rows/s. Rows are asked for as the gate does it, in batches of 256.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from bench.report import Figure, show
from bench.servers import postgresql
from daftar.answers import Question, SharedWriter, TrackingCodes, ask
from daftar.answers.verify import verify
from daftar.config.sealer import KEY_FOLDER, Sealing
from daftar.store.connect import connect, snapshot, transaction
from daftar.store.dialect import Connection
from daftar.store.journal_keys import read_journal_keys
from daftar.store.keys import Key, read_secrets
from daftar.terms.outcomes import Channel, Ground

BATCH = 256
LIVE_SECONDS = 8.0


def main() -> None:
    """Both databases, one after the other."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=500_000)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, postgresql(Path(tempfile.mkdtemp(prefix="daftar-pg-"))) as server:
        for name, url in (("SQLite", f"sqlite:///{folder}/journal.sqlite3"), ("PostgreSQL", server)):
            show(measure(name, url, Path(folder) / name, chosen.rows, chosen.rounds))


def measure(name: str, url: str, state: Path, count: int, rounds: int) -> list[Figure]:
    """Write, seal, verify; then write for some seconds with and without the sealer, in turn."""
    environment = {"DAFTAR_DATABASE": url, "DAFTAR_STATE": str(state)}
    command = [sys.executable, "-m", "django", "migrate", "-v0", "--settings", "daftar.config.settings"]
    subprocess.run(command, env=os.environ | environment, check=True)
    conn = connect(url, statement_seconds=600)
    tracking = TrackingCodes(read_secrets(state / "secret"))
    for _ in range(0, count, BATCH):
        write(conn, tracking)
    sealed = seconds(lambda: seal_all(url, state))
    verified = [count / seconds(lambda: check(conn, state)) for _ in range(rounds)]
    alone, beside = [], []
    for _ in range(rounds):
        alone.append(live(conn, tracking))
        with sealer(environment):
            beside.append(live(conn, tracking))
        seal_all(url, state)
    conn.close()
    ratios = [one / other for one, other in zip(beside, alone, strict=True)]
    return [
        Figure(f"{name}: journal verify", "rows/s", verified),
        Figure(f"{name}: sealing what had piled up", "rows/s", [count / sealed]),
        Figure(f"{name}: writing while it is sealed", "rows/s", beside),
        Figure(f"{name}: writing unsealed", "rows/s", alone, ratios),
    ]


def write(conn: Connection, tracking: TrackingCodes) -> None:
    """One batch of inquiries in one durable transaction."""
    questions = [
        Question(
            key=Key(uuid4()),
            service_day=date(2026, 11, 21),
            jurisdiction="ir",
            channel=Channel.API,
            ground=Ground.AGREEMENT,
            organisation="provider-1",
            account="client-1",
        )
        for _ in range(BATCH)
    ]
    with transaction(conn):
        ask(conn, questions, at=datetime.now(UTC), writer=SharedWriter(7), tracking=tracking)


def live(conn: Connection, tracking: TrackingCodes) -> float:
    """Rows a second, writing batch after batch."""
    begin, batches = time.perf_counter(), 0
    while time.perf_counter() - begin < LIVE_SECONDS:
        write(conn, tracking)
        batches += 1
    return batches * BATCH / (time.perf_counter() - begin)


def seal_all(url: str, state: Path) -> None:
    """Passes until nothing is left."""
    sealing = Sealing(url, state)
    while sealing.tick(datetime.now(UTC)):
        pass
    sealing.close()


def check(conn: Connection, state: Path) -> None:
    """Verify everything; a finding would be a defect."""
    with snapshot(conn):
        report = verify(conn, read_journal_keys(state / KEY_FOLDER), None)
    if report.findings or report.waiting:
        raise RuntimeError(f"{len(report.findings)} findings, {report.waiting} rows waiting")


@contextmanager
def sealer(environment: dict[str, str]) -> Iterator[None]:
    """The sealing process beside, as `daftar serve` runs it."""
    command = [sys.executable, "-m", "daftar.config.sealer"]
    process = subprocess.Popen(command, env=os.environ | environment, stdin=subprocess.PIPE)
    try:
        time.sleep(3)  # started and settled
        yield
    finally:
        if process.stdin:
            process.stdin.close()
        process.wait()


def seconds(work: Callable[[], None]) -> float:
    """How long something takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
