"""Whose mobile it is (S2.8 decision): the person's own, or the verified one of a minor's main insured or a bound proxy.

The mobile of who has died opens nothing. Adults' consent to their main insured is one more SELECT here.
"""

from dataclasses import dataclass
from datetime import date

from daftar.store.dialect import Connection, as_uuid, rows
from daftar.store.keys import Key, MobileKey
from daftar.terms.outcomes import Ground

MAJORITY_AGE = (
    18  # full years; assumed, the same in both jurisdictions (Civil Code of China, art. 17; practice in Iran)
)

# One statement for every case, so that an unknown person and a mismatched number cost the same (S2.9 decision).
# A mobile that belongs to several of them counts as the first in this order.
_FIND = """
SELECT p.key, 'own', 1 AS nearness FROM person p WHERE p.key = ? AND p.mobile_key = ?
AND p.death_date IS NULL AND NOT p.withdrawn
UNION ALL
SELECT m.key, 'dependant', 2 FROM dependency d JOIN person m ON m.key = d.main_key JOIN person p ON p.key = d.key
WHERE d.key = ? AND m.mobile_key = ? AND m.mobile_verified AND m.death_date IS NULL AND NOT m.withdrawn
AND NOT d.withdrawn AND d.starts <= ? AND (d.ends IS NULL OR d.ends >= ?) AND p.birth_date > ?
UNION ALL
SELECT m.key, 'proxy', 3 FROM proxy_binding b JOIN person m ON m.key = b.principal JOIN person p ON p.key = b.member
WHERE b.member = ? AND m.mobile_key = ? AND m.mobile_verified AND b.bound_at IS NOT NULL AND b.ended_at IS NULL
AND (b.last_day IS NULL OR b.last_day >= ?) AND m.death_date IS NULL AND p.death_date IS NULL
AND NOT m.withdrawn AND NOT p.withdrawn
ORDER BY nearness
"""


@dataclass(frozen=True, slots=True)
class Applicant:
    """The person whose mobile it is, and on what ground they may ask."""

    key: Key
    ground: Ground


def find_applicant(conn: Connection, key: Key, mobile: MobileKey, today: date) -> Applicant | None:
    """Who of those allowed to ask about `key` holds this mobile; None is the mismatch of S2.9."""
    youngest = years_before(today, MAJORITY_AGE)
    found = rows(conn, _FIND, [key, mobile, key, mobile, today, today, youngest, key, mobile, today])
    return Applicant(Key(as_uuid(found[0][0])), Ground(found[0][1])) if found else None


def years_before(day: date, years: int) -> date:
    """The same day that many years earlier; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
