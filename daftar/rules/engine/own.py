"""Cover of their own: one row for each spell and covered run in it (contracts §1: kinds, grace, resident years)."""

import ibis
import ibis.expr.types as ir

from daftar.rules.engine.days import end_of, first_of
from daftar.rules.engine.months import covered_bits, month_runs
from daftar.rules.engine.spells import ONE_RUN, SEVERAL_MASKS, SEVERAL_RUNS, months_of
from daftar.rules.engine.tables import Tables, shaped
from daftar.rules.engine.windows import matched, merged
from daftar.rules.law import DAYS, SLOT_KINDS

SPELL_RUN = ("key", "jurisdiction", "basis", "s", "e", "cap", "hard")
OWN = ("key", "jurisdiction", "basis", "s", "e", "a", "b", "hard", "run_first", "run_last")


def unclear(tables: Tables) -> ir.Table:
    """Spells whose covered days lie in several masks, or are under several laws."""
    spell = tables["spell"]
    return shaped(spell.filter(spell.way == SEVERAL_MASKS), SPELL_RUN)


def held(tables: Tables) -> ir.Table:
    """Their covered months in each mask as `bits`, for each grace of days."""
    law = tables["law_month"]
    masked = matched(months_of(tables["unclear"]), tables["paid_again"], ["key"], [])
    mine = masked.filter((masked.slot & (SLOT_KINDS - 1)) == masked.basis)
    covered = covered_bits(matched(mine, law, ["jurisdiction", "slot"], []))
    return covered.select(*SPELL_RUN, *DAYS, "slot", "extra", "bits")


def run(tables: Tables) -> ir.Table:
    """Runs of days `a` to `b` that their masks cover, as one where they touch."""
    found = month_runs(tables["held"], tables["bit"])
    a = ibis.greatest(found.s, first_of(found.run_from), found.grace_from)
    b = ibis.least(found.cap, end_of(found.run_until + found.extra), found.grace_until)
    dated = shaped(found.mutate(a=a, b=b), (*SPELL_RUN, "a", "b"))
    return merged(dated.filter(dated.a <= dated.b), SPELL_RUN, "a", "b")


def runs(tables: Tables) -> ir.Table:
    """Runs of days `a` to `b` of all spells whose days are not told at once; who covers nothing has a row without.

    `run_first` and `run_last` mark the ends of a spell's runs.
    """
    spell, run = tables["spell"], tables["run"]
    found = month_runs(spell.filter(spell.way == SEVERAL_RUNS).drop("a", "b"), tables["bit"])
    a = ibis.greatest(found.s, first_of(found.run_from))
    by_bits = shaped(found.mutate(a=a, b=ibis.least(found.cap, end_of(found.run_until))), OWN)
    none = ibis.null("int32")
    empty = tables["unclear"].anti_join(run, ["key", "basis", "s"])
    without = shaped(empty.mutate(a=none, b=none, run_first=True, run_last=True), OWN)
    return by_bits.union(shaped(_flagged(run), OWN)).union(without)


def _flagged(runs: ir.Table) -> ir.Table:
    """Merged runs of each spell, the first and the last of them marked."""
    whole = ibis.window(group_by=["key", "basis", "s"])
    return runs.mutate(run_first=runs.a == runs.a.min().over(whole), run_last=runs.a == runs.a.max().over(whole))


def own(tables: Tables) -> ir.Table:
    """All spells and runs; not kept as a table."""
    spell = tables["spell"]
    told = spell.filter(spell.way == ONE_RUN).mutate(run_first=True, run_last=True)
    return shaped(told, OWN).union(tables["runs"])


def hard_own(tables: Tables) -> ir.Table:
    """Those of hard persons and of the main insured of hard dependants."""
    found = own(tables).left_join(tables["weighed"].mutate(carries=True), "key").drop("key_right")
    return found.filter(found.hard | found.carries.coalesce(False)).drop("carries")
