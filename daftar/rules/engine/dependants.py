"""Dependencies with the conditions of their role and the cover of their main insured, and which of them are hard."""

import ibis.expr.types as ir

from daftar.rules.engine.days import birthday, day, last_day
from daftar.rules.engine.own import own
from daftar.rules.engine.tables import Tables, shaped
from daftar.rules.engine.windows import law_of
from daftar.rules.engine.words import jurisdiction_number, role_number, roles
from daftar.rules.law import EVIDENCE_BIT
from daftar.rules.states import FAR, LONG_AGO
from daftar.terms.outcomes import EvidenceKind, Relation

DEP = ("key", "main_key", "jurisdiction", "role", "basis", "s", "e", "birth_date", "free_until", "a", "b", "hard")
QUICK_ROLES = roles(Relation.SPOUSE, Relation.SON, Relation.DAUGHTER)


def guessed(tables: Tables) -> ir.Table:
    """Spouses whose sex is not known and whose main insured is a woman: they have the other sex."""
    persons, dependencies = tables["persons"], tables["dependencies"]
    spouses = dependencies.filter(dependencies.relation == Relation.SPOUSE.value).select("key", "main_key")
    unsure = spouses.semi_join(persons.filter(persons.sex.fill_null("") == ""), "key")
    women = persons.filter(persons.sex == "female").select(main_key="key")
    return unsure.semi_join(women, "main_key").distinct()


def hard_mains(tables: Tables) -> ir.Table:
    """Persons whose cover is not one run at most, and who is hard already for what they have themselves."""
    spell, runs = tables["spell"], tables["runs"]
    found = tables["busy"].select("key").union(tables["dead"].select("key"))
    for more in (spell.filter(spell.hard), runs.filter(~(runs.run_first & runs.run_last))):
        found = found.union(more.select("key"))
    return found.distinct()


def shown(tables: Tables) -> ir.Table:
    """Dependants who are hard for what they have themselves: another source of cover, or evidence to weigh."""
    return tables["busy"].select("key").union(tables["evidence"].select("key")).distinct()


def dep(tables: Tables) -> ir.Table:
    """Every dependency with its role and the main insured's run of cover `a` to `b`, if there is one.

    `free_until`: last day on which the role at its start asks for no evidence.
    """
    lawful = law_of(dated := _dated(tables), tables["law_role"], ["jurisdiction", "role"], dated.s)
    free_until = lawful.young.ifelse((birthday(lawful.birth_date, lawful.age) - 1).coalesce(LONG_AGO), FAR)
    plain = lawful.role.isin(QUICK_ROLES) & lawful.in_force & (lawful.e <= lawful.law_until) & _birth_first(lawful)
    known = lawful.mutate(free_until=free_until, plain=plain & ~lawful.died)
    cover = own(tables)
    cover = cover.filter(~cover.hard & cover.run_first & cover.run_last & cover.a.notnull())
    carried = known.left_join(
        cover.select("a", "b", main_key=cover.key, jurisdiction=cover.jurisdiction), ["main_key", "jurisdiction"]
    ).drop("main_key_right", "jurisdiction_right")
    mains = tables["hard_mains"].select(main_key="key", main_hard=True)
    weighed = carried.left_join(mains, "main_key").drop("main_key_right")
    weighed = weighed.left_join(tables["shown"].mutate(own_hard=True), "key").drop("key_right")
    hard = weighed.main_hard.coalesce(False) | weighed.own_hard.coalesce(False) | ~weighed.plain
    return shaped(weighed.mutate(hard=hard), DEP)


def _birth_first(lawful: ir.Table) -> ir.BooleanValue:
    """Whether a daughter without evidence lacks the check of her birth certificate, as the short way says of her."""
    checked = (lawful.needs & EVIDENCE_BIT[EvidenceKind.BIRTH_CERTIFICATE_SEEN]) != 0
    return ~lawful.role.isin(roles(Relation.DAUGHTER)) | checked


def _dated(tables: Tables) -> ir.Table:
    """Dependencies with their days, and what is known of the dependant."""
    persons = tables["persons"]
    persons = persons.select(
        "key",
        "birth_date",
        jurisdiction=jurisdiction_number(persons.jurisdiction),
        man=persons.sex == "male",
        died=persons.death_date.notnull(),
    )
    known = tables["dependencies"].join(persons, "key")
    guesses = tables["guessed"].mutate(guess=True)
    known = known.left_join(guesses, ["key", "main_key"]).drop("key_right", "main_key_right")
    man = known.man.coalesce(False) | known.guess.coalesce(False)
    dated = known.mutate(role=role_number(known.relation, man), s=day(known.starts), e=last_day(known.ends))
    return dated.filter(dated.s <= dated.e).drop("relation", "starts", "ends", "man", "guess")


def hard_dep(tables: Tables) -> ir.Table:
    """Dependencies whose days need the whole timeline."""
    dep = tables["dep"]
    return dep.filter(dep.hard).drop("a", "b", "hard").distinct()
