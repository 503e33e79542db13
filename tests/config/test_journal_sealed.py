"""The sealing process and its commands: what others commit is sealed; `daftar journal verify` names the row."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
import time_machine
from typer.testing import CliRunner, Result

from daftar.answers import LeasedWriter
from daftar.config.cli import app
from daftar.config.sealer import HEAD_FILE, Sealing, sealer_beside
from daftar.store.connect import transaction
from daftar.store.dialect import execute, is_sqlite, rows
from tests.answers.asking import AT
from tests.answers.sealing import write

PATIENCE = 30


@pytest.fixture
def state(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of this test's own, and the environment that names it."""
    folder = tmp_path / "state"
    monkeypatch.setenv("DAFTAR_STATE", str(folder))
    monkeypatch.setenv("DAFTAR_DATABASE", database_url)
    return folder


def journal(*words: str) -> Result:
    """`daftar journal …`."""
    return CliRunner().invoke(app, ["journal", *words])


def until(true: Callable[[], bool]) -> None:
    """Wait for something."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_what_is_committed_is_sealed_within_seconds_and_the_rest_at_the_end(state, conn) -> None:
    process = subprocess.Popen([sys.executable, "-m", "daftar.config.sealer"], stdin=subprocess.PIPE)
    try:
        write(conn, 3, 12)
        until((state / HEAD_FILE).exists)
        write(conn, 3, 1)
    finally:
        process.stdin.close()
    assert process.wait(timeout=PATIENCE) == 0
    assert rows(conn, "SELECT max(last_sequence) FROM journal_block WHERE writer = 3")[0][0] == 12
    result = journal("verify")
    assert result.exit_code == 0, result.output
    assert "13 rows" in result.output
    assert "Nothing was tampered with" in result.output


def test_a_sealer_that_is_killed_is_started_anew(state, conn) -> None:
    with sealer_beside():
        (first,) = sealers()
        first.kill()
        first.wait(PATIENCE)
        write(conn, 3, 12)
        until(lambda: rows(conn, "SELECT max(last_sequence) FROM journal_block WHERE writer = 3")[0][0] == 11)
        (second,) = sealers()
    second.wait(PATIENCE)
    assert not sealers()


def sealers() -> list[psutil.Process]:
    """Sealers that this process has started and that live."""
    children = [each for each in psutil.Process().children() if each.status() != psutil.STATUS_ZOMBIE]
    return [each for each in children if "daftar.config.sealer" in each.cmdline()]


def test_verify_names_the_row_and_ends_with_one(state, conn) -> None:
    write(conn, 3, 12)
    Sealing(_url(), state).tick(datetime.now(UTC))
    with transaction(conn):
        execute(conn, "UPDATE inquiry SET outcome = 'not_covered' WHERE id = ?", [3 * 10**12 + 7])
    result = journal("verify")
    assert result.exit_code == 1
    line = next(line for line in result.output.splitlines() if "row changed" in line)
    assert " 3 " in line
    assert " 7 " in line


def test_rows_that_nobody_seals_are_told_after_a_minute(state, conn) -> None:
    """A sealer that stands still would hide what is done to the rows meanwhile."""
    with time_machine.travel(AT + timedelta(seconds=30)):
        write(conn, 3, 1)
        early = journal("verify")
    assert (early.exit_code, "1 rows wait" in early.output) == (0, True)
    assert "cannot be seen" in " ".join(early.output.split())  # what verification never shows is always said
    with time_machine.travel(AT + timedelta(seconds=90)):
        late, patient = journal("verify"), journal("verify", "--patience", "100")
        Sealing(_url(), state).tick(datetime.now(UTC))
        sealed = journal("verify")
    assert (late.exit_code, "since 2026-11-21 09:30:00 UTC" in " ".join(late.output.split())) == (1, True)
    assert "Nothing was tampered with" not in late.output
    assert patient.exit_code == sealed.exit_code == 0


def test_a_waiting_row_whose_time_is_no_time_is_told_too(state, conn) -> None:
    if not is_sqlite(conn):
        pytest.skip("PostgreSQL lets nothing but times into the column")
    write(conn, 3, 2)
    execute(conn, "UPDATE inquiry SET asked_at = x'00ff' WHERE id = ?", [3 * 10**12])
    assert journal("verify").exit_code == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_writer_that_was_not_given_back_is_told(state, conn) -> None:
    LeasedWriter(conn)
    assert "1 writers are leased now, or ended without" in " ".join(journal("verify").output.split())


def test_a_kept_head_finds_what_was_cut_off_with_the_state_folders_own_head(state, conn, tmp_path) -> None:
    write(conn, 3, 12)
    Sealing(_url(), state).tick(datetime.now(UTC))
    kept = tmp_path / "kept.json"
    kept.write_bytes(journal("head").stdout_bytes)
    assert json.loads(kept.read_text())["protected"]
    with transaction(conn):
        for table in ("inquiry", "journal_block"):
            execute(conn, f"DELETE FROM {table}")
    (state / HEAD_FILE).unlink()
    assert journal("verify").exit_code == 1  # the writer knows how many it wrote
    with transaction(conn):
        execute(conn, "UPDATE writer SET next_sequence = 0 WHERE number = 3")
    assert journal("verify").exit_code == 0
    result = journal("verify", "--head", str(kept))
    assert result.exit_code == 1
    assert "cut off" in result.output
    kept.write_text("{}")
    assert "the head's" in journal("verify", "--head", str(kept)).output


def test_without_anything_sealed_there_is_no_head(state) -> None:
    assert journal("head").exit_code == 1
    assert "no published head yet" in journal("verify").output


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_one_seals_at_a_time_and_another_takes_over(state, conn) -> None:
    one, other = Sealing(_url(), state), Sealing(_url(), state)
    write(conn, 3, 5)
    assert one.tick(datetime.now(UTC)) == 1
    write(conn, 3, 5)
    assert other.tick(datetime.now(UTC)) == 0
    one.close()
    until(lambda: other.tick(datetime.now(UTC)) == 1)  # the server lets go of the lock when it sees the end
    other.close()


def test_a_database_that_is_away_is_waited_for(state, conn, monkeypatch) -> None:
    sealing = Sealing("sqlite:////nowhere/at/all.sqlite3", state)
    assert sealing.tick(datetime.now(UTC)) == 0
    sealing._url = _url()
    write(conn, 3, 5)
    assert sealing.tick(datetime.now(UTC)) == 1
    sealing.close()


def test_a_head_that_is_not_ours_is_left_as_it_is(state, conn) -> None:
    state.mkdir()
    (state / HEAD_FILE).write_text("{}")
    write(conn, 3, 5)
    sealing = Sealing(_url(), state)
    assert sealing.tick(datetime.now(UTC)) == 1
    sealing.close()
    assert (state / HEAD_FILE).read_text() == "{}"
    assert journal("verify").exit_code == 1


def _url() -> str:
    from daftar.config.environment import database_url

    return database_url()
