"""Who is affiliated when: own spells, and dependency spells while their main insured is affiliated (contracts §1).

Contributions, grace and evidence decide entitlement only, never this. Nobody is affiliated after death.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from daftar.disclosure.affiliation.facts import LAST, Facts, Person, Spell
from daftar.terms.outcomes import Kind, RelationType

_DAY = timedelta(days=1)
_TYPES = {str(kind): RelationType.MAIN for kind in Kind} | {
    str(Kind.PENSIONER): RelationType.PENSIONER,
    str(Kind.SURVIVOR): RelationType.PENSIONER,
    str(Kind.UNEMPLOYMENT): RelationType.UNEMPLOYMENT,
}

# Looked up once: in Python 3.11 a member of an enumeration costs as much as a function call, and this is the hot path.
_DEPENDANT = RelationType.DEPENDANT

Stretch = tuple[date, date]
"""First and last day; `LAST` is open."""


class Relationship(msgspec.Struct, frozen=True, gc=False):
    """A stretch of days on which somebody is affiliated, and through what; one row of the forms O3 and O4.

    `kind` and `spell` are those of an own spell; `kinship` and `main` those of a dependency.
    """

    type: RelationType
    starts: date
    ends: date
    office: str
    kind: str | None = None
    spell: Spell | None = None
    kinship: str | None = None
    main: Person | None = None

    def holds(self, day: date) -> bool:
        """Whether the stretch contains `day`."""
        return self.starts <= day <= self.ends


def relationships(facts: Facts, person: Person) -> list[Relationship]:
    """All stretches on which a person is affiliated, in order; none for somebody unknown."""
    known = facts.persons.get(person)
    if known is None:
        return []
    last = known.death_date or LAST
    found = []
    for spell in facts.spells.get(person, ()):
        ends = spell.ends if spell.ends <= last else last
        if spell.starts <= ends:
            found.append(Relationship(_TYPES[spell.kind], spell.starts, ends, spell.office, spell.kind, spell))
    for tie in facts.ties.get(person, ()):
        for starts, ends in _common((tie.starts, min(tie.ends, last)), affiliated(facts, tie.main)):
            found.append(Relationship(_DEPENDANT, starts, ends, tie.office, kinship=tie.relation, main=tie.main))
    if len(found) > 1:
        found.sort(key=_order)
    return found


def affiliated(facts: Facts, person: Person) -> list[Stretch]:
    """The days on which a person is affiliated, merged, in order.

    A main insured may be a dependant in turn, even in a circle: what follows from own spells alone is taken, then what
    follows from that, until nothing is added.
    """
    if person not in facts.ties:
        return _own(facts, person)
    held = {each: _own(facts, each) for each in _reached(facts, person)}
    while True:
        grown = {each: _merge([*stretches, *_carried(facts, each, held)]) for each, stretches in held.items()}
        if grown == held:
            return held[person]
        held = grown


def _own(facts: Facts, person: Person) -> list[Stretch]:
    known = facts.persons.get(person)
    if known is None:
        return []
    last = known.death_date or LAST
    return _merge([(spell.starts, min(spell.ends, last)) for spell in facts.spells.get(person, ())])


def _carried(facts: Facts, person: Person, held: dict[Person, list[Stretch]]) -> list[Stretch]:
    """Days on which a person is affiliated through those in `held`."""
    known = facts.persons.get(person)
    if known is None:
        return []
    last = known.death_date or LAST
    return [
        stretch
        for tie in facts.ties.get(person, ())
        for stretch in _common((tie.starts, min(tie.ends, last)), held[tie.main])
    ]


def _reached(facts: Facts, person: Person) -> set[Person]:
    """The person and everybody up the chain of main insured."""
    reached, waiting = {person}, [person]
    while waiting:
        mains = {tie.main for tie in facts.ties.get(waiting.pop(), ())} - reached
        reached |= mains
        waiting += mains
    return reached


def _common(one: Stretch, others: Iterable[Stretch]) -> list[Stretch]:
    """The parts of `one` that lie in the others."""
    parts = [(max(one[0], starts), min(one[1], ends)) for starts, ends in others]
    return [part for part in parts if part[0] <= part[1]]


def _merge(stretches: list[Stretch]) -> list[Stretch]:
    """Overlapping and adjoining stretches as one; empty ones fall away."""
    if len(stretches) == 1:  # as most have
        return stretches if stretches[0][0] <= stretches[0][1] else []
    merged: list[Stretch] = []
    for starts, ends in sorted(stretches):
        if starts > ends:
            continue
        before = merged[-1] if merged else None
        if before is None or (before[1] != LAST and starts > before[1] + _DAY):
            merged.append((starts, ends))
        elif ends > before[1]:
            merged[-1] = (before[0], ends)
    return merged


def _order(each: Relationship) -> tuple[date, bool, Person | None]:
    """By first day, own spells, which have no main insured, before dependencies."""
    return (each.starts, each.type is _DEPENDANT, each.main)
