"""Who stands close to a person: for reviewers who must not decide about their own, and for principals who act.

Ended bindings and dependencies count for closeness too: who was bound yesterday is still close today.
"""

from collections.abc import Sequence
from datetime import date

from daftar.store.dialect import Connection, as_uuid, marks, rows
from daftar.store.keys import Key

_IDENTIFIERS = "SELECT key FROM person_identifier WHERE person_key = ?"

_WHOSE = "SELECT person_key FROM person_identifier WHERE key = ?"

_BOUND = """
SELECT 1 FROM proxy_binding b
JOIN person p ON p.key = b.principal AND p.death_date IS NULL AND NOT p.withdrawn
JOIN person m ON m.key = b.member AND m.death_date IS NULL AND NOT m.withdrawn
WHERE b.principal = ? AND b.member = ? AND b.bound_at IS NOT NULL AND b.ended_at IS NULL
  AND (b.last_day IS NULL OR b.last_day >= ?)
"""


def close_to(conn: Connection, person: Key) -> frozenset[Key]:
    """The person under every identifier; main insured, dependants and their dependants; principals and members.

    Also who shares a dependant or a member with the person, as the parents of a child do.
    """
    own = [person, *(Key(as_uuid(key)) for (key,) in rows(conn, _IDENTIFIERS, [person]))]
    mains = [*own, *_mains(conn, own)]
    near = [*mains, *_dependants(conn, mains), *_bound_either_way(conn, own)]
    close = [*near, *_mains(conn, near), *_bound_either_way(conn, near)]
    return frozenset([*close, *_persons(conn, close)])


def may_act_for(conn: Connection, principal: Key, member: Key, *, day: date) -> bool:
    """Whether a proxy binding lets the principal act for the member on a day (of the member's time zone).

    Who has died acts for nobody, and nobody for them.
    """
    return bool(rows(conn, _BOUND, [principal, member, day]))


def person_behind(conn: Connection, key: Key) -> Key:
    """The person who has an identifier; the identifier's own key where the registry knows nobody."""
    found = rows(conn, _WHOSE, [key])
    return Key(as_uuid(found[0][0])) if found else key


def _mains(conn: Connection, keys: Sequence[Key]) -> set[Key]:
    found = rows(conn, f"SELECT main_key FROM dependency WHERE key IN ({marks(keys)}) AND NOT withdrawn", [*keys])
    return {Key(as_uuid(key)) for (key,) in found}


def _dependants(conn: Connection, keys: Sequence[Key]) -> set[Key]:
    found = rows(conn, f"SELECT key FROM dependency WHERE main_key IN ({marks(keys)}) AND NOT withdrawn", [*keys])
    return {Key(as_uuid(key)) for (key,) in found}


def _bound_either_way(conn: Connection, keys: Sequence[Key]) -> set[Key]:
    found = rows(
        conn,
        f"SELECT principal, member FROM proxy_binding WHERE principal IN ({marks(keys)}) OR member IN ({marks(keys)})",
        [*keys, *keys],
    )
    return {Key(as_uuid(key)) for row in found for key in row}


def _persons(conn: Connection, keys: Sequence[Key]) -> set[Key]:
    """The persons behind identifiers: facts may name a second identifier, cases name the person."""
    found = rows(conn, f"SELECT person_key FROM person_identifier WHERE key IN ({marks(keys)})", [*keys])
    return {Key(as_uuid(key)) for (key,) in found}
