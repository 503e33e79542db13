"""Mismatches of identifier and mobile, counted a day (S2.8/S2.9 decision): 5 from one network address, 50 in all.

Only mismatches count and only mismatches are refused: a matching mobile is never blocked by what others typed. What an
address sends beyond its own five does not count in all, so that one address cannot use them up for everybody.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from daftar.store.dialect import Connection, execute
from daftar.store.forgetting import MOST, forget_before
from daftar.store.keys import Key, Secrets

PER_ADDRESS = 5
PER_PERSON = 50
ALL_ADDRESSES = UUID(int=0)
KEPT = timedelta(days=2)  # their day is over in every time zone

_COUNT = """
INSERT INTO own_entitlement_mismatch (day, key, network_digest, count) VALUES (?, ?, ?, ?)
ON CONFLICT (day, key, network_digest) DO UPDATE SET count = own_entitlement_mismatch.count + excluded.count
RETURNING count
"""


def count_mismatch(conn: Connection, secrets: Secrets, *, key: Key, network_address: str, day: date) -> bool:
    """Count one mismatch; False when there were too many from this address, or for this person, on this day.

    The person's row for all is locked first, whatever the address: two that count several never wait crosswise.
    """
    address = secrets.key("network-address", network_address)
    _count(conn, day, key, ALL_ADDRESSES, 0)
    if _count(conn, day, key, address, 1) > PER_ADDRESS:
        return False
    return _count(conn, day, key, ALL_ADDRESSES, 1) <= PER_PERSON


def _count(conn: Connection, day: date, key: Key, network: UUID, more: int) -> int:
    """Raise a count and return it."""
    found: int = execute(conn, _COUNT, [day, key, network, more]).fetchall()[0][0]
    return found


def forget_old(conn: Connection, at: datetime, most: int = MOST) -> int:
    """Remove the counts of days past, some at a time; how many, fewer than `most` at the end."""
    return forget_before(conn, "own_entitlement_mismatch", "day", (at - KEPT).date(), most)
