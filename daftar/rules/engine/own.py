"""Cover of their own: one row for each spell and covered run in it (contracts §1: kinds, grace, resident years)."""

import ibis
import ibis.expr.types as ir

from daftar.rules.engine.days import date_of, day, end_of, first_of, last_day, month
from daftar.rules.engine.months import covered_bits, masks, month_runs
from daftar.rules.engine.tables import Tables
from daftar.rules.engine.windows import law_of, merged
from daftar.rules.law import DAYS
from daftar.rules.states import FAR

SPELL = ("key", "jurisdiction", "kind", "basis", "paid", "s", "e", "cap", "plain", "from_month", "until_month")
SPELL_RUN = ("key", "jurisdiction", "basis", "s", "e", "cap", "plain")
OWN = ("key", "jurisdiction", "basis", "s", "e", "plain", "a", "b", "run_first", "run_last")
DATED = ("key", "kind", "s", "e", "from_month", "until_month")
FAR_MONTH = 9999 * 12 + 11


def repeated(tables: Tables) -> ir.Table:
    """Persons with several affiliations."""
    counted = tables["affiliations"].group_by("key").agg(spells=lambda t: t.count())
    return counted.filter(counted.spells > 1).select("key")


def rejoined(tables: Tables) -> ir.Table:
    """Their affiliations, overlapping and adjoining ones of a kind as one (contracts §1, overlapping spells merge)."""
    facts = tables["affiliations"].semi_join(tables["repeated"], "key")
    dated = facts.select("key", "kind", s=day(facts.starts), e=last_day(facts.ends)).filter(lambda t: t.s <= t.e)
    whole = merged(dated, ["key", "kind"], "s", "e")
    until = (whole.e < FAR).ifelse(month(date_of(ibis.least(whole.e, FAR - 1))), FAR_MONTH)
    return whole.mutate(from_month=month(date_of(whole.s)), until_month=until).select(*DATED)


def spell(tables: Tables) -> ir.Table:
    """Every spell with its last coverable day `cap`; `plain`: one window of law in force holds all of it."""
    persons = tables["persons"].select("key", "jurisdiction")
    once = tables["affiliations"].anti_join(tables["repeated"], "key")
    single = once.select(
        "key",
        "kind",
        s=day(once.starts),
        e=last_day(once.ends),
        from_month=month(once.starts),
        until_month=month(once.ends).coalesce(FAR_MONTH),
    ).filter(lambda t: t.s <= t.e)
    dated = single.union(tables["rejoined"]).join(persons, "key")
    after = law_of(dated, tables["law_after"], ["jurisdiction", "kind"], dated.e).drop("law_from", "law_until")
    outlasts = (after.after > 0) & (after.e < FAR)
    capped = after.mutate(cap=outlasts.ifelse(end_of(after.until_month + after.after), after.e))
    lawful = law_of(capped, tables["law_kind"], ["jurisdiction", "kind"], capped.s)
    plain = lawful.mutate(plain=lawful.in_force & (lawful.cap <= lawful.law_until))
    return plain.select(*SPELL)


def held(tables: Tables) -> ir.Table:
    """Spells of kinds that are paid for, with the covered months of each mask as `bits`; none is 0.

    `alone`: one mask holds all that the spell has.
    """
    spells, masked, law = tables["spell"].filter(lambda t: t.paid), masks(tables), tables["law_month"]
    paying = spells.left_join(masked, ["key", "kind"]).drop("key_right", "kind_right")
    lawful = paying.left_join(law, ["jurisdiction", "kind", "block"])
    covered = covered_bits(lawful)
    alone = covered.single.coalesce(True) & covered.alone.coalesce(True) & (covered.extra.coalesce(0) == 0)
    return covered.select(*SPELL_RUN, "block", *DAYS, bits=covered.bits.coalesce(0), extra=covered.extra, alone=alone)


def run(tables: Tables) -> ir.Table:
    """Runs of days `a` to `b` that the months of one mask cover, on days of one grace."""
    found = month_runs(tables["held"], tables["bit"])
    a = ibis.greatest(found.s, first_of(found.run_from), found.grace_from)
    b = ibis.least(found.cap, end_of(found.run_until), found.grace_until)
    return found.select(*SPELL_RUN, "alone", "run_first", "run_last", a=a, b=b)


def own(tables: Tables) -> ir.Table:
    """One row for each spell and run of days `a` to `b` that it covers; one that covers nothing has a row without.

    `run_first` and `run_last` mark the ends of a spell's runs.
    """
    spell, run = tables["spell"], tables["run"]
    by_spell = spell.filter(~spell.paid).mutate(a=spell.s, b=spell.cap, run_first=True, run_last=True)
    joined = _flagged(merged(run.filter(~run.alone & (run.a <= run.b)), SPELL_RUN, "a", "b"))
    by_months = run.filter(run.alone).select(*OWN).union(joined.select(*OWN))
    return by_spell.select(*OWN).union(by_months).union(_without(tables, joined))


def _without(tables: Tables, joined: ir.Table) -> ir.Table:
    """Spells of kinds that are paid for in which nothing covers a day; `joined`: the runs of several masks."""
    held = tables["held"]
    empty = held.filter(held.alone & (held.bits == 0)).select(*SPELL_RUN)
    several = held.filter(~held.alone).select(*SPELL_RUN).distinct()
    unpaid = empty.union(several.anti_join(joined, ["key", "basis", "s"]))
    none = ibis.null("int64")
    return unpaid.mutate(a=none, b=none, run_first=True, run_last=True).select(*OWN)


def _flagged(runs: ir.Table) -> ir.Table:
    """Merged runs of each spell, the first and the last of them marked."""
    whole = ibis.window(group_by=list(SPELL_RUN))
    return runs.mutate(
        run_first=runs.a == runs.a.min().over(whole),
        run_last=runs.a == runs.a.max().over(whole),
    )
