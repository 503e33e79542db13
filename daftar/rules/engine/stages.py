"""The stages in order, and their SQL for a type of key and a dialect."""

from collections.abc import Callable
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis.expr.operations import UnboundTable

from daftar.rules.engine import dependants, main_cover, months, other, own, proofs, spells, tables, timeline
from daftar.rules.engine.arrow import law_arrow
from daftar.rules.engine.quick import quick
from daftar.rules.engine.spans import numbered
from daftar.rules.engine.sqlite import sqlite_text
from daftar.rules.engine.tables import Tables
from daftar.rules.engine.texts import Text


class Stage(NamedTuple):
    """A table computed from earlier ones; empty when all tables in `needs` are, or when `unless` is not."""

    name: str
    build: Callable[[Tables], ir.Table]
    needs: tuple[str, ...]
    unless: str = ""


STAGES = (
    Stage("paid", months.paid, ("contributions", "affiliations")),
    Stage("busy", spells.busy, ("affiliations", "dependencies", "whole")),
    Stage("dead", spells.dead, ("persons",)),
    Stage("repeated", spells.repeated, ("busy",)),
    Stage("rejoined", spells.rejoined, ("repeated",)),
    Stage("spell", spells.spell, ("affiliations",)),
    Stage("unclear", own.unclear, ("spell",)),
    Stage("paid_again", months.paid_again, ("unclear",)),
    Stage("held", own.held, ("unclear",)),
    Stage("run", own.run, ("held",)),
    Stage("runs", own.runs, ("spell",)),
    Stage("hard_mains", dependants.hard_mains, ("dependencies",)),
    Stage("shown", dependants.shown, ("dependencies",)),
    Stage("guessed", dependants.guessed, ("dependencies",)),
    Stage("dep", dependants.dep, ("dependencies",)),
    Stage("hard_dep", dependants.hard_dep, ("dep",)),
    Stage("weighed", main_cover.weighed, ("hard_dep",)),
    Stage("hard_own", own.hard_own, ("spell",)),
    Stage("pieces", main_cover.pieces, ("hard_own",)),
    Stage("main_cover", main_cover.main_cover, ("pieces",)),
    Stage("proof", proofs.proof, ("hard_dep",)),
    Stage("point", proofs.point, ("hard_dep",)),
    Stage("weight", proofs.weight, ("point",)),
    Stage("condition", proofs.condition, ("weight",)),
    Stage("stretches", timeline.stretches, ("hard_own", "hard_dep", "dead")),
    Stage("hard_rows", timeline.hard_rows, ("stretches",)),
    Stage("other_rows", other.other_rows, ("other_cover",)),
    Stage("quick", quick, ("spell", "dep"), unless="whole"),
    Stage("numbered", numbered, ("quick", "hard_rows", "other_rows")),
)


def compiled(key_type: str, dialect: str) -> tuple[Text, ...]:
    """The SQL of each stage; a stage reads facts, law tables and earlier stages by their names."""
    built: Tables = {**tables.facts(key_type), **tables.law(law_arrow())}
    texts = []
    fused = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False  # fused, every use of a column would repeat the expression behind it
    try:
        for name, build, needs, *unless in STAGES:
            expression = build(built)
            built[name] = ibis.table(expression.schema(), name=name)
            reads = sorted({table.name for table in expression.op().find(UnboundTable)})
            sql = _sql(expression, dialect)
            texts.append(Text(name, needs, unless[0], tuple(reads), expression.columns, sql))
    finally:
        ibis.options.sql.fuse_selects = fused
    return tuple(texts)


def _sql(expression: ir.Table, dialect: str) -> str:
    return sqlite_text(expression) if dialect == "sqlite" else str(ibis.to_sql(expression, dialect=dialect))
