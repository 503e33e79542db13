"""A walk through a table by the key of an address: each address is met once, and no step reads more than a stretch.

A mark is where a walk stands: everything up to and with it has been met. It outlives the rows: what is added or taken
away meanwhile shifts nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

STRETCH = 20_000
"""Rows that one step reads at most, whether those who are looked for are many among them or few."""
MOST_STRETCHES = 5
"""For one batch of receivers."""

Mark = list[str]
"""Where a walk stands, as JSON keeps it; empty at the beginning."""
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who is told; no address: they cannot be reached."""

    address: str
    language: str


@dataclass(frozen=True, slots=True)
class Met:
    """Whom a walk has met, where it stands now, and whether that is its end."""

    receivers: list[Receiver]
    mark: Mark
    ended: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """`everyone` stands in the order of `key`, which an index serves; `chosen` are those among them who are told."""

    everyone: Rows
    chosen: Callable[[Rows], Rows]
    key: str
    receivers: Callable[[list[Any]], list[Receiver]]
    stretch: int = STRETCH

    def count(self, mark: Mark) -> tuple[int, Mark | None]:
        """How many addresses lie in the next stretch, and where it ends; None: there is nothing after it."""
        end = self._end(mark)
        found = self._between(mark, end).values(self.key).distinct().count()
        return found, end

    def after(self, mark: Mark, most: int) -> Met:
        """The next receivers, at most so many; there may be fewer, or none, before the end."""
        met: list[Receiver] = []
        for _ in range(MOST_STRETCHES):
            end, room = self._end(mark), most - len(met)
            rows: list[Model] = list(self._between(mark, end).order_by(self.key)[:room])
            met += self.receivers(list({getattr(row, self.key): row for row in rows}.values()))
            if len(rows) == room:
                return Met(met, [str(getattr(rows[-1], self.key))], ended=False)
            if end is None:
                return Met(met, mark, ended=True)
            mark = end
        return Met(met, mark, ended=False)

    def _end(self, mark: Mark) -> Mark | None:
        """Where the stretch after a mark ends; several rows of one key are never parted."""
        keys = self._past(self.everyone, mark).order_by(self.key).values_list(self.key, flat=True)
        found = list(keys[self.stretch : self.stretch + 1])
        return [str(found[0])] if found else None

    def _between(self, mark: Mark, end: Mark | None) -> Rows:
        rows = self._past(self.everyone, mark)
        return self.chosen(rows.filter(**{f"{self.key}__lte": self._read(end)}) if end else rows)

    def _past(self, rows: Rows, mark: Mark) -> Rows:
        return rows.filter(**{f"{self.key}__gt": self._read(mark)}) if mark else rows

    def _read(self, mark: Mark) -> Any:
        return self.everyone.model._meta.get_field(self.key).to_python(mark[0])
