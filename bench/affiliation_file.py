"""Files of inquiries (issue 3, "Speed"): `python -m bench.affiliation_file`.

A CSV file taken in, answered by the workers and fetched, on PostgreSQL with default durability: as a fund, and as a
court, which opens the most sealed fields. At least 20,000 lines/s wanted; workers and database share the machine.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from bench import affiliated
from bench.affiliation import KINDS, prepare
from bench.report import Figure, show
from bench.servers import postgresql


def content(persons: int, count: int) -> BytesIO:
    """A file of random numbers, a third of its lines with a period, one in twenty about nobody known."""
    chance = random.Random(5)
    file = BytesIO()
    file.write(b"type,number,period_from,period_to\n")
    for _ in range(count):
        number = affiliated.FIRST_NUMBER + chance.randrange(int(persons * 1.05))
        period = "1398/01/01,1402/12/29" if chance.random() < 0.33 else ","
        file.write(f"{affiliated.ID_TYPE},{number},{period}\n".encode())
    return file


def take_in(file: BytesIO, kind: str) -> Any:
    """Send a file as an organisation of a kind does."""
    from daftar.portal.affiliation.files import file_take_in

    file.seek(0)
    return file_take_in(
        content=file,
        organisation=kind,
        kind=kind,
        account="bench",
        jurisdiction="ir",
        language="fa",
        reference=("1405/7", date(2026, 1, 1)),
        at=datetime.now(UTC),
    )


def answered() -> int:
    """Answer in this process until nothing waits; how many lines it were."""
    from daftar.portal.affiliation.files import part_answer

    total = 0
    while (done := part_answer(datetime.now(UTC))) is not None:
        total += done
    return total


@contextmanager
def another_worker() -> Iterator[None]:
    """A second worker, `daftar work`, ready before the clock starts."""
    process = subprocess.Popen([sys.executable, "-m", "daftar.config.cli", "work"])
    time.sleep(4)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def speed(file: BytesIO, kind: str, lines: int) -> dict[str, float]:
    """Lines a second of each step, with one worker."""
    from daftar.portal.affiliation.files import answers_of

    began = time.perf_counter()
    sent = take_in(file, kind)
    taken = time.perf_counter()
    answered()
    done = time.perf_counter()
    size = sum(len(part) for part in answers_of(sent))
    fetched = time.perf_counter()
    if size < 50 * lines:
        raise RuntimeError("the answers are not all there")
    return {
        "taken in": lines / (taken - began),
        "answered, one worker": lines / (done - taken),
        "fetched": lines / (fetched - done),
    }


def together(file: BytesIO, kind: str, lines: int) -> float:
    """Lines a second answered by two workers at once."""
    from daftar.portal.affiliation.models import InquiryFile

    sent = take_in(file, kind)
    began = time.perf_counter()
    answered()
    while InquiryFile.objects.get(id=sent.id).finished_at is None:
        time.sleep(0.02)
    return lines / (time.perf_counter() - began)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=300_000)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="daftar-bench-") as folder, postgresql(Path(folder) / "pg") as url:
        ground = prepare(url, Path(folder), options.persons)
        os.environ |= ground.environment | {"DJANGO_SETTINGS_MODULE": "daftar.config.settings"}
        import django

        django.setup()
        show(measure(options))


def measure(options: argparse.Namespace) -> list[Figure]:
    """All figures."""
    file = content(options.persons, options.lines)
    found = []
    for kind in KINDS:
        speed(content(options.persons, 5000), kind, 5000)  # warm
        rounds = [speed(file, kind, options.lines) for _ in range(options.rounds)]
        found += [Figure(f"{kind}: {step}", "lines/s", [each[step] for each in rounds]) for step in rounds[0]]
        with another_worker():
            both = [together(file, kind, options.lines) for _ in range(options.rounds)]
        found.append(Figure(f"{kind}: answered, two workers", "lines/s", both))
    return found


if __name__ == "__main__":
    main()
