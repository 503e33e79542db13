"""Mismatches of identifier and mobile, counted a day (S2.8/S2.9 decision): 5 from one network address, 50 in all.

Only mismatches count and only mismatches are refused: a matching mobile is never blocked by what others typed.
"""

from datetime import date
from uuid import UUID

from daftar.store.dialect import Connection, execute
from daftar.store.keys import Key, Secrets

PER_ADDRESS = 5
PER_PERSON = 50
ALL_ADDRESSES = UUID(int=0)

_COUNT = """
INSERT INTO own_entitlement_mismatch (day, key, network_digest, count) VALUES (?, ?, ?, 1)
ON CONFLICT (day, key, network_digest) DO UPDATE SET count = own_entitlement_mismatch.count + 1 RETURNING count
"""


def count_mismatch(conn: Connection, secrets: Secrets, *, key: Key, network_address: str, day: date) -> bool:
    """Count one mismatch; False when there were too many from this address, or for this person, on this day."""
    address = secrets.key("network-address", network_address)
    in_all = execute(conn, _COUNT, [day, key, ALL_ADDRESSES]).fetchall()[0][0]
    from_here = execute(conn, _COUNT, [day, key, address]).fetchall()[0][0]
    return bool(from_here <= PER_ADDRESS and in_all <= PER_PERSON)


def forget_before(conn: Connection, day: date) -> None:
    """Remove the counts of earlier days."""
    execute(conn, "DELETE FROM own_entitlement_mismatch WHERE day < ?", [day])
