"""A registry to load into, and to read back as a person would: opened fields, days, words."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from PIL import Image

from daftar.feeds.load import load_file
from daftar.feeds.report import Report
from daftar.feeds.tables import TABLES
from daftar.store.connect import connect
from daftar.store.dialect import for_sqlite, rows
from daftar.store.keys import Secrets
from daftar.store.sealing import open_fields
from daftar.terms.identifiers import ir_check_digit

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def national_code(number: int) -> str:
    """A national code of nobody: place 999 is not assigned."""
    nine = f"{999_000_000 + number:09d}"
    return nine + str(ir_check_digit(nine))


def photograph() -> bytes:
    """A PNG of two colours, larger than what is kept of it."""
    picture = Image.new("RGB", (1200, 900), (10, 80, 160))
    picture.paste((200, 150, 100), (400, 200, 800, 700))
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


PHOTOGRAPH = photograph()
SHA256 = hashlib.sha256(PHOTOGRAPH).hexdigest()


def person(number: int, /, **cells: str) -> dict[str, str]:
    """Cells that name a person, and more."""
    return {"id_type": "ir-national-code", "id_number": national_code(number)} | cells


@dataclass
class Registry:
    """One database of one test."""

    url: str
    secrets: Secrets
    folder: Path
    numbers: Iterator[int] = field(default_factory=count)
    """Of files: loads may be made at the same time."""

    def load(self, table: str, content: bytes | list[dict[str, str]], *, suffix: str = ".ndjson", **given) -> Report:
        """Load rows (as NDJSON unless said) or the bytes of a file."""
        if isinstance(content, list):
            content = as_csv(content) if suffix == ".csv" else as_ndjson(content)
        path = self.folder / f"{table}-{next(self.numbers)}{suffix}"
        path.write_bytes(content)
        options = {"at": NOON, "rebuild": False, "files": self.photos} | given
        return load_file(self.url, self.secrets, table, path, **options)

    @property
    def photos(self) -> Path:
        """The folder of photographs, with one in it."""
        folder = self.folder / "photos"
        folder.mkdir(exist_ok=True)
        if not (folder / "one.png").exists():
            (folder / "one.png").write_bytes(PHOTOGRAPH)
        return folder

    def query(self, sql: str, *values) -> list[tuple]:
        """Rows of a query, in SQLite's spelling on both databases."""
        conn = connect(self.url)
        try:
            return [tuple(map(for_sqlite, row)) for row in rows(conn, sql, values)]
        finally:
            conn.close()

    def key(self, number: int) -> str:
        """Key of the person of that number."""
        return self.secrets.key("ir-national-code", national_code(number)).hex

    def content(self, table: str) -> list[dict]:
        """All rows of the registry table that a feed table fills, sealed fields opened, in the order of keys.

        Contents of files are left out.
        """
        description = TABLES[table]
        files = {description.attached.into} if description.attached else set()
        names = [name for name in description.stored if name not in files]
        columns = ", ".join(f'"{name}"' for name in names)
        order = ", ".join(f'"{name}"' for name in description.key)
        found = self.query(f"SELECT {columns} FROM {description.target} ORDER BY {order}")
        return [self._opened(description.target, dict(zip(names, row, strict=True))) for row in found]

    def _opened(self, target: str, row: dict) -> dict:
        sealed = row.pop("sealed", None)
        row["withdrawn"] = bool(row["withdrawn"])
        return row | (open_fields(self.secrets, target, sealed) if sealed is not None else {})


def as_csv(content: Iterable[dict[str, str]]) -> bytes:
    """Rows as CSV; the header holds every column that some row has."""
    content = list(content)
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in content for name in row))
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(content)
    return text.getvalue().encode()


def as_ndjson(content: Iterable[dict[str, str]]) -> bytes:
    """Rows as one JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in content).encode()


@pytest.fixture
def registry(database_url: str, secrets: Secrets, tmp_path: Path) -> Registry:
    """An empty registry on either database."""
    return Registry(database_url, secrets, tmp_path)


@pytest.fixture
def people(registry: Registry) -> Registry:
    """A registry that knows persons 1 to 9."""
    report = registry.load("persons", [person(number, birth_date="1980-01-01") for number in range(1, 10)])
    assert report.changed == 9
    return registry
