"""What the rows of a feed table said until others took their place: columns that the law reads, kept in fact_past."""

from collections.abc import Iterable, Iterator
from operator import itemgetter

from daftar.coverage.past import said
from daftar.feeds.description import FeedTable, Stored

Row = tuple[Stored, ...]


class PastRows:
    """Finds the facts of one table that other ones take the place of."""

    def __init__(self, table: FeedTable) -> None:
        place = table.stored.index
        self.target = table.target
        self.key_at, self.recorded_at, self.withdrawn_at = map(place, ("key", "recorded_at", "withdrawn"))
        self.since_at = len(table.stored)  # a known row carries it behind its other columns
        self.names = [*(name for name in table.decides if name != "key"), table.office_into]
        self.said_of = itemgetter(*map(place, self.names))
        self.decided_by = itemgetter(*map(place, table.decides), self.withdrawn_at)

    def of(self, pairs: Iterable[tuple[Row, Row]], since: str) -> Iterator[Row]:
        """Rows of fact_past for facts as they were known, each with the row that takes its place."""
        for known, new in pairs:
            if known[self.withdrawn_at] or self.decided_by(known) == self.decided_by(new):
                continue
            yield (
                known[self.key_at],
                self.target,
                said(dict(zip(self.names, self.said_of(known), strict=True))),
                known[self.recorded_at],
                known[self.since_at] or known[self.recorded_at],
                since,
                new[self.withdrawn_at] or int(known[self.key_at] != new[self.key_at]),
            )
