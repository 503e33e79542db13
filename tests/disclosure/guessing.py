"""Guesses at the quiz of one person, many at once: in threads of this process, or as a process of its own.

`python -m tests.disclosure.guessing URL SECRET` guesses for each line of its input and prints how often it was told
what, as JSON.
"""

import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from uuid import UUID

from daftar.answers import SharedWriter, TrackingCodes
from daftar.disclosure.quiz import Examinee, Given, House
from daftar.disclosure.quiz.answering import answer
from daftar.store.connect import connect, transaction
from daftar.store.keys import Key, Secrets, read_secrets
from tests.disclosure.quizzing import AT, HOME, NOBODY

TOGETHER = 10
ROOT = Path(__file__).parents[2]


def guess(url: str, secrets: Secrets, key: UUID, draw: UUID, numbers: range, *, same: bool) -> Counter[str]:
    """Send a wrong answer for each number, `TOGETHER` at a time, each on a connection of its own.

    `same`: all of them are the same answers.
    """
    house = House(secrets, SharedWriter(), TrackingCodes(secrets))
    who = Examinee(key=Key(key), jurisdiction="cn", account=7, user="citizen-7", stamp=b"s" * 16)
    start = Barrier(TOGETHER)

    def some(first: int) -> list[str]:
        conn, told = connect(url), []
        start.wait(60)
        for number in numbers[first::TOGETHER]:
            given = Given(draw, HOME, NOBODY - timedelta(days=0 if same else number), None)
            with transaction(conn):
                told.append(type(answer(conn, house, who, given, at=AT)).__name__)
        conn.close()
        return told

    with ThreadPoolExecutor(TOGETHER) as threads:
        return Counter(word for told in threads.map(some, range(TOGETHER)) for word in told)


class Process:
    """Another process that guesses whenever it is told to."""

    def __init__(self, url: str, secret: Path) -> None:
        self.made = subprocess.Popen(
            [sys.executable, "-m", "tests.disclosure.guessing", url, str(secret)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._say("ready")
        assert self._hear() == "ready"

    def guess(self, key: UUID, draw: UUID, numbers: range) -> Counter[str]:
        """As the function does."""
        self._say(f"{key.hex} {draw.hex} {numbers.start} {numbers.stop}")
        return Counter(json.loads(self._hear()))

    def end(self) -> None:
        """It ends when nobody speaks any more."""
        self.made.communicate(timeout=60)

    def _say(self, line: str) -> None:
        assert self.made.stdin
        self.made.stdin.write(f"{line}\n")
        self.made.stdin.flush()

    def _hear(self) -> str:
        assert self.made.stdout
        return self.made.stdout.readline().strip()


def serve(url: str, secrets: Secrets) -> None:
    """Guess for each line of the input until it ends."""
    for line in sys.stdin:
        if line.strip() == "ready":
            print("ready", flush=True)
            continue
        key, draw, first, last = line.split()
        told = guess(url, secrets, UUID(key), UUID(draw), range(int(first), int(last)), same=False)
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    serve(sys.argv[1], read_secrets(Path(sys.argv[2])))
