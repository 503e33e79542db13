"""A person's own stays: those of the list of expenses, which the questions are made of and judged by (S4.18, S4.23).

Others are known too: not settled directly, or not settled yet. None is a decoy, and their days are no wrong answer.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec

from daftar.disclosure.settled import Line, shown, standing, stays_among
from daftar.store.dialect import Connection, as_date, as_datetime, rows
from daftar.store.keys import Key

_OWN = """
SELECT s.settlement_id, s.version, s.kind, s.refers_to, s.direct, s.settled_at, s.recorded_at,
    s.institution, s.admitted, s.discharged
FROM settlement s WHERE s.key = ? AND NOT s.withdrawn
AND NOT EXISTS (SELECT 1 FROM settlement n WHERE n.settlement_id = s.settlement_id AND n.version > s.version
    AND NOT n.withdrawn AND n.key <> s.key)
ORDER BY s.settlement_id, s.version
"""
"""As `_rows` of the portal's settlement selectors; a test holds both to the same stays."""


_BEEN = """
SELECT institution FROM settlement WHERE key = ? UNION
SELECT o.institution FROM inquiry i JOIN admission a ON a.inquiry = i.id JOIN organisation o ON o.code = a.organisation
WHERE i.key = ? AND o.institution <> ''
"""


class Stay(msgspec.Struct, frozen=True):
    """One stay, settled and not replaced; a refund does not undo it."""

    settlement: str
    institution: str
    admitted: date
    discharged: date


class _Settlement(msgspec.Struct):
    """One version of a settlement."""

    settlement_id: str
    version: int
    kind: str
    refers_to: str
    direct: bool
    settled_at: datetime | None
    recorded_at: datetime
    institution: str
    admitted: date
    discharged: date


def stays_of(conn: Connection, key: Key) -> list[Stay]:
    """The stays behind the lines of the list of expenses; none where that list is empty."""
    return _stays(shown(_versions(conn, key), Line))


def all_stays_of(conn: Connection, key: Key) -> list[Stay]:
    """These, and the stays that were not settled directly."""
    return _stays(standing(_versions(conn, key), Line))


def treated_in(conn: Connection, key: Key) -> set[str]:
    """Every hospital that ever sent a settlement of the person, a withdrawn one too, or recorded their admission."""
    return {code for (code,) in rows(conn, _BEEN, [key, key])}


def latest_by_hospital(stays: Iterable[Stay]) -> dict[str, Stay]:
    """The most recent stay in each hospital: the one that the questions mean."""
    in_order = sorted(stays, key=lambda stay: (stay.discharged, stay.admitted, stay.settlement))
    return {stay.institution: stay for stay in in_order}


def _versions(conn: Connection, key: Key) -> list[_Settlement]:
    return [_settlement(*each) for each in rows(conn, _OWN, [key])]


def _stays(lines: list[Line[_Settlement]]) -> list[Stay]:
    found = (each.row for each in stays_among(lines))
    return [Stay(row.settlement_id, row.institution, row.admitted, row.discharged) for row in found]


def _settlement(
    number: str, version: int, kind: str, refers_to: str, direct: Any, settled_at: Any, recorded_at: Any, *stay: Any
) -> _Settlement:
    institution, admitted, discharged = stay
    recorded, came, left = as_datetime(recorded_at), as_date(admitted), as_date(discharged)
    assert recorded
    assert came
    assert left  # these columns are never empty
    settled = as_datetime(settled_at)
    return _Settlement(number, version, kind, refers_to, bool(direct), settled, recorded, institution, came, left)
