"""Hospitals that could be the right answer and are not: others of the same place and class (S4.18).

Somebody who asks again and again must not find the answer as that which stays while the others change. So a list is
drawn by a keyed hash of person and hospital, not by chance, and then kept: neither a new hospital in the directory nor
one that closes changes it. A person's other hospital would have a list of its own, and two lists tell more than one:
as long as the hospital asked about has current stays, no other one is asked about.

Nor may today's public list tell the answer: all hospitals of a list stand in it or none does, wherever there are enough
of them (`candidates`).
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from daftar.disclosure.quiz import Choice
from daftar.disclosure.quiz.candidates import Hospital, Standing, circles, hospitals_of
from daftar.disclosure.quiz.stays import Stay, treated_in
from daftar.store.dialect import Connection, execute_many, marks, rows
from daftar.store.keys import Key, Secrets

DECOYS = 5
FEWEST = 3
"""With fewer than these no question is asked: the list would be a hint."""

REMEMBERED = timedelta(days=2 * 365)
"""Hospitals within this time of the newest stay come first: people know recent days better."""


class Drawing(msgspec.Struct, frozen=True):
    """Whose list is drawn: their most recent stays by hospital, and where else they were, by code and by name."""

    key: Key
    latest: Mapping[str, Stay]
    been: frozenset[str]
    taken: frozenset[str]
    today: date
    secrets: Secrets

    def rank(self, *codes: str) -> bytes:
        """A place in an order that nobody can compute without the secret."""
        return _rank(self.secrets, self.key, *codes)

    def turn(self, hospital: Hospital) -> tuple[bool, bool, bytes]:
        """When a hospital's turn comes: recent stays before older ones, among them what the public list has today."""
        newest = max(stay.discharged for stay in self.latest.values())
        older = newest - self.latest[hospital.code].discharged > REMEMBERED
        return older, not hospital.listed, self.rank(hospital.code)


def hospital_list(
    conn: Connection, secrets: Secrets, key: Key, latest: Mapping[str, Stay], today: date
) -> list[str] | None:
    """Codes of the hospital asked about and its decoys, sorted; None when no list can be made.

    `latest` are the person's most recent stays by hospital. The same person has the same list each time.
    """
    drawn: dict[str, list[str]] = {}
    for institution, decoy in rows(conn, "SELECT institution, decoy FROM quiz_decoy WHERE key = ?", [key]):
        drawn.setdefault(institution, []).append(decoy)
    for code in sorted(drawn.keys() & latest.keys(), key=lambda code: _rank(secrets, key, code)):
        return sorted([code, *drawn[code]])
    code, decoys = _fresh(conn, _drawing(conn, secrets, key, latest, today))
    lines = [(key, code, decoy) for decoy in decoys]
    execute_many(conn, "INSERT INTO quiz_decoy (key, institution, decoy) VALUES (?, ?, ?)", lines)
    return sorted([code, *decoys]) if decoys else None


def named(conn: Connection, codes: Iterable[str]) -> tuple[Choice, ...]:
    """Hospitals by name, withdrawn ones by their last, in the order of their codes as given."""
    codes = list(codes)
    names: dict[str, str] = dict(
        rows(conn, f"SELECT code, name FROM institution WHERE code IN ({marks(codes)})", codes)
    )
    return tuple(Choice(code, names.get(code) or code) for code in codes)


def _drawing(conn: Connection, secrets: Secrets, key: Key, latest: Mapping[str, Stay], today: date) -> Drawing:
    been = sorted(treated_in(conn, key))
    taken = rows(conn, f"SELECT name FROM institution WHERE code IN ({marks(been)})", been)
    return Drawing(key, latest, frozenset(been), frozenset(name for (name,) in taken), today, secrets)


def _fresh(conn: Connection, drawing: Drawing) -> tuple[str, list[str]]:
    """The hospital asked about with its decoys, none when no list can be made.

    Decoys that stand otherwise in the directory are taken where no hospital of the person has enough that stand alike.
    """
    hospitals = sorted(hospitals_of(conn, drawing.latest, drawing.today), key=drawing.turn)
    for topped_up in (False, True):
        for hospital in hospitals:
            if decoys := _draw(conn, drawing, hospital, topped_up=topped_up):
                return hospital.code, decoys
    return "", []


def _draw(conn: Connection, drawing: Drawing, hospital: Hospital, *, topped_up: bool) -> list[str]:
    """Decoys that stand alike, topped up from others where that is said; empty when there are too few."""
    others = () if not topped_up else (Standing.ANY,) if hospital.listed else (Standing.HIDDEN, Standing.ANY)
    chosen: dict[str, str] = {}  # codes by name: no two of one name
    for standing in (Standing.ALIKE, *others):
        pool = _pool(conn, drawing, hospital, standing)
        order = sorted(pool.keys() - chosen.keys(), key=lambda name: drawing.rank(hospital.code, pool[name]))
        chosen |= {name: pool[name] for name in order[: DECOYS - len(chosen)]}
        if len(chosen) >= FEWEST:
            return list(chosen.values())
    return []


def _pool(conn: Connection, drawing: Drawing, hospital: Hospital, standing: Standing) -> dict[str, str]:
    """Codes by name of the narrowest circle that holds enough, else of the widest."""
    pool: dict[str, str] = {}
    for circle in circles(conn, hospital, drawing.latest[hospital.code], standing, drawing.today):
        candidates = [(code, name) for code, name in circle if code not in drawing.been and name not in drawing.taken]
        pool = {name: code for code, name in sorted(candidates, reverse=True)}  # of two by one name, the first code
        if len(pool) >= DECOYS:
            break
    return pool


def _rank(secrets: Secrets, key: Key, *codes: str) -> bytes:
    """A place in an order that nobody can compute without the secret."""
    told = key.bytes + "\n".join(codes).encode()
    return hashlib.blake2b(told, key=secrets.derive("quiz-decoys"), digest_size=16).digest()
