"""Ages: reached on the birthday; who was born on 29 February reaches them on 1 March of a common year."""

from datetime import date


def birthday(born: date, years: int) -> date:
    """The day on which an age is reached."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def has_reached(born: date, years: int, day: date) -> bool:
    """Whether an age has been reached on a day."""
    return birthday(born, years) <= day
