"""From which age a dependant speaks for themself; until then the main insured may ask and object for them (S2.8)."""

from datetime import date

from daftar.rules.ages import has_reached
from daftar.rules.regions import law_of
from daftar.rules.units import Unit

MAJORITY = "applicant/majority"
APPLICANT = {MAJORITY: Unit.FULL_YEARS}
"""What a law set must have where its insurer tells people their entitlement: no span rests on it."""


def is_minor(born: date | None, day: date, jurisdiction: str) -> bool:
    """Whether somebody born on a day is a minor on another; nobody is where day of birth or law are not known."""
    years = _majority(jurisdiction, day)
    return born is not None and years is not None and not has_reached(born, years, day)


def grown_born_until(day: date, jurisdiction: str) -> date:
    """Who was born on this day or before is no minor on `day`, who was born after it is one."""
    years = _majority(jurisdiction, day) or 0
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February: who was born on 1 March reaches the age tomorrow
        return day.replace(year=day.year - years, day=28)


def _majority(jurisdiction: str, day: date) -> int | None:
    law = law_of(jurisdiction)
    return law[MAJORITY].number(day) if MAJORITY in law else None
