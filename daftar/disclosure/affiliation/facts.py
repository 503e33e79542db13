"""Reading the facts of affiliation for many persons at once: a handful of SELECTs whoever is asked about (S1.13).

Unknown or known, insured or not: the statements are the same and their number does not depend on the person, so time
tells nothing either. Plain texts in both dialects, no recursion in SQL (runs on Citus, design §5).
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from daftar.store.dialect import Connection
from daftar.store.keys import Key
from daftar.store.listed import Listed, select_listed

LAST = date.max
"""End of an open spell while days are compared."""

ROUNDS = 3
"""Dependants, their main insured, and theirs: always read, also when there is nobody left to look up."""


_IN = "= ANY(%s::uuid[])"
_AMONG = "IN (SELECT value FROM json_each(?))"
_ENDS = "coalesce(ends, '9999-12-31')"
_TIE = f"uuid_send(main_key), relation, starts, {_ENDS}, office FROM dependency WHERE NOT withdrawn AND key"
_TIE_SQLITE = f"main_key, relation, starts, {_ENDS}, office FROM dependency WHERE NOT withdrawn AND key"
_PERSON = "birth_date, death_date, sealed FROM person WHERE NOT withdrawn AND key"
_SPELL = f"kind, starts, {_ENDS}, insurance_type, office, sealed FROM affiliation WHERE NOT withdrawn AND key"
_NUMBER = "type, sealed FROM person_identifier WHERE key"
_OFFICE = "name FROM office WHERE code"

TIES = Listed(f"SELECT uuid_send(key), {_TIE} {_IN}", f"SELECT key, {_TIE_SQLITE} {_AMONG}", (3, 4))
PERSONS = Listed(f"SELECT uuid_send(key), {_PERSON} {_IN}", f"SELECT key, {_PERSON} {_AMONG}", (1, 2))
SPELLS = Listed(f"SELECT uuid_send(key), {_SPELL} {_IN}", f"SELECT key, {_SPELL} {_AMONG}", (2, 3))
NUMBERS = Listed(f"SELECT uuid_send(key), {_NUMBER} {_IN}", f"SELECT key, {_NUMBER} {_AMONG}")
OFFICES = Listed(f"SELECT code, {_OFFICE} = ANY(%s::text[])", f"SELECT code, {_OFFICE} {_AMONG}")

Person = int
"""A person by the integer of their key: a UUID as a dictionary's key costs ten times as much."""


class PersonFact(NamedTuple):
    """A known person; `sealed` holds names, numbers and addresses."""

    birth_date: date | None
    death_date: date | None
    sealed: bytes


class Spell(NamedTuple):
    """An own affiliation spell; `sealed` holds workshop, employer and pensioner number."""

    kind: str
    starts: date
    ends: date
    insurance_type: str
    office: str
    sealed: bytes | None


class Tie(NamedTuple):
    """A dependency spell on a main insured."""

    main: Person
    relation: str
    starts: date
    ends: date
    office: str


class Facts(NamedTuple):
    """What is on record of the persons asked about and of those whose insurance they live on."""

    persons: dict[Person, PersonFact]
    spells: dict[Person, list[Spell]]
    ties: dict[Person, list[Tie]]
    numbers: dict[Person, tuple[str, bytes]]  # identifier type and sealed number of main insured
    offices: dict[str, str]  # names by code


def read_facts(conn: Connection, keys: Iterable[Key], *, numbers_of: Collection[Key] = ()) -> Facts:
    """Facts of persons and their main insured; `numbers_of`: dependants whose main insured's number is wanted."""
    asked = {key.int for key in keys}
    ties = _read_ties(conn, asked)
    mains = {tie.main for held in ties.values() for tie in held}
    everybody = _hexes(asked | mains)
    persons = {_person(row[0]): PersonFact._make(row[1:]) for row in select_listed(conn, PERSONS, everybody)}
    spells: dict[Person, list[Spell]] = {}
    for row in select_listed(conn, SPELLS, everybody):
        spells.setdefault(_person(row[0]), []).append(Spell._make(row[1:]))
    named = {tie.main for key in numbers_of for tie in ties.get(key.int, ())}
    numbers = {_person(row[0]): row[1:] for row in select_listed(conn, NUMBERS, _hexes(named))}
    offices = {each.office for held in spells.values() for each in held}
    offices |= {each.office for tied in ties.values() for each in tied}
    return Facts(persons, spells, ties, numbers, dict(select_listed(conn, OFFICES, sorted(offices))))


def _read_ties(conn: Connection, asked: set[Person]) -> dict[Person, list[Tie]]:
    """Dependencies of those asked about, then of their main insured, until nobody new appears."""
    ties: dict[Person, list[Tie]] = {}
    seen, fresh, rounds = set(asked), set(asked), 0
    while fresh or rounds < ROUNDS:
        for key, main, *rest in select_listed(conn, TIES, _hexes(fresh)):
            ties.setdefault(_person(key), []).append(Tie(_person(main), *rest))
        fresh = {tie.main for key in fresh for tie in ties.get(key, ())} - seen
        seen |= fresh
        rounds += 1
    return ties


def _hexes(persons: Iterable[Person]) -> list[str]:
    return [f"{each:032x}" for each in persons]


def _person(key: Any) -> Person:
    return int.from_bytes(key) if isinstance(key, bytes) else int(key, 16)
