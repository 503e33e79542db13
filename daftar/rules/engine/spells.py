"""Spells of affiliation with the days they cover, where one mask of months tells it, and which persons are hard.

A person with one spell or one plain dependency and nothing else is computed in closed form (quick.py); everyone else is
*hard* and goes through timeline.py. Both give the same rows: a test holds them to each other.
"""

import ibis
import ibis.expr.types as ir

from daftar.rules.engine.days import date_of, day, end_of, first_of, last_day, month
from daftar.rules.engine.functions import bit_count
from daftar.rules.engine.months import covered_bits, first_month, first_place, run_length
from daftar.rules.engine.tables import Tables, shaped
from daftar.rules.engine.windows import matched, merged
from daftar.rules.engine.words import jurisdiction_number, kind_number
from daftar.rules.law import SLOT_KINDS
from daftar.rules.states import FAR

SPELL = ("key", "jurisdiction", "basis", "s", "e", "cap", "a", "b", "hard", "bits", "slot", "way")
DATED = ("key", "basis", "s", "e", "from_month", "until_month")
FAR_MONTH = 9999 * 12 + 11

ONE_RUN, SEVERAL_RUNS, SEVERAL_MASKS = 0, 1, 2
"""How the covered days of a spell are found: `a` to `b` at once, run by run of its `bits`, or from several masks."""


def busy(tables: Tables) -> ir.Table:
    """Persons with several spells or dependencies, and those of `whole`."""
    whole = tables["whole"].select("key")
    found = tables["affiliations"].select("key").union(tables["dependencies"].select("key"))
    return _several(found.union(whole).union(whole))


def repeated(tables: Tables) -> ir.Table:
    """Persons with several spells."""
    return _several(tables["affiliations"].select("key").semi_join(tables["busy"], "key"))


def _several(keys: ir.Table) -> ir.Table:
    counted = keys.group_by("key").agg(times=keys.count())
    return counted.filter(counted.times > 1).select("key")


def dead(tables: Tables) -> ir.Table:
    """Persons who have died."""
    persons = tables["persons"].filter(lambda t: t.death_date.notnull())
    number = jurisdiction_number(persons.jurisdiction)
    return persons.select("key", "death_date", jurisdiction=number, death=day(persons.death_date))


def rejoined(tables: Tables) -> ir.Table:
    """Affiliations of who has several, overlapping and adjoining ones of a kind as one (contracts §1)."""
    facts = tables["affiliations"].semi_join(tables["repeated"], "key")
    dated = facts.select("key", basis=kind_number(facts.kind), s=day(facts.starts), e=last_day(facts.ends))
    whole = merged(dated.filter(dated.s <= dated.e), ["key", "basis"], "s", "e")
    return shaped(months_of(whole), DATED)


def months_of(spells: ir.Table) -> ir.Table:
    """`spells` with the months of their first and last days."""
    until = (spells.e < FAR).ifelse(month(date_of(ibis.least(spells.e, FAR - 1))), FAR_MONTH)
    return spells.mutate(from_month=month(date_of(spells.s)), until_month=until)


def spell(tables: Tables) -> ir.Table:
    """Every spell with its last coverable day `cap` and the days `a` to `b` that it covers, empty where none.

    `hard`: the person is dead, has something else too, or not one window of law in force holds all of the spell.
    """
    known = _dated(tables)
    law = tables["law_spell"]
    held = [
        known.s >= law.first_from,
        known.s <= law.first_until,
        known.e >= law.last_from,
        known.e <= law.last_until,
    ]
    lawful = matched(known, law, ["jurisdiction", "basis"], held)
    outlasts = (lawful.after > 0) & (lawful.e < FAR)
    capped = lawful.mutate(cap=outlasts.ifelse(end_of(lawful.until_month + lawful.after), lawful.e))
    plain = capped.in_force & (capped.cap <= capped.first_until)
    return shaped(_covered(tables, capped.mutate(hard=capped.busy | capped.died | ~plain)), SPELL)


def _dated(tables: Tables) -> ir.Table:
    """Spells with their days and months, and what is known of the person."""
    persons = tables["persons"]
    number = jurisdiction_number(persons.jurisdiction)
    persons = persons.select("key", jurisdiction=number, died=persons.death_date.notnull())
    known = tables["affiliations"].anti_join(tables["repeated"], "key")
    once = known.left_join(tables["busy"].mutate(busy=True), "key").drop("key_right")
    single = once.mutate(
        basis=kind_number(once.kind),
        s=day(once.starts),
        e=last_day(once.ends),
        from_month=month(once.starts),
        until_month=month(once.ends).coalesce(FAR_MONTH),
        busy=once.busy.coalesce(False),
    )
    dated = shaped(single.filter(single.s <= single.e), (*DATED, "busy"))
    return dated.union(tables["rejoined"].mutate(busy=True)).join(persons, "key")


def _covered(tables: Tables, spells: ir.Table) -> ir.Table:
    """`spells` with the covered days where one mask of months under one grace tells them, else how to find them."""
    law = tables["law_month"].filter(lambda t: t.alone)
    masked = spells.left_join(tables["paid"], "key").drop("key_right")
    lawful = masked.left_join(law, [masked.jurisdiction == law.jurisdiction, masked.first == law.slot])
    mine = (lawful.first == lawful.last) & ((lawful.first & (SLOT_KINDS - 1)) == lawful.basis)
    spread = covered_bits(lawful.mutate(mask=mine.ifelse(lawful.mask, 0), mine=mine).drop("jurisdiction_right"))
    marked = spread.mutate(bits=spread.bits.coalesce(0))
    place = first_place(marked.bits)
    length = run_length(marked.bits, place)
    several = marked.paid & (length != bit_count(marked.bits))
    unclear = marked.paid & ((marked.first != marked.last) | (marked.mine & marked.slot.isnull())).coalesce(False)
    way = unclear.ifelse(SEVERAL_MASKS, several.ifelse(SEVERAL_RUNS, ONE_RUN))
    run_from = first_month(marked.slot) + place
    a = ibis.greatest(marked.s, first_of(run_from))
    b = ibis.least(marked.cap, end_of(run_from + length - 1))
    some, none = marked.bits != 0, ibis.null("int32")
    return marked.mutate(
        a=marked.paid.ifelse(some.ifelse(a, none), marked.s),
        b=marked.paid.ifelse(some.ifelse(b, none), marked.cap),
        way=way,
    )
