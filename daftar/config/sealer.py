"""`python -m daftar.config.sealer`: the process that seals the journal; `daftar serve` runs one beside it (ADR 0013).

A process of its own, so that it takes nothing from the gate but its share of the database. It ends when its standard
input does, after a last pass. On PostgreSQL an advisory lock lets one seal at a time; on SQLite the write lock does.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import psycopg
import structlog

from daftar.answers.head import Head, HeadForged, advance, read_head, sign_head
from daftar.answers.sealing import LOCK, Sealer
from daftar.config import environment as env
from daftar.config.logs import configure_logs
from daftar.store.connect import connect, transaction
from daftar.store.dialect import Connection, is_sqlite, rows
from daftar.store.journal_keys import read_journal_keys

EVERY_SECONDS = 1.0
EVERYBODY_EACH = 300  # passes; between them only writers that are known to have been busy are looked at
POLITENESS = 10  # whoever asks goes first
HEAD_FILE = "journal-head.json"
KEY_FOLDER = "journal-keys"
AWAY = (psycopg.Error, sqlite3.Error, OSError)
log = structlog.get_logger()


@contextmanager
def sealer_beside() -> Iterator[None]:
    """Run the sealer as long as the block lasts, and anew when it is killed; at the end it seals what is left."""
    ending, running = Event(), [_started()]
    watcher = Thread(target=_keep_running, args=(running, ending), name="sealer", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ending.set()
        watcher.join()
        _end(running[0])


def _started() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "daftar.config.sealer"], stdin=subprocess.PIPE)


def _keep_running(running: "list[subprocess.Popen[bytes]]", ending: Event) -> None:
    """Look each second whether the one that runs still does."""
    while not ending.wait(EVERY_SECONDS):
        if (code := running[0].poll()) is not None:
            log.error("sealer ended, and is started anew", code=code)
            running[0] = _started()


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.terminate()


class Sealing:
    """Passes over the journal, with a connection that is opened anew after every failure."""

    def __init__(self, database_url: str, state: Path) -> None:
        self._url = database_url
        self._head_file = state / HEAD_FILE
        self._keys = read_journal_keys(state / KEY_FOLDER)
        self._passes = 0
        self._conn: Connection = None
        self._sealer: Sealer | None = None

    def until(self, stop: Event) -> None:
        """A pass each second, and one after `stop` was set."""
        ending = False
        while not ending:
            ending = stop.is_set()
            self.tick(datetime.now(UTC))
            if not ending:
                stop.wait(EVERY_SECONDS)
        self.close()

    def tick(self, at: datetime) -> int:
        """One pass: the number of blocks sealed. What fails is logged and tried again with the next pass."""
        try:
            return self._pass(at)
        except AWAY as error:
            log.warning("journal not sealed", error=type(error).__name__)
        except Exception as error:  # frames only: the text of an error may hold what is in a row
            log.error("journal not sealed", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))
        self.close()
        return 0

    def _pass(self, at: datetime) -> int:
        fresh = self._sealer is None
        sealer = self._open()
        if sealer is None:
            return 0  # another process seals
        self._passes += 1
        blocks = sealer.prepare(self._conn, at, everybody=self._passes % EVERYBODY_EACH == 0)
        if blocks:
            with transaction(self._conn):
                blocks = sealer.add(self._conn, blocks)
        while sealer.gaps:
            writer, first, last = sealer.gaps.pop()
            log.error("journal rows gone before they were sealed", writer=writer, first=first, last=last)
        if blocks or fresh:
            self._publish(sealer.writers if fresh else {block.writer for block in blocks}, at)
        return len(blocks)

    def _open(self) -> Sealer | None:
        if self._conn is None:
            self._conn = connect(self._url)
        if self._sealer is None:
            if not is_sqlite(self._conn) and not rows(self._conn, "SELECT pg_try_advisory_lock(?, ?)", LOCK)[0][0]:
                return None
            self._sealer = Sealer(self._conn, self._keys)
        return self._sealer

    def _publish(self, writers: set[int], at: datetime) -> None:
        """Move the head on. Where it cannot go on it stays, so that what was cut off is still to be seen."""
        try:
            content = self._head_file.read_bytes() if self._head_file.exists() else b""
            head = read_head(content, self._keys) if content else Head(at, {})
        except HeadForged:
            log.error("journal head is not ours; it is left as it is", file=str(self._head_file))
            return
        moved, broken = advance(self._conn, head, writers, at)
        if broken:
            log.error("journal does not go on from its published head", writers=sorted(broken))
        if moved.writers != head.writers:
            replace_file(self._head_file, sign_head(moved, self._keys))

    def close(self) -> None:
        """Let go of connection and lock."""
        conn, self._conn, self._sealer = self._conn, None, None
        if conn is not None:
            try:
                conn.close()
            except AWAY as error:
                log.warning("connection not closed", error=type(error).__name__)


def replace_file(path: Path, content: bytes) -> None:
    """Put new content in a file's place in one step, durably."""
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def main() -> None:
    """Seal until standard input ends or a signal comes."""
    configure_logs()
    os.nice(POLITENESS)
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())

    def wait_for_the_end() -> None:
        sys.stdin.buffer.read()
        stop.set()

    Thread(target=wait_for_the_end, name="parent", daemon=True).start()
    Sealing(env.database_url(), env.state_folder()).until(stop)


if __name__ == "__main__":
    main()
