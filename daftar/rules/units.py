"""Units of parameters, and what a value in each is. Each rule says beside its parameters which unit it reads."""

from enum import StrEnum


class Unit(StrEnum):
    """A unit as the files write it; months are never taken for days, nor a number for true or false."""

    FULL_YEARS = "full years"
    MONTHS = "months"
    DAYS = "days"
    CASES = "cases"
    TRUE_OR_FALSE = "true or false"
    INSURERS = "insurer codes"
    REGIONS = "region codes"
    FILING_CATEGORIES = "filing categories"
    ENROLMENT_CATEGORIES = "enrolment categories"
    MATERIALS = "materials"

    @property
    def kind(self) -> type:
        """What a value in this unit is: a whole number, true or false, or a list of codes."""
        if self in (Unit.FULL_YEARS, Unit.MONTHS, Unit.DAYS, Unit.CASES):
            return int
        return bool if self is Unit.TRUE_OR_FALSE else tuple
