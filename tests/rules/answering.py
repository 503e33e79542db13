"""How a day is answered from spans: the newest start on or before the day decides (design §5)."""

from bisect import bisect_right
from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

import pyarrow as pa

ONE_DAY = timedelta(days=1)


class Row(NamedTuple):
    """One span."""

    starts: date
    ends: date | None
    basis: str
    reason: str
    reason_after: str


class Spans:
    """Spans by person and insurer, asked by day."""

    def __init__(self, table: pa.Table) -> None:
        self.of: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in table.to_pylist():
            self.of[row["key"], row["insurer"]].append(Row(*(row[name] for name in Row._fields)))
        for rows in self.of.values():
            rows.sort()

    def ask(self, key: str, insurer: str, day: date) -> tuple[str, str, str, date | None]:
        """Status, basis, reason, and the last day of the cover that holds the day."""
        rows = self.of.get((key, insurer), [])
        place = bisect_right([row.starts for row in rows], day) - 1
        if place < 0:
            return "not_covered", "none", "no_affiliation", None
        row = rows[place]
        if row.ends is not None and day > row.ends:
            return "not_covered", "none", row.reason_after, None
        while row.ends is not None and place + 1 < len(rows) and rows[place + 1].starts == row.ends + ONE_DAY:
            if rows[place + 1].ends is not None and rows[place + 1].ends < rows[place + 1].starts:
                break
            place += 1
            until = rows[place].ends
            row = row._replace(ends=until)
        first = rows[bisect_right([r.starts for r in rows], day) - 1]
        return "covered", first.basis, first.reason, row.ends
