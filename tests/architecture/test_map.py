"""Find it in one guess: the map, the links, the docstrings of rooms, the words."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files, named, python_files, syntax

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
ROOM = re.compile(r"`(daftar/[\w/]+|data/[\w/]+)`")
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base", "stuff", "lib"}


def pages() -> list[Path]:
    """Markdown pages of the project."""
    return [path for path in files() if path.suffix == ".md"]


def test_the_map_of_the_readme_points_to_rooms_that_exist() -> None:
    """The table guide -> rooms (style, README)."""
    rooms = ROOM.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(rooms) > 15
    assert [room for room in rooms if not (ROOT / room).is_dir()] == []


def test_every_room_is_on_the_map() -> None:
    """A room of the lower floors or an app of the portal that no guide leads to would not be found."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    top = {path for path in (ROOT / "daftar").iterdir() if (path / "__init__.py").exists()}
    apps = {path for path in (ROOT / "daftar/portal").iterdir() if (path / "apps.py").exists()}
    on_other_pages = {"daftar/portal", "daftar/terms", "daftar/store", "daftar/portal/notices"}
    absent = {named(path) for path in top | apps if f"`{named(path)}" not in text} - on_other_pages
    assert not absent


@pytest.mark.parametrize("page", pages(), ids=named)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Relative links of every page."""
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def rooms() -> list[Path]:
    """`__init__` of each room and each app of the portal."""
    top = [path / "__init__.py" for path in sorted((ROOT / "daftar").iterdir()) if path.is_dir()]
    apps = [path.parent / "__init__.py" for path in sorted((ROOT / "daftar/portal").glob("*/apps.py"))]
    return [path for path in top if path.exists()] + apps


@pytest.mark.parametrize("path", rooms(), ids=named)
def test_a_room_says_what_it_is_for_and_what_it_may_import(path: Path) -> None:
    """Three lines: for what, used by whom, may import what (style)."""
    docstring = ast.get_docstring(syntax(path)) or ""
    assert "import" in docstring
    assert len(docstring.splitlines()) <= 6


def test_no_drawers() -> None:
    """`utils` and its kin are names for things not yet understood (style)."""
    found = {
        named(path)
        for path in files()
        if (path.stem in DRAWERS or path.parent.name in DRAWERS) and path.suffix in (".py", ".html", ".md")
        if path.name != "base.html"
    }
    assert not found


def test_public_functions_and_classes_have_docstrings() -> None:
    """In the rooms below the portal, where others rely on them."""
    missing = [
        f"{named(path)}: {node.name}"
        for path in python_files("daftar")
        if "migrations" not in path.parts and not path.is_relative_to(ROOT / "daftar/portal")
        for node in syntax(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and ast.get_docstring(node) is None
    ]
    assert not missing
