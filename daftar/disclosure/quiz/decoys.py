"""Hospitals that could be the right answer and are not: others of the same place and class (S4.18).

Somebody who asks again and again must not find the answer as that which stays while the others change. So a list is
drawn by a keyed hash of person and hospital, not by chance, and then kept: neither a new hospital in the directory nor
one that closes changes it. A person's other hospital would have a list of its own, and two lists tell more than one:
as long as the hospital asked about has current stays, no other one is asked about.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

import msgspec

from daftar.disclosure.quiz import Choice
from daftar.disclosure.quiz.stays import Stay, treated_in
from daftar.store.dialect import Connection, execute_many, marks, rows
from daftar.store.keys import Key, Secrets

DECOYS = 5
FEWEST = 3
"""With fewer than these no question is asked: the list would be a hint."""

REMEMBERED = timedelta(days=2 * 365)
"""Hospitals within this time of the newest stay come first: people know recent days better."""

_CANDIDATES = """
SELECT i.code, i.name, i.level, i.institution_class FROM institution i WHERE NOT i.withdrawn AND i.name <> ''
AND i.cross_region = ? AND (i.opened_on IS NULL OR i.opened_on <= ?) AND (i.closed_on IS NULL OR i.closed_on >= ?)
"""
_BELOW = """
AND i.region IN (SELECT r.code FROM region r WHERE r.code = ? OR r.parent = ?
    OR r.parent IN (SELECT p.code FROM region p WHERE p.parent = ?))
"""


class Hospital(msgspec.Struct, frozen=True):
    """What the directory says of the hospital asked about."""

    code: str
    name: str
    region: str
    level: str
    institution_class: str
    cross_region: bool


def hospital_list(conn: Connection, secrets: Secrets, key: Key, latest: Mapping[str, Stay]) -> list[str] | None:
    """Codes of the hospital asked about and its decoys, sorted; None when no list can be made.

    `latest` are the person's most recent stays by hospital. The same person has the same list each time.
    """
    drawn: dict[str, list[str]] = {}
    for institution, decoy in rows(conn, "SELECT institution, decoy FROM quiz_decoy WHERE key = ?", [key]):
        drawn.setdefault(institution, []).append(decoy)
    for code in sorted(drawn.keys() & latest.keys(), key=lambda code: _rank(secrets, key, code)):
        return sorted([code, *drawn[code]])
    recent = _remembered(latest)
    for hospital in sorted(_known(conn, list(latest)), key=lambda each: _turn(secrets, key, each.code, recent)):
        if decoys := _draw(conn, secrets, key, hospital, latest[hospital.code]):
            lines = [(key, hospital.code, decoy) for decoy in decoys]
            execute_many(conn, "INSERT INTO quiz_decoy (key, institution, decoy) VALUES (?, ?, ?)", lines)
            return sorted([hospital.code, *decoys])
    return None


def named(conn: Connection, codes: Iterable[str]) -> tuple[Choice, ...]:
    """Hospitals by name, withdrawn ones by their last, in the order of their codes as given."""
    codes = list(codes)
    names: dict[str, str] = dict(
        rows(conn, f"SELECT code, name FROM institution WHERE code IN ({marks(codes)})", codes)
    )
    return tuple(Choice(code, names.get(code) or code) for code in codes)


def _remembered(latest: Mapping[str, Stay]) -> set[str]:
    newest = max(stay.discharged for stay in latest.values())
    return {code for code, stay in latest.items() if newest - stay.discharged <= REMEMBERED}


def _turn(secrets: Secrets, key: Key, code: str, recent: set[str]) -> tuple[bool, bytes]:
    """When a hospital's turn comes to be asked about: older stays where no recent one makes a list."""
    return code not in recent, _rank(secrets, key, code)


def _known(conn: Connection, codes: list[str]) -> list[Hospital]:
    found = rows(
        conn,
        "SELECT code, name, region, level, institution_class, cross_region FROM institution"
        f" WHERE code IN ({marks(codes)}) AND name <> ''",
        codes,
    )
    return [
        Hospital(code, name, region, level, kind, bool(cross_region))
        for code, name, region, level, kind, cross_region in found
    ]


def _draw(conn: Connection, secrets: Secrets, key: Key, hospital: Hospital, stay: Stay) -> list[str]:
    """Decoys from the narrowest circle that holds enough; empty when even the widest holds too few."""
    been = sorted(treated_in(conn, key))
    taken = {name for (name,) in rows(conn, f"SELECT name FROM institution WHERE code IN ({marks(been)})", been)}
    pool: dict[str, str] = {}
    for circle in _circles(conn, hospital, stay):
        candidates = [(code, name) for code, name in circle if code not in been and name not in taken]
        pool = {name: code for code, name in sorted(candidates, reverse=True)}  # of two by one name, the first code
        if len(pool) >= DECOYS:
            break
    order = sorted(pool.values(), key=lambda code: _rank(secrets, key, hospital.code, code))
    return order[:DECOYS] if len(order) >= FEWEST else []


def _circles(conn: Connection, hospital: Hospital, stay: Stay) -> Iterator[list[tuple[str, str]]]:
    """Institutions open that day, like the hospital: of its city and level, of its city, of its province, of all."""
    open_then = [hospital.cross_region, stay.discharged, stay.discharged]
    for region in _regions_above(conn, hospital.region):
        found = rows(conn, _CANDIDATES + _BELOW, [*open_then, region, region, region])
        alike = [line for line in found if line[3] == hospital.institution_class]
        yield [(code, name) for code, name, level, _ in alike if level == hospital.level]
        yield [(code, name) for code, name, *_ in alike]
    alike = rows(conn, _CANDIDATES + " AND i.institution_class = ?", [*open_then, hospital.institution_class])
    yield [(code, name) for code, name, *_ in alike]
    yield [(code, name) for code, name, *_ in rows(conn, _CANDIDATES, open_then)]


def _regions_above(conn: Connection, region: str) -> list[str]:
    """The city and the province of a region; the province alone where it is one."""
    above: dict[str, str] = {}
    while region and region not in above:
        found = rows(conn, "SELECT level, parent FROM region WHERE code = ?", [region])
        if not found:
            break
        above[region], region = found[0]
    return [code for code, level in above.items() if level in ("city", "province")]


def _rank(secrets: Secrets, key: Key, *codes: str) -> bytes:
    """A place in an order that nobody can compute without the secret."""
    told = key.bytes + "\n".join(codes).encode()
    return hashlib.blake2b(told, key=secrets.derive("quiz-decoys"), digest_size=16).digest()
