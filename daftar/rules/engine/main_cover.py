"""The days on which a hard person's own cover carries dependants, with the survivor rule after a death."""

import ibis
import ibis.expr.types as ir

from daftar.rules.engine.days import months_later
from daftar.rules.engine.tables import Tables, shaped
from daftar.rules.engine.windows import law_of, laws_during, merged
from daftar.rules.states import FAR

CARRIED = ("main_key", "jurisdiction", "a", "b", "survivor", "lawless")


def weighed(tables: Tables) -> ir.Table:
    """Those on whom hard dependants depend."""
    return tables["hard_dep"].select(key="main_key").distinct()


def pieces(tables: Tables) -> ir.Table:
    """Covered days `a` to `b` of hard persons and of the main insured of hard dependants, cut to the law in force."""
    own = tables["hard_own"].filter(lambda t: t.a.notnull())
    law = tables["law_kind"].filter(lambda t: t.in_force).drop("in_force")
    cut = laws_during(own, law, ["jurisdiction", "basis"], own.a, own.b)
    a, b = ibis.greatest(cut.a, cut.law_from), ibis.least(cut.b, cut.law_until)
    return shaped(cut.mutate(a=a, b=b), ("key", "jurisdiction", "basis", "hard", "a", "b"))


def main_cover(tables: Tables) -> ir.Table:
    """Runs of days that carry dependants: main_key, jurisdiction, a, b, and whether by the survivor rule.

    `lawless`: days after a death for which the law had no survivor rule; they carry nobody.
    """
    whole = merged(tables["pieces"].drop("basis", "hard"), ["key", "jurisdiction"], "a", "b")
    dead = tables["dead"].select("key", "death", "death_date")
    known = whole.left_join(dead, "key")
    alive = known.filter(known.death.isnull() | (known.a <= known.death))
    until = ibis.least(alive.b, alive.death.coalesce(alive.b))
    carried = shaped(alive.mutate(main_key=alive.key, b=until, survivor=False, lawless=False), CARRIED)
    return carried.union(_survivors(tables, alive))


def _survivors(tables: Tables, alive: ir.Table) -> ir.Table:
    """Months after the death of someone covered on that day, by the law of that day."""
    died = alive.filter(alive.death.notnull() & (alive.b >= alive.death))
    lawful = law_of(died, tables["law_survivor"], ["jurisdiction"], died.death)
    last = lawful.in_force.ifelse(months_later(lawful.death_date, lawful.months), FAR)
    after = lawful.mutate(main_key=lawful.key, a=lawful.death + 1, b=last, survivor=True, lawless=~lawful.in_force)
    return shaped(after, CARRIED)
