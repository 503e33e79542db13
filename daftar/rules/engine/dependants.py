"""Dependencies with the conditions of their role, and which persons need the whole timeline instead of the short way.

A person with one spell or one plain dependency and nothing else is computed in closed form (quick.py); everyone else is
*hard* and goes through timeline.py. Both give the same rows: a test holds them to each other.
"""

import ibis
import ibis.expr.types as ir

from daftar.rules.engine.days import birthday, day, last_day
from daftar.rules.engine.tables import Tables
from daftar.rules.engine.windows import law_of
from daftar.rules.law import HUSBAND
from daftar.rules.states import FAR, LONG_AGO
from daftar.terms.outcomes import Relation

DEP = ("key", "main_key", "jurisdiction", "role", "s", "e", "birth_date", "plain", "free_until", "quick")
QUICK_ROLES = (Relation.SPOUSE.value, Relation.SON.value, Relation.DAUGHTER.value)


def dep(tables: Tables) -> ir.Table:
    """Every dependency with its role; `free_until`: last day on which the role at its start asks for no evidence."""
    persons = tables["persons"].select("key", "jurisdiction", "sex", "birth_date")
    known = tables["dependencies"].join(persons, "key")
    roles = _roles(known, tables["persons"])
    dated = roles.mutate(s=day(roles.starts), e=last_day(roles.ends)).filter(lambda t: t.s <= t.e)
    lawful = law_of(dated, tables["law_role"], ["jurisdiction", "role"], dated.s)
    aged = lawful.mutate(
        plain=lawful.in_force & (lawful.e <= lawful.law_until),
        free_until=lawful.young.ifelse(
            (birthday(lawful.birth_date, lawful.age) - 1).coalesce(LONG_AGO), ibis.literal(FAR, "int64")
        ),
        quick=lawful.role.isin(QUICK_ROLES),
    )
    return aged.select(*DEP)


def _roles(known: ir.Table, persons: ir.Table) -> ir.Table:
    """`known` with the role; a spouse whose sex is not known has the other one than the main insured."""
    sex = known.sex.fill_null("")
    unsure = (known.relation == Relation.SPOUSE.value) & (sex == "")
    man = (known.relation == Relation.SPOUSE.value) & (sex == "male")
    told = known.filter(~unsure).mutate(role=man.ifelse(HUSBAND, known.relation))
    women = persons.filter(persons.sex == "female").select(main_key="key")
    guessed = known.filter(unsure)
    husbands = guessed.semi_join(women, "main_key").mutate(role=ibis.literal(HUSBAND))
    wives = guessed.anti_join(women, "main_key").mutate(role=ibis.literal(Relation.SPOUSE.value))
    return told.union(husbands).union(wives)


def dead(tables: Tables) -> ir.Table:
    """Persons who have died."""
    persons = tables["persons"].filter(lambda t: t.death_date.notnull())
    return persons.select("key", "jurisdiction", "death_date", death=day(persons.death_date))


def hard_mains(tables: Tables) -> ir.Table:
    """Persons with several spells or dependencies, dead, not under one window of law, or covered in several runs."""
    spells, dependencies, own = tables["affiliations"], tables["dependencies"], tables["own"]
    sources = spells.select("key").union(dependencies.select("key"))
    several = sources.group_by("key").agg(sources=sources.count()).filter(lambda t: t.sources > 1).select("key")
    unplain = own.filter(~(own.plain & own.run_first & own.run_last)).select("key")
    return several.union(unplain).union(tables["dead"].select("key")).distinct()


def hard(tables: Tables) -> ir.Table:
    """All persons who need the whole timeline: also those with evidence to weigh, or a hard main insured."""
    dep, mains = tables["dep"], tables["hard_mains"]
    of_hard = dep.semi_join(mains, dep.main_key == mains.key)
    shown = dep.semi_join(tables["evidence"], "key").filter(lambda t: t.role != Relation.SPOUSE.value)
    special = dep.filter(~(dep.quick & dep.plain))
    found = mains.select("key")
    for more in (of_hard, shown, special, tables["whole"]):
        found = found.union(more.select("key"))
    return found.distinct()
