"""What withdrawn rows of a table that `keeps` go on holding: names of places, which older papers still mention (S4.24).

Nothing personal is in such a table; all others are wiped by a withdrawal.
"""

from daftar.feeds.description import FeedTable, Stored

Row = tuple[Stored, ...]


class KeptValues:
    """Gives withdrawn rows of one chunk the values that stood before; `filled` are the ordinals of those."""

    def __init__(self, table: FeedTable) -> None:
        self.places = {table.stored.index(each.target) for each in table.columns if not each.key} if table.keeps else {}
        self.withdrawn_at = table.stored.index("withdrawn")
        self.filled: dict[int, None] = {}

    def fill(self, ordinal: int, row: Row, before: Row | None) -> Row:
        """The row with the values of the one `before` it, where it withdraws; else the row as it is."""
        if not self.places or before is None or not row[self.withdrawn_at]:
            return row
        self.filled[ordinal] = None
        return tuple(before[i] if i in self.places else value for i, value in enumerate(row))
