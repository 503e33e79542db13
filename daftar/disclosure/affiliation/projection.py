"""Opening the sealed fields that one cell of the who-sees-what table permits, and naming what was told."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from daftar.disclosure.affiliation.decision import Decision
from daftar.disclosure.affiliation.facts import LAST, Facts, Person, Spell
from daftar.disclosure.affiliation.relationships import Relationship, relationships
from daftar.disclosure.who_sees_what import Role, Seen
from daftar.store.keys import Secrets
from daftar.store.sealing import open_fields
from daftar.terms.outcomes import RelationType

Told = Mapping[str, Any]


class Projection(NamedTuple):
    """What may be told: every permitted field, None where the registry holds no value."""

    person: Told | None = None
    spells: tuple[Told, ...] | None = None
    main_insured: Told | None = None
    contact: Told | None = None
    shown: tuple[str, ...] = ("outcome",)


def project(seen: Seen, facts: Facts, person: Person, decision: Decision, secrets: Secrets, today: Any) -> Projection:
    """The fields of `seen` about a person; nothing beyond them is opened."""
    told_person = _person(facts, person, seen.person, secrets) if seen.person else None
    spells = tuple(_spell(each, seen, facts, secrets) for each in decision.relationships) if seen.spell else None
    main = next((each.main for each in decision.relationships if each.main is not None), None)
    subject = main if decision.role is Role.DEPENDANT else person
    told_main = None
    if seen.main_insured and main is not None:
        told_main = _person(facts, main, seen.main_insured, secrets)
    contact = None
    if seen.contact and subject is not None:
        held = decision.relationships if subject == person else relationships(facts, subject)
        workplaces = _workplaces([each for each in held if each.holds(today)], seen.workplace, secrets)
        contact = {**_person(facts, subject, seen.contact, secrets), "workplaces": workplaces}
    mark = "main." if decision.role is Role.DEPENDANT else ""
    return Projection(told_person, spells, told_main, contact, _names(told_person, spells, told_main, contact, mark))


def _person(facts: Facts, person: Person, fields: tuple[str, ...], secrets: Secrets) -> dict[str, Any]:
    known = facts.persons[person]
    opened: dict[str, Any] = dict(open_fields(secrets, "person", known.sealed))
    opened["birth_date"] = known.birth_date
    if "number" in fields and person in facts.numbers:
        opened |= open_fields(secrets, "person_identifier", facts.numbers[person][1])
    return {name: opened.get(name) or None for name in fields}


def _spell(each: Relationship, seen: Seen, facts: Facts, secrets: Secrets) -> dict[str, Any]:
    known: dict[str, Any] = _opened(each.spell, secrets)
    if each.type is not RelationType.PENSIONER:
        known.pop("pensioner_number", None)
    known |= {
        "relation_type": each.type,
        "kind": each.kind,
        "kinship": each.kinship,
        "insurance_type": each.spell.insurance_type if each.spell else None,
        "office": each.office,
        "office_name": facts.offices.get(each.office),
        "starts": each.starts,
        "ends": None if each.ends == LAST else each.ends,
    }
    return {name: known.get(name) or None for name in seen.spell}


def _workplaces(held: list[Relationship], fields: tuple[str, ...], secrets: Secrets) -> tuple[Told, ...]:
    """Workshop and employer of each spell that has any."""
    opened = [_opened(each.spell, secrets) for each in held if each.spell]
    places = [{name: each.get(name) or None for name in fields} for each in opened]
    return tuple(place for place in places if any(place.values()))


def _opened(spell: Spell | None, secrets: Secrets) -> dict[str, Any]:
    if spell is None or spell.sealed is None:
        return {}
    return dict(open_fields(secrets, "affiliation", spell.sealed))


def _names(
    person: Told | None, spells: tuple[Told, ...] | None, main_insured: Told | None, contact: Told | None, mark: str
) -> tuple[str, ...]:
    """Names of the fields that held a value, for the journal; those of the main insured begin with `main.`."""
    workplaces = contact["workplaces"] if contact else ()
    of_person = tuple([_held(each) for each in (person, *(spells or ())) if each])
    of_contact = tuple([_held(each) for each in (contact, *workplaces) if each])
    return _all_names(of_person, _held(main_insured) if main_insured else (), of_contact, mark)


def _held(fields: Told) -> tuple[str, ...]:
    return tuple([name for name, value in fields.items() if value])


@lru_cache(maxsize=4096)
def _all_names(
    of_person: tuple[tuple[str, ...], ...],
    of_main: tuple[str, ...],
    of_contact: tuple[tuple[str, ...], ...],
    mark: str,
) -> tuple[str, ...]:
    """Each name once, in order; the same few combinations come over and over."""
    names = ["outcome", *(name for held in of_person for name in held), *(f"main.{name}" for name in of_main)]
    names += [f"{mark}{name}" for held in of_contact for name in held if name != "workplaces"]
    return tuple(dict.fromkeys(names))
