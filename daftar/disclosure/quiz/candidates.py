"""Hospitals like the one asked about, in circles that grow: what decoys are drawn from (S4.18).

Whoever knows today's public list must not find the answer as the only one of six that is missing from it, or that is
in it. So decoys stand in the directory as that hospital does today: open or closed, withdrawn or not.
"""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

import msgspec

from daftar.disclosure.quiz.stays import Stay
from daftar.store.dialect import Connection, Statement, marks, rows

_OPEN = "(i.opened_on IS NULL OR i.opened_on <= ?) AND (i.closed_on IS NULL OR i.closed_on >= ?)"
_KNOWN = f"""
SELECT i.code, i.name, i.region, i.level, i.institution_class, i.cross_region, i.withdrawn, ({_OPEN})
FROM institution i WHERE i.name <> '' AND i.code IN
"""
_CANDIDATES = f"""
SELECT i.code, i.name, i.level, i.institution_class FROM institution i WHERE i.name <> ''
AND i.cross_region = ? AND {_OPEN}
"""
_BELOW = """
AND i.region IN (SELECT r.code FROM region r WHERE r.code = ? OR r.parent = ?
    OR r.parent IN (SELECT p.code FROM region p WHERE p.parent = ?))
"""


class Standing(StrEnum):
    """How decoys may stand in the directory today."""

    ALIKE = "alike"  # as the hospital asked about
    HIDDEN = "hidden"  # not on the public list: closed, or withdrawn
    ANY = "any"  # open or closed


class Hospital(msgspec.Struct, frozen=True):
    """What the directory says of the hospital asked about."""

    code: str
    name: str
    region: str
    level: str
    institution_class: str
    cross_region: bool
    withdrawn: bool
    open_today: bool

    @property
    def listed(self) -> bool:
        """Whether the public list of today has it (S4.6)."""
        return self.cross_region and self.open_today and not self.withdrawn


def hospitals_of(conn: Connection, codes: Collection[str], today: date) -> list[Hospital]:
    """Hospitals that the directory knows by name, withdrawn ones too."""
    found = rows(conn, f"{_KNOWN} ({marks(list(codes))})", [today, today, *codes])
    return [
        Hospital(code, name, region, level, kind, bool(cross_region), bool(withdrawn), bool(open_today))
        for code, name, region, level, kind, cross_region, withdrawn, open_today in found
    ]


def circles(
    conn: Connection, hospital: Hospital, stay: Stay, standing: Standing, today: date
) -> Iterator[list[tuple[str, str]]]:
    """Institutions open that day, like the hospital: of its city and level, of its city, of its province, of all."""
    also, values = _standing(hospital, standing, today)
    asked, told = _CANDIDATES + also, [hospital.cross_region, stay.discharged, stay.discharged, *values]
    for region in _regions_above(conn, hospital.region):
        found = rows(conn, asked + _BELOW, [*told, region, region, region])
        alike = [line for line in found if line[3] == hospital.institution_class]
        yield [(code, name) for code, name, level, _ in alike if level == hospital.level]
        yield [(code, name) for code, name, *_ in alike]
    alike = rows(conn, f"{asked} AND i.institution_class = ?", [*told, hospital.institution_class])
    yield [(code, name) for code, name, *_ in alike]
    yield [(code, name) for code, name, *_ in rows(conn, asked, told)]


def _standing(hospital: Hospital, standing: Standing, today: date) -> Statement:
    """The condition that a decoy's standing has to meet. Of withdrawn ones nobody sees whether they were open."""
    match standing:
        case Standing.ANY:
            return "AND NOT i.withdrawn", []
        case Standing.HIDDEN:
            return f"AND (i.withdrawn OR NOT ({_OPEN}))", [today, today]
    open_or_not = [today, today, hospital.open_today]
    return f"AND i.withdrawn = ? AND (i.withdrawn OR ({_OPEN}) = ?)", [hospital.withdrawn, *open_or_not]


def _regions_above(conn: Connection, region: str) -> list[str]:
    """The city and the province of a region; the province alone where it is one."""
    above: dict[str, str] = {}
    while region and region not in above:
        found = rows(conn, "SELECT level, parent FROM region WHERE code = ?", [region])
        if not found:
            break
        above[region], region = found[0]
    return [code for code, level in above.items() if level in ("city", "province")]
