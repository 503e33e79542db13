"""Whose mobile it is: the person's own, or the verified one of the main insured of a minor dependant (S2.8 decision).

Adults' consent to their main insured, and proxies, come with accounts and proxy bindings; each is one more SELECT here.
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
_FIND = """
SELECT p.key, 'own' FROM person p WHERE p.key = ? AND p.mobile_key = ? AND NOT p.withdrawn
UNION ALL
SELECT m.key, 'dependant' FROM dependency d JOIN person m ON m.key = d.main_key JOIN person p ON p.key = d.key
WHERE d.key = ? AND m.mobile_key = ? AND m.mobile_verified AND NOT m.withdrawn AND NOT d.withdrawn
AND d.starts <= ? AND (d.ends IS NULL OR d.ends >= ?) AND p.birth_date > ?
"""


@dataclass(frozen=True, slots=True)
class Applicant:
    """The person whose mobile it is, and on what ground they may ask."""

    key: Key
    ground: Ground


def find_applicant(conn: Connection, key: Key, mobile: MobileKey, today: date) -> Applicant | None:
    """Who of those allowed to ask about `key` holds this mobile; None is the mismatch of S2.9."""
    youngest = _years_before(today, MAJORITY_AGE)
    found = rows(conn, _FIND, [key, mobile, key, mobile, today, today, youngest])
    return Applicant(Key(as_uuid(found[0][0])), Ground(found[0][1])) if found else None


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
