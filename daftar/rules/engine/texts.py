"""The SQL of all stages, compiled once for each engine and kept: Ibis takes seconds to load and to write it.

Kept beside Python's own compiled files, under a name that changes with every source that decides the SQL; where that
folder cannot be written, each process compiles for itself.
"""

import hashlib
import json
import os
from collections.abc import Set
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from daftar.terms.jurisdictions import jurisdictions

FOLDER = Path(__file__).parent / "__pycache__"
SOURCES = (Path(__file__).parent, Path(__file__).parents[1], Path(__file__).parents[2] / "terms" / "outcomes.py")


class Text(NamedTuple):
    """A stage as SQL, with its columns: empty when all tables in `needs` are, or when `unless` is not.

    `reads`: the tables it reads.
    """

    name: str
    needs: tuple[str, ...]
    unless: str
    reads: tuple[str, ...]
    columns: tuple[str, ...]
    sql: str

    def runs(self, filled: Set[str]) -> bool:
        """Whether it has anything to do where these tables have rows."""
        return not filled.isdisjoint(self.needs) and self.unless not in filled


@cache
def kept_texts(dialect: str, key_type: str) -> tuple[Text, ...]:
    """All stages in order for duckdb or sqlite, and for facts whose keys are of this type of Ibis."""
    kept = FOLDER / f"stages.{dialect}.{key_type}.{_digest()}.json"
    try:
        rows = json.loads(kept.read_text(encoding="utf-8"))
        return tuple(_text(*row) for row in rows)
    except FileNotFoundError:
        from daftar.rules.engine.stages import compiled  # loads Ibis

        texts = compiled(key_type, dialect)
        _keep(kept, json.dumps(texts))
        return texts


def _text(name: str, needs: list[str], unless: str, reads: list[str], columns: list[str], sql: str) -> Text:
    return Text(name, tuple(needs), unless, tuple(reads), tuple(columns), sql)


def _digest() -> str:
    """A name for all that the SQL is made from: the sources, the jurisdictions, Ibis and what writes SQL for it."""
    files = (path for source in SOURCES for path in ([source] if source.is_file() else sorted(source.glob("*.py"))))
    digest = hashlib.blake2b(digest_size=8)
    for part in (*(path.read_bytes() for path in files), *(code.encode() for code in jurisdictions())):
        digest.update(part)
    digest.update(f"{version('ibis-framework')} {version('sqlglot')}".encode())
    return digest.hexdigest()


def _keep(path: Path, text: str) -> None:
    """Write the file whole or not at all: several processes may start at once."""
    part = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(path)
        for old in set(path.parent.glob(f"{path.name.rsplit('.', 2)[0]}.*.json")) - {path}:
            old.unlink(missing_ok=True)
    except OSError:
        return
