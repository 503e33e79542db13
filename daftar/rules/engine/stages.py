"""The stages in order, and their SQL: built and compiled once for each type of key and dialect."""

from collections.abc import Callable
from functools import cache

import ibis
import ibis.expr.types as ir

from daftar.rules.engine import dependants, main_cover, months, other, own, proofs, tables, timeline
from daftar.rules.engine.spans import numbered
from daftar.rules.engine.tables import Tables

STAGES: tuple[tuple[str, Callable[[Tables], ir.Table]], ...] = (
    ("paid", months.paid),
    ("paid_again", months.paid_again),
    ("spell", own.spell),
    ("held", own.held),
    ("run", own.run),
    ("own", own.own),
    ("dead", dependants.dead),
    ("dep", dependants.dep),
    ("hard_mains", dependants.hard_mains),
    ("hard", dependants.hard),
    ("weighed", main_cover.weighed),
    ("pieces", main_cover.pieces),
    ("main_cover", main_cover.main_cover),
    ("proof", proofs.proof),
    ("point", proofs.point),
    ("weight", proofs.weight),
    ("condition", proofs.condition),
    ("stretches", timeline.stretches),
    ("hard_rows", timeline.hard_rows),
    ("other_rows", other.other_rows),
    ("numbered", numbered),
)


@cache
def compiled(key_type: str, dialect: str) -> tuple[tuple[str, str], ...]:
    """Name and SQL of each stage; a stage reads facts, law tables and earlier stages by their names."""
    built: Tables = {**tables.facts(key_type), **tables.law(tables.law_arrow())}
    texts = []
    fused = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False  # fused, every use of a column would repeat the expression behind it
    try:
        for name, build in STAGES:
            expression = build(built)
            built[name] = ibis.table(expression.schema(), name=name)
            texts.append((name, str(ibis.to_sql(expression, dialect=dialect))))
    finally:
        ibis.options.sql.fuse_selects = fused
    return tuple(texts)
