"""Days counted from the day on which the demo is made: ages, months back, ends of months."""

from dataclasses import dataclass
from datetime import date, timedelta

from daftar.store.months import next_month


@dataclass(frozen=True, slots=True)
class Days:
    """Days around `today`."""

    today: date

    def ago(self, days: int) -> date:
        """That many days before today."""
        return self.today - timedelta(days=days)

    def years(self, years: int) -> date:
        """The same day that many years later (or, negative, earlier); 29 February becomes 1 March."""
        return same_day(self.today, self.today.year + years)

    def born(self, age: int, days_since: int = 100) -> date:
        """The birth date of someone who became `age` full years old `days_since` days ago."""
        birthday = self.ago(days_since)
        return same_day(birthday, birthday.year - age)

    def month(self, offset: int) -> date:
        """First day of the month `offset` months from this one."""
        index = self.today.year * 12 + self.today.month - 1 + offset
        return date(index // 12, index % 12 + 1, 1)

    def month_end(self, offset: int) -> date:
        """Last day of the month `offset` months from this one."""
        return next_month(self.month(offset)) - timedelta(days=1)

    def year_end(self, offset: int = 0) -> date:
        """Last day of the calendar year `offset` years from this one."""
        return date(self.today.year + offset, 12, 31)

    def year_start(self, offset: int = 0) -> date:
        """First day of the calendar year `offset` years from this one."""
        return date(self.today.year + offset, 1, 1)


def same_day(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def eve_of_birthday(birth: date, age: int) -> date:
    """Last day before someone becomes `age` full years old."""
    return same_day(birth, birth.year + age) - timedelta(days=1)
