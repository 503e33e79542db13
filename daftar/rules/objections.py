"""Objections to an answer: within how many days one is answered, and how many of a person may be open (S2.12)."""

from datetime import date, timedelta

from daftar.rules.regions import law_of
from daftar.rules.units import Unit

ANSWER_DAYS, MOST_OPEN = "objection/answer_days", "objection/most_open"
OBJECTION = {ANSWER_DAYS: Unit.DAYS, MOST_OPEN: Unit.CASES}
"""What a law set must have where its insurer tells people their entitlement: no span rests on it."""


def answer_by(jurisdiction: str, day: date) -> date:
    """The last day on which an objection that was taken down on `day` is to be answered; without a law that day."""
    return day + timedelta(days=_number(jurisdiction, ANSWER_DAYS, day))


def most_open(jurisdiction: str, day: date) -> int:
    """How many objections of a person may be open at a time by the law of `day`; at least one."""
    return max(_number(jurisdiction, MOST_OPEN, day), 1)


def _number(jurisdiction: str, name: str, day: date) -> int:
    law = law_of(jurisdiction)
    return law[name].number(day) or 0 if name in law else 0
