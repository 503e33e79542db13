"""Whom a bare number means, by SMS and by USSD alike (S2.7, S2.20; ADR 0024).

Its form alone decides whether a number is taken, counted, charged and journalled: never whether somebody is known
under it. The registry only chooses among the readings of a number that is taken in any case.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from daftar.store.dialect import Connection, as_uuid, marks, padded, rows
from daftar.store.keys import Key, Secrets
from daftar.terms.bare_numbers import DOUBTFUL
from daftar.terms.identifiers import Identifier


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom a number may mean."""

    identifier: Identifier
    key: Key

    @property
    def doubtful(self) -> bool:
        """Whether it may as well be a slip of the hand."""
        return DOUBTFUL in self.identifier.warnings


def candidates(secrets: Secrets, readings: Sequence[Identifier]) -> tuple[Candidate, ...]:
    """The readings of a number with their keys, the likeliest first."""
    return tuple(Candidate(each, secrets.key(each.type, each.number)) for each in readings)


def known(conn: Connection, keys: Collection[Key]) -> set[Key]:
    """Which of the keys are persons of the registry."""
    wanted = padded(sorted(set(keys)))
    if not wanted:
        return set()
    sql = f"SELECT key FROM person WHERE NOT withdrawn AND key IN ({marks(wanted)})"
    return {Key(as_uuid(row[0])) for row in rows(conn, sql, wanted)}


def likeliest(meant: Sequence[Candidate], of_registry: Collection[Key]) -> Candidate:
    """The likeliest reading under which somebody is known; where nobody is, the likeliest of all."""
    return next((each for each in meant if each.key in of_registry), meant[0])
