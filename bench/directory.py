"""How long a page of the public directory takes: p95 under 50 ms at 50 requests a second, full pages (issue 4).

    python -m bench.directory --institutions 200000 --seconds 30 --rounds 3

Institutions are loaded by the feed into SQLite and PostgreSQL, the portal is served as in production, and each request
is counted from the moment at which it was due: who waits in a queue waits too.
"""

import argparse
import http.client
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.feeds import AT, SECRETS, fresh
from bench.institutions import addresses, write_files
from bench.report import Figure, show
from bench.servers import free_port, postgresql, served
from daftar.feeds.load import load_file

LIMIT_MS = 50.0
CONNECTIONS = 16


def main() -> None:
    """Both databases, round by round."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--institutions", type=int, default=200_000)
    options.add_argument("--rate", type=int, default=50)
    options.add_argument("--seconds", type=int, default=30)
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="daftar-bench-directory-") as made:
        folder = Path(made)
        asked = addresses(write_files(folder, chosen.institutions), chosen.rate * chosen.seconds)
        with postgresql(folder / "postgresql") as server:
            for kind, url in (("SQLite", f"sqlite:///{folder / 'feeds.sqlite3'}"), ("PostgreSQL", server)):
                show(list(figures(kind, fresh(url, 0, folder), folder, asked, chosen)))


def figures(kind: str, url: str, folder: Path, asked: Sequence[str], chosen: argparse.Namespace) -> Iterator[Figure]:
    """What loading brings, then the rounds over one served portal."""
    yield Figure(f"{kind}: institutions loaded by feed", "rows/s", [load(url, folder)])
    port = free_port()
    environment = {"DAFTAR_DATABASE": url, "DAFTAR_STATE": str(folder)}
    command = ["-m", "daftar.config.cli", "serve", "portal", "--port", str(port), "--workers", "2"]
    with served(command, environment, port, "/en/directory/institutions/"):
        press(port, asked[:200], chosen.rate)  # what is kept is read, templates are compiled
        rounds = [press(port, asked, chosen.rate) for _ in range(chosen.rounds)]
    for name, share in (("median", 50), ("p95", 95), ("p99", 99)):
        yield Figure(f"{kind}: page, {name}", "ms", [_percentile(times, share) for times in rounds])
    p95 = statistics.median(_percentile(times, 95) for times in rounds)
    print(f"{kind}: p95 {p95:.0f} ms of {LIMIT_MS:.0f} ms: {'kept' if p95 < LIMIT_MS else 'MISSED'}")


def load(url: str, folder: Path) -> float:
    """Load regions and institutions; rows of the latter a second."""
    begin = 0.0
    for table in ("regions", "institutions"):
        begin = time.perf_counter()
        report = load_file(url, SECRETS, table, folder / f"{table}.csv", at=AT, rebuild=False)
        if report.problem or report.quarantined:
            raise RuntimeError(f"{table}: {report.problem or report.quarantined[:3]}")
    return report.rows / (time.perf_counter() - begin)


def press(port: int, asked: Sequence[str], rate: int) -> list[float]:
    """Ask for pages at a steady rate; milliseconds of each, from the moment at which it was due."""
    begin = time.perf_counter() + 0.1
    turns, taken, times = iter(range(len(asked))), threading.Lock(), [0.0] * len(asked)
    wrong: list[str] = []

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while True:
            with taken:
                turn = next(turns, None)
            if turn is None:
                return
            due = begin + turn / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            connection.request("GET", asked[turn])
            answer = connection.getresponse()
            content = answer.read()
            times[turn] = (time.perf_counter() - due) * 1000
            if answer.status not in (200, 404) or not content.endswith(b"</html>\n"):
                wrong.append(f"{answer.status} {asked[turn]}")

    people = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    if wrong:
        raise RuntimeError(f"{len(wrong)} pages were not served: {wrong[:3]}")
    return times


def _percentile(times: Sequence[float], share: int) -> float:
    return statistics.quantiles(times, n=100)[share - 1]


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
