"""The day in each country at an instant: what opens or closes does so by the clock of its own country (S4.4, S4.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, Value, When

from daftar.terms.jurisdictions import jurisdictions

LISTED = """
AND i.withdrawn = %s AND i.cross_region = %s
AND (i.opened_on IS NULL OR i.opened_on <= {day}) AND (i.closed_on IS NULL OR i.closed_on >= {day})
"""
"""`Days.listed` in SQL, of an institution `i`."""


@dataclass(frozen=True)
class Days:
    """The days by country; where no country is known, it is the earliest of them."""

    by_country: tuple[tuple[str, date], ...]

    @property
    def earliest(self) -> date:
        """The day that has begun everywhere."""
        return min(day for _country, day in self.by_country)

    def of(self, region: str) -> date:
        """The day in a region."""
        return dict(self.by_country).get(region.partition("-")[0], self.earliest)

    def listed(self) -> Q:
        """Institutions that the list shows: designated for people insured elsewhere on that day (S4.5, S4.6)."""
        begun = Q(opened_on__isnull=True) | Q(opened_on__lte=self._day)
        not_over = Q(closed_on__isnull=True) | Q(closed_on__gte=self._day)
        return Q(withdrawn=False, cross_region=True) & begun & not_over

    def listed_sql(self) -> tuple[str, Sequence[Any]]:
        """The same as SQL with its values."""
        ahead = self._ahead
        day = f"CASE {' '.join(['WHEN i.region LIKE %s THEN %s'] * len(ahead))} ELSE %s END" if ahead else "%s"
        values = [value for country, its_day in ahead for value in (f"{country}-%", its_day)] + [self.earliest]
        return LISTED.format(day=day), [False, True, *values, *values]

    @property
    def _ahead(self) -> list[tuple[str, date]]:
        """Countries where the next day has begun; none for the most part of a day, and then nothing is looked up."""
        return [(country, day) for country, day in self.by_country if day != self.earliest]

    @property
    def _day(self) -> Any:
        whens = [When(region__startswith=f"{country}-", then=Value(day)) for country, day in self._ahead]
        return Case(*whens, default=Value(self.earliest)) if whens else self.earliest


def days_at(at: datetime) -> Days:
    """The days of all countries at an instant."""
    return Days(tuple((code, each.today(at)) for code, each in jurisdictions().items()))
