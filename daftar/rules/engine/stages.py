"""The stages in order, and their SQL: built and compiled once for each type of key and dialect."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import ibis
import ibis.expr.types as ir

from daftar.rules.engine import dependants, main_cover, months, other, own, proofs, tables, timeline
from daftar.rules.engine.quick import quick
from daftar.rules.engine.spans import numbered
from daftar.rules.engine.tables import Tables


class Stage(NamedTuple):
    """A table computed from earlier ones; empty when all tables in `needs` are, or when `unless` is not."""

    name: str
    build: Callable[[Tables], ir.Table]
    needs: tuple[str, ...]
    unless: str = ""


STAGES = (
    Stage("paid", months.paid, ("contributions", "affiliations")),
    Stage("paid_again", months.paid_again, ("paid",)),
    Stage("repeated", own.repeated, ("affiliations",)),
    Stage("rejoined", own.rejoined, ("repeated",)),
    Stage("spell", own.spell, ("affiliations",)),
    Stage("held", own.held, ("spell",)),
    Stage("run", own.run, ("held",)),
    Stage("own", own.own, ("spell",)),
    Stage("dead", dependants.dead, ("persons",)),
    Stage("dep", dependants.dep, ("dependencies",)),
    Stage("hard_mains", dependants.hard_mains, ("affiliations", "dependencies", "dead"), unless="whole"),
    Stage("hard", dependants.hard, ("hard_mains", "dep", "whole")),
    Stage("quick", quick, ("own", "dep"), unless="whole"),
    Stage("weighed", main_cover.weighed, ("hard",)),
    Stage("pieces", main_cover.pieces, ("weighed",)),
    Stage("main_cover", main_cover.main_cover, ("pieces",)),
    Stage("proof", proofs.proof, ("hard",)),
    Stage("point", proofs.point, ("hard",)),
    Stage("weight", proofs.weight, ("point",)),
    Stage("condition", proofs.condition, ("weight",)),
    Stage("stretches", timeline.stretches, ("hard",)),
    Stage("hard_rows", timeline.hard_rows, ("stretches",)),
    Stage("other_rows", other.other_rows, ("other_cover",)),
    Stage("numbered", numbered, ("quick", "hard_rows", "other_rows")),
)


@cache
def compiled(key_type: str, dialect: str) -> tuple[tuple[str, str], ...]:
    """Name and SQL of each stage; a stage reads facts, law tables and earlier stages by their names."""
    built: Tables = {**tables.facts(key_type), **tables.law(tables.law_arrow())}
    texts = []
    fused = ibis.options.sql.fuse_selects
    ibis.options.sql.fuse_selects = False  # fused, every use of a column would repeat the expression behind it
    try:
        for name, build, *_ in STAGES:
            expression = build(built)
            built[name] = ibis.table(expression.schema(), name=name)
            texts.append((name, str(ibis.to_sql(expression, dialect=dialect))))
    finally:
        ibis.options.sql.fuse_selects = fused
    return tuple(texts)
