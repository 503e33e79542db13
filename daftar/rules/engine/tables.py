"""Facts in, law tables, spans out: column names and types, as Ibis and as Arrow know them."""

from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from daftar.rules.law import law_tables

Tables = dict[str, ir.Table]
"""Facts, law tables and finished stages by name."""

KEY = "key type"
FACTS: dict[str, dict[str, str]] = {
    "persons": {"key": KEY, "jurisdiction": "string", "sex": "string", "birth_date": "date", "death_date": "date"},
    "affiliations": {"key": KEY, "kind": "string", "starts": "date", "ends": "date"},
    "contributions": {"key": KEY, "kind": "string", "month": "date", "days": "int16"},
    "dependencies": {"key": KEY, "main_key": KEY, "relation": "string", "starts": "date", "ends": "date"},
    "evidence": {"key": KEY, "kind": "string", "valid_from": "date", "valid_until": "date", "source": "string"},
    "other_cover": {"key": KEY, "insurer": "string", "starts": "date", "ends": "date"},
    "whole": {"key": KEY},
}
"""The fact tables. A key is opaque: any type that can be compared and hashed; every table has the same one.

`whole` is no fact: everyone, to have the whole timeline computed though the short way would do, or nobody.
"""

SPANS = ("key", "insurer", "starts", "ends", "basis", "reason", "reason_after", "rule_version")

ARROW = {"string": pa.string(), "date": pa.date32(), "int16": pa.int16(), "int64": pa.int64()}


def facts(key_type: str) -> Tables:
    """The fact tables without rows, for building expressions."""
    types = {name: {c: key_type if t == KEY else t for c, t in columns.items()} for name, columns in FACTS.items()}
    return {name: ibis.table(columns, name=name) for name, columns in types.items()}


def facts_schema(name: str, key_type: pa.DataType) -> pa.Schema:
    """Arrow schema of a fact table."""
    return pa.schema([(column, key_type if kind == KEY else ARROW[kind]) for column, kind in FACTS[name].items()])


def law_arrow() -> dict[str, pa.Table]:
    """The law tables, and the places of bits, as Arrow."""
    tables = {name: _arrow(columns, rows) for name, (columns, rows) in law_tables().items()}
    tables["bit"] = _arrow(("bit",), [(place,) for place in range(62)])
    return tables


def law(arrow: dict[str, pa.Table]) -> Tables:
    """The law tables without rows, for building expressions."""
    return {name: ibis.table(ibis.Schema.from_pyarrow(table.schema), name=name) for name, table in arrow.items()}


def _arrow(columns: tuple[str, ...], rows: list[Any]) -> pa.Table:
    values = zip(*rows, strict=True) if rows else ([] for _ in columns)
    return pa.table({name: _column(name, list(cells)) for name, cells in zip(columns, values, strict=True)})


def _column(name: str, cells: list[Any]) -> pa.Array:
    return pa.array(cells) if cells else pa.array([], pa.string() if name in ("jurisdiction", "kind") else pa.int64())
