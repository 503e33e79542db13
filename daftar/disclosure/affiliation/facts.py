"""Reading the facts of affiliation for many persons at once: a handful of SELECTs whoever is asked about (S1.13).

Unknown or known, insured or not: the statements are the same and their number does not depend on the person, so time
tells nothing either. Plain texts in both dialects, no recursion in SQL (runs on Citus, design §5).
"""

from collections.abc import Collection
from datetime import date
from typing import Any

import msgspec

from daftar.store.dialect import Connection
from daftar.store.listed import Listed, select_keyed, select_listed

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
_NUMBER = "sealed FROM person_identifier WHERE key"
_OFFICE = "name FROM office WHERE code"

TIES = Listed(f"SELECT uuid_send(key), {_TIE} {_IN}", f"SELECT key, {_TIE_SQLITE} {_AMONG}", (3, 4))
PERSONS = Listed(f"SELECT uuid_send(key), {_PERSON} {_IN}", f"SELECT key, {_PERSON} {_AMONG}", (1, 2))
SPELLS = Listed(f"SELECT uuid_send(key), {_SPELL} {_IN}", f"SELECT key, {_SPELL} {_AMONG}", (2, 3))
NUMBERS = Listed(f"SELECT uuid_send(key), {_NUMBER} {_IN}", f"SELECT key, {_NUMBER} {_AMONG}")
OFFICES = Listed(f"SELECT code, {_OFFICE} = ANY(%s::text[])", f"SELECT code, {_OFFICE} {_AMONG}")

Person = bytes
"""A person by the sixteen bytes of their key, as PostgreSQL sends it: a UUID as a dictionary's key costs ten times."""


class PersonFact(msgspec.Struct, frozen=True, gc=False):
    """A known person; `sealed` holds names, numbers and addresses."""

    birth_date: date | None
    death_date: date | None
    sealed: bytes


class Spell(msgspec.Struct, frozen=True, gc=False):
    """An own affiliation spell; `sealed` holds workshop, employer and pensioner number."""

    kind: str
    starts: date
    ends: date
    insurance_type: str
    office: str
    sealed: bytes | None


class Tie(msgspec.Struct, frozen=True, gc=False):
    """A dependency spell on a main insured."""

    main: Person
    relation: str
    starts: date
    ends: date
    office: str


class Facts(msgspec.Struct, frozen=True):
    """What is on record of the persons asked about and of those whose insurance they live on."""

    persons: dict[Person, PersonFact]
    spells: dict[Person, list[Spell]]
    ties: dict[Person, list[Tie]]
    numbers: dict[Person, bytes]  # sealed numbers of main insured
    offices: dict[str, str]  # names by code


def read_facts(conn: Connection, asked: Collection[Person], *, numbers_of: Collection[Person] = ()) -> Facts:
    """Facts of persons and their main insured; `numbers_of`: dependants whose main insured's number is wanted."""
    ties = _read_ties(conn, asked)
    mains = {tie.main for held in ties.values() for tie in held}
    everybody = mains.union(asked)
    persons = {_person(key): PersonFact(*fact) for key, *fact in select_keyed(conn, PERSONS, everybody)}
    spells: dict[Person, list[Spell]] = {}
    for key, *spell in select_keyed(conn, SPELLS, everybody):
        spells.setdefault(_person(key), []).append(Spell(*spell))
    named = {tie.main for key in numbers_of for tie in ties.get(key, ())}
    numbers = {_person(key): sealed for key, sealed in select_keyed(conn, NUMBERS, named)}
    offices = {each.office for held in spells.values() for each in held}
    offices |= {each.office for tied in ties.values() for each in tied}
    return Facts(persons, spells, ties, numbers, dict(select_listed(conn, OFFICES, sorted(offices))))


def _read_ties(conn: Connection, asked: Collection[Person]) -> dict[Person, list[Tie]]:
    """Dependencies of those asked about, then of their main insured, until nobody new appears."""
    ties: dict[Person, list[Tie]] = {}
    seen, fresh, rounds = set(asked), set(asked), 0
    while fresh or rounds < ROUNDS:
        for key, main, *rest in select_keyed(conn, TIES, fresh):
            ties.setdefault(_person(key), []).append(Tie(_person(main), *rest))
        fresh = {tie.main for key in fresh.intersection(ties) for tie in ties[key]} - seen
        seen |= fresh
        rounds += 1
    return ties


def _person(key: Any) -> Person:
    return key if isinstance(key, bytes) else bytes.fromhex(key)
