"""A person's own stays as their settlements have them today: what the questions are made of and judged by (S4.18)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from daftar.store.dialect import Connection, as_date, rows
from daftar.store.keys import Key

_CURRENT = """
SELECT s.settlement_id, s.institution, s.admitted, s.discharged FROM settlement s
WHERE s.key = ? AND NOT s.withdrawn AND s.kind IN ('settled', 'correction')
AND NOT EXISTS (SELECT 1 FROM settlement n WHERE n.settlement_id = s.settlement_id AND n.version > s.version
    AND NOT n.withdrawn)
AND NOT EXISTS (SELECT 1 FROM settlement r WHERE r.key = s.key AND r.refers_to = s.settlement_id
    AND r.settlement_id <> s.settlement_id AND r.kind IN ('refund', 'correction') AND NOT r.withdrawn
    AND NOT EXISTS (SELECT 1 FROM settlement l WHERE l.settlement_id = r.settlement_id AND l.version > r.version
        AND NOT l.withdrawn))
"""


class Stay(msgspec.Struct, frozen=True):
    """One stay, settled and neither refunded nor replaced."""

    settlement: str
    institution: str
    admitted: date
    discharged: date


def stays_of(conn: Connection, key: Key) -> list[Stay]:
    """The stays that stand: of each settlement the highest version that is not withdrawn."""
    found = rows(conn, _CURRENT, [key])
    return [Stay(number, institution, _day(admitted), _day(left)) for number, institution, admitted, left in found]


def treated_in(conn: Connection, key: Key) -> set[str]:
    """Every hospital that ever sent a settlement of the person, refunded and withdrawn ones too: none is a decoy."""
    return {code for (code,) in rows(conn, "SELECT DISTINCT institution FROM settlement WHERE key = ?", [key])}


def latest_by_hospital(stays: Iterable[Stay]) -> dict[str, Stay]:
    """The most recent stay in each hospital: the one that the questions mean."""
    in_order = sorted(stays, key=lambda stay: (stay.discharged, stay.admitted, stay.settlement))
    return {stay.institution: stay for stay in in_order}


def _day(value: Any) -> date:
    day = as_date(value)
    assert day is not None  # the column is never empty
    return day
