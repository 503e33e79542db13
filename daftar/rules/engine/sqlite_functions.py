"""Functions that the law's SQL calls on SQLite: on day numbers since 1970-01-01 and on bits, as the other engines do.

What is not known stays so: of an empty value the answer is empty, but the greatest and the least leave it out.
"""

import sqlite3
from datetime import date

EPOCH = date(1970, 1, 1).toordinal()
MASK = (1 << 64) - 1


def day_of(year: int | None, month: int | None, day: int | None) -> int | None:
    """Number of a date; also of the year 10000, in which the month after the last one lies."""
    if year is None or month is None or day is None:
        return None
    cycles = (year - 1) // 400  # Python's dates end with 9999, the calendar repeats itself after 400 years
    return date(year - cycles * 400, month, day).toordinal() + cycles * 146_097 - EPOCH


def year_in(number: int | None) -> int | None:
    """The year of a day."""
    return None if number is None else date.fromordinal(number + EPOCH).year


def month_in(number: int | None) -> int | None:
    """The month of a day, from 1 on."""
    return None if number is None else date.fromordinal(number + EPOCH).month


def day_in(number: int | None) -> int | None:
    """The day of a day's month, from 1 on."""
    return None if number is None else date.fromordinal(number + EPOCH).day


def greatest_of(*numbers: int | None) -> int | None:
    """The greatest one."""
    return max((each for each in numbers if each is not None), default=None)


def least_of(*numbers: int | None) -> int | None:
    """The least one."""
    return min((each for each in numbers if each is not None), default=None)


def bit_count(mask: int | None) -> int | None:
    """How many of 64 bits are set."""
    return None if mask is None else (mask & MASK).bit_count()


class BitOr:
    """All bits that are set in any row."""

    def __init__(self) -> None:
        self.bits: int | None = None

    def step(self, mask: int | None) -> None:
        """One more row."""
        if mask is not None:
            self.bits = mask if self.bits is None else self.bits | mask

    def finalize(self) -> int | None:
        """Empty where all rows are."""
        return self.bits


def functions_add(conn: sqlite3.Connection) -> None:
    """Make them known to a database."""
    for function, count in (
        (day_of, 3),
        (year_in, 1),
        (month_in, 1),
        (day_in, 1),
        (greatest_of, -1),
        (least_of, -1),
        (bit_count, 1),
    ):
        conn.create_function(function.__name__, count, function, deterministic=True)
    conn.create_aggregate("bit_or", 1, BitOr)  # type: ignore[arg-type]  # its values may be empty
