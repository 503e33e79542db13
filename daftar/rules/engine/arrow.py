"""Facts, law and spans as Arrow tables: column names and types, and numbers as words. Without Ibis: quick to load."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from daftar.rules.law import law_tables
from daftar.rules.states import BASES, FAR, REASONS

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

WIDE = ("window", "code_lapsed", "code_unpaid")
"""Columns of law tables that need 64 bits."""


def facts_schema(name: str, key_type: pa.DataType) -> pa.Schema:
    """Arrow schema of a fact table."""
    return pa.schema([(column, key_type if kind == KEY else ARROW[kind]) for column, kind in FACTS[name].items()])


def law_arrow() -> dict[str, pa.Table]:
    """The law tables, and the places of bits, as Arrow."""
    tables = {name: _arrow(columns, rows) for name, (columns, rows) in law_tables().items()}
    tables["bit"] = _arrow(("bit",), [(place,) for place in range(62)])
    return tables


def _arrow(columns: tuple[str, ...], rows: list[Any]) -> pa.Table:
    values = zip(*rows, strict=True) if rows else ([] for _ in columns)
    return pa.table({name: _column(name, list(cells)) for name, cells in zip(columns, values, strict=True)})


def _column(name: str, cells: Sequence[Any]) -> pa.Array:
    if not cells and name == "kind":
        return pa.array([], pa.string())
    if name in WIDE or not all(type(cell) is int for cell in cells):
        return pa.array(cells)
    return pa.array(cells, pa.int32())


def in_words(rows: pa.Table) -> pa.Table:
    """Numbered spans as `SPANS`: dates, words, an open end empty."""
    ends = rows["ends"].cast(pa.int32())
    columns = {
        "key": rows["key"],
        "insurer": rows["insurer"],
        "starts": rows["starts"].cast(pa.int32()).cast(pa.date32()),
        "ends": pc.if_else(pc.greater_equal(ends, FAR), pa.scalar(None, pa.int32()), ends).cast(pa.date32()),
        "basis": _words(rows["basis"], BASES),
        "reason": _words(rows["reason"], REASONS),
        "reason_after": _words(rows["after"], REASONS),
        "rule_version": rows["rule_version"],
    }
    return pa.table(columns).select(SPANS)


def _words(numbers: pa.ChunkedArray, words: tuple[str, ...]) -> pa.ChunkedArray:
    return pc.take(pa.array([str(word) for word in words]), numbers)
