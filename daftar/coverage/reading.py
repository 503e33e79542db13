"""Facts of persons as Arrow tables for the law. Keys travel as text, in either database's form."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pyarrow as pa

from daftar.coverage.scope import among
from daftar.rules.engine.arrow import FACTS, KEY, facts_schema
from daftar.store.dialect import Connection, Row, Statement, execute_together, is_sqlite, rows

SOURCES = {
    "persons": "person",
    "affiliations": "affiliation",
    "contributions": "contribution",
    "dependencies": "dependency",
    "evidence": "evidence",
    "other_cover": "other_cover",
}
"""The registry table behind each fact table; columns are called the same."""

Facts = dict[str, pa.Table]


def facts_of(conn: Connection, keys: Collection[UUID], mains: Collection[UUID]) -> Facts:
    """All facts of `keys`; of `mains`, who only carry others, what their own cover rests on."""
    read = set(keys) | set(mains)
    own = {"persons": read, "affiliations": read, "contributions": read}
    asked = [_asking(conn, name, *among(conn, "key", own.get(name, keys))) for name in SOURCES]
    found = execute_together(conn, asked)
    return {name: as_arrow(name, lines) for name, lines in zip(SOURCES, found, strict=True)}


def facts_between(conn: Connection, first: UUID, last: UUID) -> Facts:
    """All facts of the persons whose keys lie between two keys, both included."""
    return {name: _read(conn, name, "key BETWEEN ? AND ?", [first, last]) for name in SOURCES}


def together(*parts: Facts) -> Facts:
    """Fact tables one below the other."""
    return {name: pa.concat_tables([part[name] for part in parts if name in part]) for name in SOURCES}


def own_facts(conn: Connection, keys: Collection[UUID]) -> Facts:
    """What the own cover of persons rests on."""
    names = ("persons", "affiliations", "contributions")
    return {name: _read(conn, name, *among(conn, "key", keys)) for name in names}


def _read(conn: Connection, name: str, condition: str, values: Sequence[Any]) -> pa.Table:
    return as_arrow(name, rows(conn, *_asking(conn, name, condition, values)))


def _asking(conn: Connection, name: str, condition: str, values: Sequence[Any]) -> Statement:
    columns = ", ".join(_column(conn, column, kind) for column, kind in FACTS[name].items())
    return f"SELECT {columns} FROM {SOURCES[name]} WHERE NOT withdrawn AND {condition}", values


def _column(conn: Connection, column: str, kind: str) -> str:
    """A column as text where the driver would build an object for every cell."""
    return column if is_sqlite(conn) or kind not in (KEY, "date") else f"CAST({column} AS text)"


def as_arrow(name: str, found: Sequence[Row]) -> pa.Table:
    """Rows as a fact table; days come as ISO text and are read column by column."""
    schema = facts_schema(name, pa.string())
    if not found:
        return schema.empty_table()
    columns = zip(schema, zip(*found, strict=True), strict=True)
    return pa.table([_array(field.type, cells) for field, cells in columns], schema=schema)


def _array(kind: pa.DataType, cells: tuple[Any, ...]) -> pa.Array:
    if kind == pa.date32():
        if any(isinstance(cell, date) for cell in cells):  # Django's SQLite connection reads days itself
            return pa.array(cells, kind)
        return pa.array(cells, pa.string()).cast(kind)
    return pa.array(cells, kind)
