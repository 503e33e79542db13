"""Opening the sealed fields that one cell of the who-sees-what table permits, and naming what was told."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from daftar.disclosure.affiliation.decision import Decision
from daftar.disclosure.affiliation.facts import LAST, Facts, Person
from daftar.disclosure.affiliation.relationships import Relationship, relationships
from daftar.disclosure.who_sees_what import Role, Seen
from daftar.store.keys import Secrets
from daftar.store.sealing import Opener, Record
from daftar.terms.outcomes import RelationType

# Looked up once: in Python 3.11 a member of an enumeration costs as much as a function call, and this is the hot path.
_DEPENDANT, _PENSIONER = Role.DEPENDANT, RelationType.PENSIONER

OF_MAIN = "main."
"""Before the name of a field that was told of a dependant's main insured."""

Pattern = tuple[tuple[type, tuple[bool, ...]], ...]
"""Of some records: what they are, and which of their fields hold a value."""


class Projection(msgspec.Struct, frozen=True, gc=False):
    """What may be told: records of every permitted field in its order, None where the registry holds no value.

    A group of which nothing is permitted is None; `workplaces` belong to `contact`. `shown` are the names of the fields
    that held a value, as the journal keeps them. `main` is the main insured of whom something is told beside a
    dependant.
    """

    person: Record | None = None
    spells: tuple[Record, ...] | None = None
    main_insured: Record | None = None
    contact: Record | None = None
    workplaces: tuple[Record, ...] = ()
    shown: str = "outcome"
    main: Person | None = None


_OUTCOME_ALONE, _NOTHING = Seen(), Projection()


def project(seen: Seen, facts: Facts, person: Person, decision: Decision, opener: Opener, today: date) -> Projection:
    """The fields of `seen` about a person; nothing beyond them is opened."""
    if seen == _OUTCOME_ALONE:
        return _NOTHING
    held, dependant = decision.relationships, decision.role is _DEPENDANT
    told_person = _person(facts, person, seen.person, opener) if seen.person else None
    spells = tuple([_spell(each, seen.spell, facts, opener) for each in held]) if seen.spell else None
    told_main, contact, workplaces = None, None, ()
    main = _main_of(held) if dependant or seen.main_insured else None
    if seen.main_insured and main is not None:
        told_main = _person(facts, main, seen.main_insured, opener)
    subject = main if dependant else person
    if seen.contact and subject is not None:
        contact = _person(facts, subject, seen.contact, opener)
        own = held if subject == person else relationships(facts, subject)
        workplaces = _workplaces([each for each in own if each.holds(today)], seen.workplace, opener)
    shown = _names(
        _pattern((told_person, *(spells or ()))),
        _pattern((told_main,)) if told_main else (),
        _pattern((contact, *workplaces)) if contact else (),
        OF_MAIN if dependant else "",
    )
    named = main if main is not None and OF_MAIN in shown else None
    return Projection(told_person, spells, told_main, contact, workplaces, shown, named)


def digest(secrets: Secrets, projection: Projection) -> UUID:
    """A keyed digest of all that is told: equal for equal answers alone; without the secret it says nothing."""
    plain = msgspec.json.encode(projection)
    return UUID(bytes=hashlib.blake2b(plain, key=secrets.derive("told-digest"), digest_size=16).digest())


def _main_of(held: Sequence[Relationship]) -> Person | None:
    """The main insured of the first dependency."""
    for each in held:
        if each.main is not None:
            return each.main
    return None


def _person(facts: Facts, person: Person, names: tuple[str, ...], opener: Opener) -> Record:
    known = facts.persons[person]
    record = opener.record("person", known.sealed, names)
    if "birth_date" in names:
        record.birth_date = known.birth_date
    if "number" in names and person in facts.numbers:
        record.number = opener.record("person_identifier", facts.numbers[person], ("number",)).number
    return record


def _spell(each: Relationship, names: tuple[str, ...], facts: Facts, opener: Opener) -> Record:
    """One row of the forms O3 and O4; a dependency has no workplace, and only a pensioner a pensioner number."""
    record = opener.record("affiliation", each.spell.sealed if each.spell else None, names)
    record.relation_type = each.type
    record.kind = each.kind
    record.insurance_type = (each.spell.insurance_type or None) if each.spell else None
    record.office = each.office or None
    record.office_name = facts.offices.get(each.office) or None
    record.starts = each.starts
    if "ends" in names:
        record.ends = None if each.ends == LAST else each.ends
    if "kinship" in names:
        record.kinship = each.kinship
    if "pensioner_number" in names and each.type is not _PENSIONER:
        record.pensioner_number = None
    return record


def _workplaces(held: list[Relationship], names: tuple[str, ...], opener: Opener) -> tuple[Record, ...]:
    """Workshop and employer of each spell that has any."""
    places = [opener.record("affiliation", each.spell.sealed, names) for each in held if each.spell]
    return tuple([place for place in places if any(msgspec.structs.astuple(place))])


def _pattern(records: Iterable[Any]) -> Pattern:
    return tuple(
        [(each.__class__, tuple(map(bool, msgspec.structs.astuple(each)))) for each in records if each is not None]
    )


@lru_cache(maxsize=4096)
def _names(of_person: Pattern, of_main: Pattern, of_contact: Pattern, mark: str) -> str:
    """Each name once, in order, those of the main insured with OF_MAIN; the same few patterns come over and over."""
    names = ["outcome", *_held(of_person), *(f"{OF_MAIN}{name}" for name in _held(of_main))]
    names += [f"{mark}{name}" for name in _held(of_contact)]
    return " ".join(dict.fromkeys(names))


def _held(pattern: Pattern) -> list[str]:
    return [
        name
        for record, holds in pattern
        for name, held in zip(record.__struct_fields__, holds, strict=True)  # type: ignore[attr-defined]
        if held
    ]
