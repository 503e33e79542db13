"""A slow, plain oracle of the four outcomes: day by day, from contracts §1 and the decision on S1.17.

It shares nothing with the code that it checks: no intervals, no fixed point over stretches; it asks of each single day
whether somebody is affiliated, and walks the days of a period one by one.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass
class Somebody:
    """A person: the last day of life, own spells, and dependencies on others by name."""

    died: date | None = None
    spells: list[tuple[date, date | None]] = field(default_factory=list)
    ties: list[tuple[str, date, date | None]] = field(default_factory=list)


Town = dict[str, Somebody]


def contains(first: date, last: date | None, day: date) -> bool:
    """Whether a spell contains a day; no last day is open."""
    return first <= day and (last is None or day <= last)


def affiliated_on(town: Town, name: str, day: date, asked: frozenset[str] = frozenset()) -> bool:
    """An own spell contains the day, or a dependency does and its main insured is affiliated on it.

    Whoever has been asked about already on the way up proves nothing: nobody is affiliated through themself.
    """
    somebody = town.get(name)
    if somebody is None or name in asked:
        return False
    if somebody.died is not None and day > somebody.died:
        return False
    if any(contains(first, last, day) for first, last in somebody.spells):
        return True
    return any(
        contains(first, last, day) and affiliated_on(town, main, day, asked | {name})
        for main, first, last in somebody.ties
    )


def outcome(town: Town, name: str, today: date, period: tuple[date, date] | None) -> str:
    """One of four, by the decision table of the requirements."""
    known = name in town
    active = known and affiliated_on(town, name, today)
    if period is None:
        if not known:
            return "no_record"
        return "active" if active else "not_active"
    first, last = period
    something, day = False, first
    while day <= last and not something:
        something = affiliated_on(town, name, day)
        day += timedelta(days=1)
    if not something:
        return "no_record"
    return "active" if active and first <= today <= last else "affiliated_in_period"
