"""Mobiles that a counter has registered stand against the feed's rows until one brings a mobile recorded later (S2.9).

A row without `recorded_at` that repeats the mobile of the feed from before the counter is no later mobile: what the
feed said last is kept beside the counter's, sealed. The person's other facts go by the row's own time; withdrawing the
person withdraws the mobile too.
"""

from dataclasses import dataclass, replace

from daftar.feeds.description import FeedTable, Stored
from daftar.store.keys import Secrets
from daftar.store.sealing import OF_FEED, open_fields, seal_fields

Row = tuple[Stored, ...]
Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class CounterMobile:
    """What a counter registered: values by their place in the row, the number itself, and the feed's own beside it."""

    cells: dict[int, Stored]
    number: str
    of_feed: str
    recorded_at: str


class CounterMobiles:
    """The counters' mobiles among the known rows of one chunk; there are few, so each is opened and sealed by itself.

    `held` are those that still stand; `merged` are the ordinals of rows that were given one, with the feed's number.
    """

    def __init__(self, table: FeedTable, secrets: Secrets, known: dict[object, Row]) -> None:
        self.held: dict[object, CounterMobile] = {}
        self.merged: dict[int, str] = {}
        self.secrets = secrets
        self.target = table.target
        if table.mobile is None or not table.mobile.clock:
            return
        self.name = table.mobile.name
        place = table.stored.index
        self.mobile_at, self.sealed_at = place(table.mobile.into), place("sealed")
        self.recorded_at, self.withdrawn_at = place("recorded_at"), place("withdrawn")
        clock_at = place(table.mobile.clock)
        kept = (self.mobile_at, clock_at, place(f"{self.name}_verified"))
        for key, row in known.items():
            sealed = row[self.sealed_at]
            if row[clock_at] is not None and isinstance(sealed, bytes):
                fields = open_fields(secrets, self.target, sealed)
                numbers = fields.get(self.name, ""), fields.get(OF_FEED, "")
                self.held[key] = CounterMobile({i: row[i] for i in kept}, *numbers, str(row[clock_at]))

    def merge(self, ordinal: int, key: object, row: Row, fields: Fields, assumed: bool) -> tuple[Row, Fields]:
        """The row with the counter's mobile where that stands against it; else the row as it is.

        A feed that brings the counter's own number takes nothing away from it: an office has vouched for that one.
        `assumed`: the row says not when it was recorded; only another mobile than the feed's last is then a later one.
        """
        held, said = self.held[key], fields.get(self.name, "")
        repeated = said == held.number or (assumed and said == held.of_feed)
        newer = row[self.mobile_at] is not None and str(row[self.recorded_at]) > held.recorded_at and not repeated
        if newer or row[self.withdrawn_at]:
            return row, fields
        of_feed = self.merged[ordinal] = said or held.of_feed
        fields = fields | {self.name: held.number} | ({OF_FEED: of_feed} if of_feed else {})
        cells = held.cells | {self.sealed_at: seal_fields(self.secrets, self.target, fields)}
        return tuple(cells.get(i, value) for i, value in enumerate(row)), fields

    def settle(self, ordinal: int, key: object) -> None:
        """A row of this key has won: without the counter's mobile in it, that no longer stands."""
        if ordinal in self.merged:
            self.held[key] = replace(self.held[key], of_feed=self.merged[ordinal])
        else:
            del self.held[key]
