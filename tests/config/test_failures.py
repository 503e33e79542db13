"""What an operator can mend is one sentence and exit code 2, by every command; a mistake of ours keeps its trace."""

import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from typer.testing import CliRunner, Result

from daftar.config import rules_commands
from daftar.config.cli import app
from daftar.rules.parameters import ParameterError
from daftar.store.connect import transaction
from daftar.store.dialect import execute
from tests.gate.installation import free_port

MIGRATE = "The database lacks tables of this version: run `daftar migrate`."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A command in this process, at an installation of its own."""
    monkeypatch.setenv("DAFTAR_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "1000")

    def one(*words: str, **environment: str) -> Result:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(app, words)

    with patch.dict(os.environ):  # a server says in it where it is found, to whatever it starts
        yield one


def apart(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A command in a process of its own, as one that needs Django on another database than the tests'."""
    command = [sys.executable, "-m", "daftar.config.cli", *words]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("words", [["feed", "status"], ["registries", "ask"], ["serve", "gate"]], ids=" ".join)
def test_an_installation_without_tables_is_told_to_make_them(words: list[str], tmp_path: Path) -> None:
    """Commands with a connection of their own, with Django's, and the servers, which would only say it each second."""
    settings = {"DAFTAR_STATE": str(tmp_path), "DAFTAR_DATABASE": f"sqlite:///{tmp_path}/d.sqlite3"}
    done = apart(*words, **settings, PORT=str(free_port()))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{MIGRATE}\n")


def test_a_name_that_the_database_does_not_know_is_our_mistake_once_nothing_waits(conn, database_url) -> None:
    with transaction(conn):
        execute(conn, "DROP TABLE feed_office")
    ours = apart("feed", "status", DAFTAR_DATABASE=database_url)
    assert (ours.returncode, "Traceback" in ours.stderr, MIGRATE in ours.stderr) == (1, True, False)
    with transaction(conn):
        execute(conn, "DELETE FROM django_migrations WHERE app = 'feeds'")
    theirs = apart("feed", "status", DAFTAR_DATABASE=database_url)
    assert (theirs.returncode, theirs.stderr) == (2, f"{MIGRATE}\n")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://u:word@h/d", "DAFTAR_DATABASE must begin with sqlite:// or postgresql://, not 'mysql'."),
        ("sqlite://d.sqlite3", "DAFTAR_DATABASE must be like sqlite:///path, with three slashes."),
        ("sqlite:///", "DAFTAR_DATABASE must be like sqlite:///path, with three slashes."),
        ("postgresql://u:word%@h/d", "DAFTAR_DATABASE must be like postgresql://user:password@host:port/name."),
        ("sqlite:////nowhere/d.sqlite3", "The database /nowhere/d.sqlite3 cannot be used: unable to open"),
        (f"sqlite:///{__file__}", f"The database {__file__} cannot be used: file is not a database."),
        ("postgresql://u:word@127.0.0.1:1/d", "The database d at 127.0.0.1:1 cannot be used: connection failed"),
    ],
)
def test_a_database_that_cannot_be_used_is_named_without_its_password(run, url: str, said: str) -> None:
    for words in (["feed", "status"], ["coverage", "rebuild"], ["serve", "--port", str(free_port())]):
        done = run(*words, DAFTAR_DATABASE=url)
        assert done.exit_code == 2
        assert done.output.startswith(said)
        assert done.output.count("\n") == 1
        assert "word" not in done.output.replace("user:password", "")


def test_django_says_the_same_of_it() -> None:
    done = apart("registries", "ask", DAFTAR_DATABASE="postgresql://u:word@127.0.0.1:1/d")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("The database d at 127.0.0.1:1 cannot be used: connection failed")


def test_a_database_that_somebody_keeps_locked_is_said(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        with sqlite3.connect(tmp_path / "d", isolation_level=None) as one:
            one.execute("BEGIN EXCLUSIVE")
            sqlite3.connect(tmp_path / "d", timeout=0).execute("BEGIN IMMEDIATE")

    monkeypatch.setattr(rules_commands.parameters_check, "check", locked)
    done = run("rules", "check")
    assert (done.exit_code, "cannot be used: database is locked." in done.output) == (2, True)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("DAFTAR_REQUEST_LOG", "DAFTAR_REQUEST_LOG must be one of few, all, not 'x'."),
        ("DAFTAR_KANNEL", "DAFTAR_KANNEL wants DAFTAR_KANNEL_SECRET, by which delivery reports are let in."),
    ],
)
def test_a_setting_of_the_servers_is_refused_before_they_start(name: str, said: str, tmp_path: Path) -> None:
    settings = {"DAFTAR_STATE": str(tmp_path), "DAFTAR_DATABASE": f"sqlite:///{tmp_path}/d.sqlite3", name: "x"}
    done = apart("serve", "--port", str(free_port()), **settings)
    assert (done.returncode, done.stderr) == (2, f"{said}\n")


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_said_before_anything_is_made(run, command: str, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(command, "--port", str(port))
    said = f"Port {port} of 127.0.0.1 is taken by another program: choose another one with --port or PORT.\n"
    assert (done.exit_code, done.output) == (2, said)
    assert list((tmp_path / "state").iterdir()) == []


@pytest.mark.parametrize("port", ["99999", "0", "-1"])
@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_none_is_refused(run, command: str, port: str) -> None:
    done = run(command, "--port", port)
    assert (done.exit_code, "Invalid value for '--port'" in done.output) == (2, True)


def test_an_address_of_another_machine_is_refused(run) -> None:
    done = run("serve", "--host", "192.0.2.1", "--port", str(free_port()))
    assert done.exit_code == 2
    assert done.output.startswith("Nobody can listen at 192.0.2.1, port")


@pytest.mark.parametrize("number", ["99999999999999999999999", "0"])
def test_a_batch_that_there_cannot_be_is_refused(run, number: str) -> None:
    done = run("feed", "quarantine", number)
    assert (done.exit_code, "Invalid value for" in done.output) == (2, True), done.output


def test_a_code_of_the_demo_before_the_demo(run, tmp_path: Path) -> None:
    done = run("demo-code", "reviewer")
    said = f"There is no demo in {tmp_path / 'state'} yet: run `daftar demo` (or make demo).\n"
    assert (done.exit_code, done.output) == (2, said)


def test_a_state_folder_that_cannot_be_made(run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("rules", "check", DAFTAR_STATE=str(tmp_path / "file" / "state"))
    said = f"The state folder {tmp_path}/file/state cannot be made: Not a directory; DAFTAR_STATE names another one.\n"
    assert (done.exit_code, done.output) == (2, said)


def fails(error: Exception):
    """A function that does."""

    def failing(*_: object) -> None:
        raise error

    return failing


def test_a_parameter_file_that_cannot_be_read_is_named(run, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = ParameterError("ir/age/son.yaml: unit must be full years, not days")
    monkeypatch.setattr(rules_commands.parameters_check, "assumed", fails(wrong))
    done = run("rules", "assumed")
    assert (done.exit_code, done.output) == (2, f"{wrong}\n")


@pytest.mark.parametrize(
    "error",
    [
        KeyError("x"),
        ValueError("x"),
        FileNotFoundError(2, "x"),
        sqlite3.IntegrityError("x"),
        sqlite3.ProgrammingError(),
    ],
)
def test_what_is_ours_to_mend_keeps_its_traceback(run, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(rules_commands.parameters_check, "check", fails(error))
    assert run("rules", "check").exception is error


def test_a_full_disk_is_not(run, monkeypatch: pytest.MonkeyPatch) -> None:
    full = OSError(28, "No space left on device", "/var/x")
    monkeypatch.setattr(rules_commands.parameters_check, "check", fails(full))
    done = run("rules", "check")
    assert (done.exit_code, done.output) == (2, "/var/x: No space left on device.\n")
