"""Making the demo as `daftar demo` does, in a process of its own: once, again, and on from a kill -9."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from daftar.config.demo.facts import TABLES
from daftar.store.connect import connect
from daftar.store.dialect import rows
from tests.config.asking_the_demo import asking

SCRIPT = """
import sys
from datetime import UTC, datetime
from rich.console import Console
from daftar.config.demo.prepare import Place, prepare
prepare(Place.of_environment(), Console(quiet=True), datetime.now(UTC), persons=int(sys.argv[1]))
"""
PERSONS = 3000
EXACTLY = {"institution": 5_000, "proxy_binding": 3, "material": 2, "objection": 2, "announcement": 2}
EXACTLY["feed_batch"] = len(TABLES)


def environment(database_url: str, state: Path) -> dict[str, str]:
    return os.environ | {"DAFTAR_DATABASE": database_url, "DAFTAR_STATE": str(state), "DAFTAR_DEMO": "true"}


def make(database_url: str, state: Path, persons: int = PERSONS) -> dict[str, Any]:
    """Run it to its end; the content of demo.json."""
    command = [sys.executable, "-c", SCRIPT, str(persons)]
    subprocess.run(command, env=environment(database_url, state), check=True)
    content: dict[str, Any] = json.loads((state / "demo.json").read_text(encoding="utf-8"))
    return content


def counts(database_url: str) -> dict[str, int]:
    """Rows of the tables that the demo fills."""
    tables = ("person", "affiliation", "contribution", "coverage", "account", "api_client", "region", "feed_batch")
    tables += ("institution", "pooling_region", "office", "filing", "settlement", "proxy_binding", "material")
    tables += ("objection", "announcement")
    conn = connect(database_url)
    try:
        return {table: rows(conn, f"SELECT count(*) FROM {table}")[0][0] for table in tables}
    finally:
        conn.close()


def waiting(database_url: str) -> set[str]:
    """States of the cases that are under way."""
    conn = connect(database_url)
    try:
        return {row[0] for row in rows(conn, 'SELECT state FROM "case" WHERE region = ?', ["cn-360603"])}
    finally:
        conn.close()


def known_before_asked(database_url: str) -> bool:
    """Whether every answer was given after its facts were known: else an explanation would call them too late."""
    conn = connect(database_url)
    try:
        [(known,)] = rows(conn, "SELECT max(known_since) FROM contribution")
        [(asked,)] = rows(conn, "SELECT min(asked_at) FROM inquiry WHERE mode IN ('general', 'specific')")
        return bool(known <= asked)
    finally:
        conn.close()


def passwords(database_url: str) -> list[str]:
    """Passwords of all accounts as they are kept."""
    conn = connect(database_url)
    try:
        return [row[0] for row in rows(conn, "SELECT password FROM account")]
    finally:
        conn.close()


def test_a_killed_first_start_goes_on_and_a_second_makes_nothing_again(database_url: str, tmp_path: Path) -> None:
    """Killed while the feeds load: the next start ends with the same people, and waits for nothing."""
    kill_while_loading(database_url, tmp_path)
    assert not (tmp_path / "demo.json").exists()
    begun = progress(tmp_path)
    first = make(database_url, tmp_path)
    assert progress(tmp_path) == progress(tmp_path) | {"at": begun["at"], "complete": True}
    assert len(first["persons"]) >= 30
    made = counts(database_url)
    assert made == made | EXACTLY
    assert PERSONS <= made["person"] <= PERSONS + 20
    assert made["coverage"] >= made["person"]
    assert made["account"] == len(first["logins"])
    assert all(kept.startswith("scrypt$16384$") for kept in passwords(database_url))
    assert made["api_client"] == len(first["api_clients"])
    assert waiting(database_url) == {"submitted", "sent_back"}
    assert min(made["pooling_region"], made["office"]) > 300
    assert min(made["filing"], made["settlement"]) > 15
    assert known_before_asked(database_url)
    written = (tmp_path / "demo.json").stat().st_mtime_ns
    assert make(database_url, tmp_path) == first
    assert counts(database_url) == made
    assert (tmp_path / "demo.json").stat().st_mtime_ns == written
    with asking(database_url, tmp_path, first) as demo:
        assert demo.general() == [], "and every person is answered as the file says"
        assert demo.specific() == []


def test_a_database_that_was_removed_is_made_again(tmp_path: Path) -> None:
    """Its state folder was kept, and says that everything is there."""
    database_url = f"sqlite:///{tmp_path}/daftar.sqlite3"
    first = make(database_url, tmp_path, persons=0)
    made = counts(database_url)
    for path in tmp_path.glob("daftar.sqlite3*"):
        path.unlink()
    again = make(database_url, tmp_path, persons=0)
    assert counts(database_url) == made
    assert [each["identifier"] for each in again["persons"]] == [each["identifier"] for each in first["persons"]]


def kill_while_loading(database_url: str, state: Path) -> None:
    """Begin, and end it by kill -9 when the first persons have come in."""
    command = [sys.executable, "-c", SCRIPT, str(PERSONS)]
    process = subprocess.Popen(command, env=environment(database_url, state))
    deadline = time.monotonic() + 120
    while not loading(database_url) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


def progress(state: Path) -> dict[str, Any]:
    """What the preparation keeps of how far it came."""
    content: dict[str, Any] = json.loads((state / "demo.progress.json").read_text(encoding="utf-8"))
    return content


def loading(database_url: str) -> bool:
    """Whether persons have begun to come in."""
    conn = connect(database_url)
    try:
        return bool(rows(conn, "SELECT 1 FROM person LIMIT 1"))
    finally:
        conn.close()
