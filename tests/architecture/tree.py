"""The project's files as tests of its shape read them: what git tracks, or would track."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOWER_ROOMS = ("terms", "rules", "store", "answers", "coverage", "disclosure", "feeds", "gate")


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the project: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(path for name in sorted(set(listed.split("\0"))) if name and (path := ROOT / name).is_file())


def python_files(*under: str) -> list[Path]:
    """Python files, or only those under the given folders."""
    folders = [ROOT / name for name in under] or [ROOT]
    return [path for path in files() if path.suffix == ".py" and any(path.is_relative_to(each) for each in folders)]


@cache
def syntax(path: Path) -> ast.Module:
    """A Python file's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def named(path: Path) -> str:
    """A path as people write it."""
    return str(path.relative_to(ROOT))
