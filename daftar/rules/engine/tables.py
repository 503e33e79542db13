"""The tables that expressions are built from: facts, law and finished stages, as Ibis knows them."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from daftar.rules.engine.arrow import FACTS, KEY

Tables = dict[str, ir.Table]
"""Facts, law tables and finished stages by name."""

DAYS = frozenset({"s", "e", "a", "b", "cap", "f", "t", "point", "ks", "ke", "starts", "ends", "free_until"})
NARROW = DAYS | {"basis", "role", "reason", "after", "from_month", "until_month"}
"""Columns of days, months and small numbers: 32 bits in every stage, whatever arithmetic made them."""


def shaped(t: ir.Table, columns: Sequence[str]) -> ir.Table:
    """These columns of a stage, as narrow as they may be."""
    return t.select(**{name: t[name].cast("int32") if name in NARROW else t[name] for name in columns})


def facts(key_type: str) -> Tables:
    """The fact tables without rows, for building expressions."""
    types = {name: {c: key_type if t == KEY else t for c, t in columns.items()} for name, columns in FACTS.items()}
    return {name: ibis.table(columns, name=name) for name, columns in types.items()}


def law(arrow: dict[str, pa.Table]) -> Tables:
    """The law tables without rows, for building expressions."""
    return {name: ibis.table(ibis.Schema.from_pyarrow(table.schema), name=name) for name, table in arrow.items()}
