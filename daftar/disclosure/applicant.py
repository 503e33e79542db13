"""Whose mobile it is (S2.8 decision): the person's own, or the verified one of their main insured or a bound proxy.

The main insured of a minor asks by that alone, of an adult by the consent that the dependant has given at an office.
Who has died asks about nobody, and nobody asks about them here; a dependency or consent that has ended opens nothing.
"""

from dataclasses import dataclass
from datetime import date

from daftar.rules.majority import grown_born_until
from daftar.store.dialect import Connection, as_uuid, rows
from daftar.store.keys import Key, MobileKey
from daftar.terms.outcomes import Ground

# One statement for every case, so that an unknown person and a mismatched number cost the same (S2.9 decision).
# A mobile that belongs to several of them counts as the first in this order. A consent holds for the dependency in
# which it was given, not for one that began later.
_MAIN = """
FROM dependency d JOIN person m ON m.key = d.main_key JOIN person p ON p.key = d.key
{} WHERE d.key = ? AND m.mobile_key = ? AND m.mobile_verified AND m.death_date IS NULL AND p.death_date IS NULL
AND NOT m.withdrawn AND NOT p.withdrawn AND NOT d.withdrawn AND d.starts <= ? AND (d.ends IS NULL OR d.ends >= ?)
"""
_CONSENT = """
JOIN dependant_consent c ON c.key = d.key AND c.main_key = d.main_key AND c.ended_at IS NULL AND c.given_on >= d.starts
"""
_FIND = f"""
SELECT p.key, 'own', 1 AS nearness FROM person p WHERE p.key = ? AND p.mobile_key = ?
AND p.death_date IS NULL AND NOT p.withdrawn
UNION ALL
SELECT m.key, 'dependant', 2 {_MAIN.format("")} AND p.birth_date > ?
UNION ALL
SELECT m.key, 'consent', 3 {_MAIN.format(_CONSENT)}
UNION ALL
SELECT m.key, 'proxy', 4 FROM proxy_binding b JOIN person m ON m.key = b.principal JOIN person p ON p.key = b.member
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


def find_applicant(conn: Connection, key: Key, mobile: MobileKey, jurisdiction: str, today: date) -> Applicant | None:
    """Who of those allowed to ask about `key`, of a jurisdiction, holds this mobile; None is the mismatch of S2.9."""
    main = [key, mobile, today, today]
    values = [key, mobile, *main, grown_born_until(today, jurisdiction), *main, key, mobile, today]
    found = rows(conn, _FIND, values)
    return Applicant(Key(as_uuid(found[0][0])), Ground(found[0][1])) if found else None
