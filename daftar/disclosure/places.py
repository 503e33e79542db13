"""Where a region lies: its province and city, for cases that come in below the portal (S3.16)."""

from dataclasses import dataclass

from daftar.rules.regions import HEADINGS
from daftar.store.dialect import Connection, rows

DEEPEST = 5
"""More levels than any country's list has: a circle of parents ends here."""

_REGION = "SELECT level, parent, name FROM region WHERE code = ? AND NOT withdrawn"


@dataclass(frozen=True, slots=True)
class Places:
    """A region with the province and the city above it; empty where there is none, or nobody knows."""

    province: str
    city: str
    region: str


def places_of(conn: Connection, region: str) -> Places:
    """As `daftar.portal.cases.scope.places` says of a case."""
    levels: dict[str, str] = {}
    code = region
    for _ in range(DEEPEST):
        found = rows(conn, _REGION, [code]) if code else []
        if not found or found[0][0] == "country":
            break
        level, parent, name = found[0]
        if name not in HEADINGS:
            levels[level] = code
        code = parent
    return Places(levels.get("province", ""), levels.get("city", ""), region)
