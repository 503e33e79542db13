"""Daily quotas of agreements, counted exactly whatever the channel and however many ask at once (S1.2).

A charge takes the lock of one row, in the asker's transaction: what is rolled back was never counted, and who asks for
an agreement without a quota comes past none of this.
"""

from collections.abc import Sequence

from daftar.answers.questions import Charge
from daftar.store.dialect import Connection, execute

_TAKE = """
INSERT INTO agreement_day (organisation, number, day, used) VALUES (?, ?, ?, ?)
ON CONFLICT (organisation, number, day) DO UPDATE SET used = agreement_day.used + excluded.used RETURNING used
"""
_SET = "UPDATE agreement_day SET used = ? WHERE organisation = ? AND number = ? AND day = ?"

Charges = tuple[Charge, ...]
"""Agreements of which any may be charged; none: no quota."""


def take(conn: Connection, asked: Sequence[Charges]) -> list[bool]:
    """Charge one inquiry for each entry, in order; False where every quota of the entry is used up.

    Rows are locked in one order over all transactions, so that two batches never wait for each other.
    """
    waiting: dict[Charges, list[int]] = {}
    for place, charges in enumerate(asked):
        if charges:
            waiting.setdefault(charges, []).append(place)
    granted = [not charges for charges in asked]
    for charge in sorted({charge for charges in waiting for charge in charges}, key=_row):
        for charges, places in waiting.items():
            if charge in charges and places:
                free = _charge(conn, charge, len(places))
                for place in places[:free]:
                    granted[place] = True
                del places[:free]
    return granted


def _charge(conn: Connection, charge: Charge, wanted: int) -> int:
    """How many of `wanted` inquiries the quota still held; they are counted."""
    row = list(_row(charge))
    used = int(execute(conn, _TAKE, [*row, wanted]).fetchall()[0][0])
    before = used - wanted
    free = max(0, min(wanted, charge.quota - before))
    if free < wanted:
        execute(conn, _SET, [before + free, *row])
    return free


def _row(charge: Charge) -> tuple[object, ...]:
    return (charge.organisation, charge.number, charge.day)
