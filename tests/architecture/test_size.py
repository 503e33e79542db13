"""Files and functions stay small enough to be read at once (style)."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import files, named, python_files, syntax

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_TEST = 400
MOST_LINES_OF_A_FUNCTION = 50
LONGEST_LINE = 120
READ_BY_PEOPLE = (".html", ".css", ".js", ".sh", ".toml")


@pytest.mark.parametrize("path", python_files("daftar", "bench"), ids=named)
def test_a_file_is_no_longer_than_it_can_be_read(path: Path) -> None:
    """300 lines at most."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_FILE


@pytest.mark.parametrize("path", python_files("tests"), ids=named)
def test_a_test_file_tells_one_story(path: Path) -> None:
    """A slow oracle may be longer than what it checks, but not by much."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_TEST


def test_functions_are_short() -> None:
    """50 lines at most, docstring included; most have far fewer."""
    long = [
        f"{named(path)}: {node.name} ({node.end_lineno - node.lineno + 1})"
        for path in python_files("daftar")
        if "migrations" not in path.parts
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
        if node.end_lineno - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long


def test_half_of_all_files_are_short() -> None:
    """Median of at most 120 lines."""
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in python_files("daftar"))
    assert lengths[len(lengths) // 2] <= 120


def test_templates_and_scripts_are_short_too() -> None:
    """What ruff does not look at."""
    long = [
        named(path)
        for path in files()
        if path.suffix in READ_BY_PEOPLE
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES_OF_A_FILE
    ]
    assert not long
