"""`daftar feed`: exit codes, what is shown, and that nothing personal is."""

import os

import pytest
from typer.testing import CliRunner, Result

from daftar.config.feed_commands import feed
from daftar.store.keys import read_secrets
from tests.feeds.conftest import Registry, as_csv, national_code, person


@pytest.fixture
def command(registry: Registry, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DAFTAR_DATABASE", registry.url)
    monkeypatch.setenv("DAFTAR_STATE", str(registry.folder))
    monkeypatch.setenv("COLUMNS", "200")
    read_secrets(registry.folder / "secret")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(feed, arguments)

    return run


def written(registry: Registry, rows: list[dict[str, str]], name: str = "persons.csv") -> str:
    path = registry.folder / name
    path.write_bytes(as_csv(rows))
    return str(path)


def test_a_good_file_ends_with_0(command, registry: Registry) -> None:
    path = written(registry, [person(1), person(2)])
    done = command("load", "persons", path)
    assert done.exit_code == 0, done.output
    assert "changed" in done.output
    again = command("load", "persons", path)
    assert (again.exit_code, "loaded before" in again.output) == (0, True)


def test_a_faulty_row_ends_with_1(command, registry: Registry) -> None:
    wrong = national_code(1)[:-1] + "x"
    done = command("load", "persons", written(registry, [person(1), person(2) | {"id_number": wrong}]))
    assert done.exit_code == 1
    assert "Use digits only." in done.output
    assert wrong not in done.output
    shown = command("quarantine", "1")
    assert "id_number" in shown.output
    assert wrong not in shown.output


def test_a_refused_file_ends_with_1(command, registry: Registry) -> None:
    done = command("load", "persons", written(registry, [person(1, colour="red")]))
    assert done.exit_code == 1
    assert "colour" in done.output


def test_status_and_pending(command, registry: Registry) -> None:
    rows = [person(1, month="2026-10", kind="resident", days="1", office="4711")]
    command("load", "contributions", written(registry, rows, "c.csv"))
    status = command("status")
    assert status.exit_code == 0, status.output
    assert "4711" in status.output
    assert "contributions" in command("pending").output


@pytest.mark.parametrize("name", [b"\xc8\xed\xe3\xe5.csv", b"[red]x.csv", "بیمه.csv".encode()])
def test_a_file_may_be_called_anything(command, registry: Registry, name: bytes) -> None:
    """A name in Windows-1256, from an old disk, is replaced; one that means something to a terminal is shown."""
    path = registry.folder / os.fsdecode(name)
    path.write_bytes(as_csv([person(1)]))
    done = command("load", "persons", str(path))
    assert done.exit_code == 0, done.output
    shown = name.decode(errors="replace")
    assert registry.query("SELECT name, changed FROM feed_batch") == [(shown, 1)]
    assert shown in done.output
    status = command("status")
    assert (status.exit_code, shown in status.output) == (0, True)


def test_an_office_that_can_be_none_ends_with_1(command, registry: Registry) -> None:
    done = command("load", "persons", written(registry, [person(1)]), "--office", "an-office-with-a-long-name")
    assert (done.exit_code, "at most 16 Latin letters" in done.output) == (1, True)
