"""Imports only go down, and each lower room knows only the libraries that its `__init__` names (design §2)."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import LOWER_ROOMS, ROOT, named, python_files, syntax

LIBRARIES = {
    "terms": {"persiantools", "phonenumbers", "pypinyin"},
    "rules": {"yaml"},
    "rules/engine": {"yaml", "ibis", "sqlglot", "duckdb", "pyarrow", "pyspark"},
    "store": {"cryptography", "msgspec", "psycopg"},
    "answers": {"psycopg", "msgspec", "cryptography", "prometheus_client", "numpy"},
    "coverage": {"pyarrow", "psycopg", "msgspec"},
    "disclosure": {"msgspec", "joserfc"},
    "feeds": {"PIL", "numpy", "pyarrow", "msgspec", "psycopg"},
    "gate": {"msgspec", "psycopg", "psycopg_pool", "joserfc", "prometheus_client", "structlog", "segno"},
}
"""What each room may import besides the standard library and rooms below it."""


def room_of(path: Path) -> str:
    """The room that a file belongs to; the engine of the law counts apart."""
    parts = path.relative_to(ROOT / "daftar").parts
    return "rules/engine" if parts[:2] == ("rules", "engine") else parts[0]


def imported(path: Path) -> set[str]:
    """First names of what a file imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_imports_only_go_down() -> None:
    """import-linter keeps its contracts; they are exhaustive, so a folder that nobody placed fails."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("room", LOWER_ROOMS)
def test_a_lower_room_knows_only_its_libraries(room: str) -> None:
    """A library that is new to a room is a choice: it is added here with the room's docstring."""
    stray = {
        f"{named(path)}: {name}"
        for path in python_files(f"daftar/{room}")
        for name in imported(path) - set(sys.stdlib_module_names) - {"daftar"} - LIBRARIES[room_of(path)]
    }
    assert not stray


def test_the_law_reads_no_clock_and_no_environment() -> None:
    """Days are arguments of the law (design §2)."""
    for path in python_files("daftar/rules"):
        text = path.read_text(encoding="utf-8")
        for clock in ("date.today(", "datetime.now(", "time.time(", "os.environ"):
            assert clock not in text, f"{named(path)} reads {clock}"


@pytest.mark.parametrize("room", ["terms", "rules", "store", "answers", "coverage", "disclosure"])
def test_rooms_below_the_loader_never_commit(room: str) -> None:
    """The connection is passed in; who opened it commits. Only store's `transaction` itself does."""
    committing = [
        named(path)
        for path in python_files(f"daftar/{room}")
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Attribute) and node.attr == "commit" and named(path) != "daftar/store/connect.py"
    ]
    assert not committing
