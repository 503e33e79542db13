"""The project names no registry, no path of a machine, no secret; it carries nobody else's code."""

import json
import re
import tomllib
from pathlib import Path

from tests.architecture.tree import ROOT, files, named

ADDRESSES = re.compile(
    r"https?://[^\s\"'<>)]*(?:pypi|npmjs|pythonhosted|registry|artifactory|nexus|devpi|/simple\b)|"
    r"(?:index-url|find-links|extra-index|registry)\s*[=:]\s*\S+://",
    re.IGNORECASE,
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|opt/pypi\S*|tmp/lab)/")
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".json",
    ".sh",
    ".yaml",
    ".yml",
    ".html",
    ".css",
    ".js",
    ".cfg",
    ".po",
    "",
}
OURS_TO_SAY = {"tests/architecture/test_stands_alone.py"}


def texts() -> list[tuple[Path, str]]:
    """Every text file of the project."""
    return [
        (path, path.read_text(encoding="utf-8"))
        for path in files()
        if path.suffix in TEXT and named(path) not in OURS_TO_SAY
    ]


def test_no_registry_address() -> None:
    """Locks hold hashes, and each machine fetches from where it is configured to."""
    assert [f"{named(path)}: {hit.group()}" for path, text in texts() if (hit := ADDRESSES.search(text))] == []


def test_no_path_of_a_machine() -> None:
    """Nothing outside the repository is needed."""
    assert [f"{named(path)}: {hit.group()}" for path, text in texts() if (hit := MACHINE_PATHS.search(text))] == []


def test_the_npm_lock_says_what_but_not_from_where() -> None:
    """Integrity of each package, no address. What comes inside another package is held by that one's."""
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    fetched = {name: each for name, each in packages.items() if name and not each.get("inBundle")}
    assert fetched
    assert all("integrity" in each and "resolved" not in each for each in fetched.values())


def test_the_python_locks_are_hashed() -> None:
    """`pip install --require-hashes` would refuse anything else; torch is not needed."""
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        pinned = re.findall(r"^([a-z0-9][a-z0-9._-]*)==\S+(?: ; .*)? \\\n    --hash=sha256:", path.read_text(), re.M)
        named_at_all = re.findall(r"^[a-z0-9][^\s]*", path.read_text(), re.M)
        assert len(pinned) == len(named_at_all) > 0, path
        assert "torch" not in pinned


def test_each_dependency_has_a_lock_and_a_reason() -> None:
    """One reason beside each dependency, unless its name is one (style)."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    plain = {"pytest", "pytest-django", "mypy", "django-stubs", "types-PyYAML", "ruff", "djlint"}
    test = project["optional-dependencies"]["test"]
    for requirement in project["dependencies"] + project["optional-dependencies"]["spark"] + test:
        line = next(line for line in text.splitlines() if f'"{requirement}"' in line)
        assert "  # " in line or requirement in plain, f"{requirement} has no reason"
    locked = {line.partition("==")[0].lower() for line in (ROOT / "requirements/test.txt").read_text().splitlines()}
    names = {re.split(r"[\[<>=]", requirement)[0].lower() for requirement in project["dependencies"] + test}
    assert names <= locked


def test_the_licence_is_apache_2() -> None:
    """Full text."""
    assert "Apache License\n                           Version 2.0" in (ROOT / "LICENSE").read_text()
