"""Each message once, and no number too often: what the gateway repeats and what somebody floods costs no reply.

Rows are locked in one order over all transactions, so that two batches never wait for each other.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from daftar.disclosure.senders import Sender
from daftar.disclosure.sms.messages import IncomingSms
from daftar.store.dialect import Connection, as_uuid, execute, padded
from daftar.store.forgetting import MOST, forget_before
from daftar.store.keys import MobileKey

KEPT = timedelta(days=7)
"""For so long a repeated message is known; gateways give up far earlier."""

OF_PROVIDER, OF_INSURED, OF_STRANGER = 600, 30, 10
"""Messages an hour that are answered, by what is registered under the number (assumed)."""


def fresh(conn: Connection, messages: Sequence[IncomingSms], at: datetime) -> set[UUID]:
    """The ids that nobody has taken yet; they are taken now."""
    ids = padded(sorted({each.id for each in messages}))  # one that stands there twice conflicts with itself
    places = ", ".join(["(?, ?)"] * len(ids))
    sql = f"INSERT INTO sms_taken (id, taken_at) VALUES {places} ON CONFLICT (id) DO NOTHING RETURNING id"
    taken = execute(conn, sql, [value for id in ids for value in (id, at)]).fetchall()
    return {as_uuid(row[0]) for row in taken}


def count(conn: Connection, mobiles: Iterable[MobileKey], at: datetime) -> dict[MobileKey, int]:
    """Count messages of numbers in this hour; how many each had before."""
    wanted = sorted(Counter(mobiles).items())
    hour = at.replace(minute=0, second=0, microsecond=0)
    places = ", ".join(["(?, ?, ?)"] * len(wanted))
    sql = (
        f"INSERT INTO sms_sender_hour (mobile_key, hour, count) VALUES {places}"
        " ON CONFLICT (mobile_key, hour) DO UPDATE SET count = sms_sender_hour.count + excluded.count"
        " RETURNING mobile_key, count"
    )
    found = execute(conn, sql, [value for mobile, number in wanted for value in (mobile, hour, number)]).fetchall()
    after = {MobileKey(as_uuid(mobile)): int(number) for mobile, number in found}
    return {mobile: after[mobile] - number for mobile, number in wanted}


def most_an_hour(sender: Sender) -> int:
    """How many messages of this sender are answered in an hour."""
    if sender.providers:
        return OF_PROVIDER
    return OF_INSURED if sender.persons else OF_STRANGER


def forget_taken(conn: Connection, at: datetime, most: int = MOST) -> int:
    """Remove what was kept to know repeated messages, some at a time; how many, fewer than `most` at the end."""
    return forget_before(conn, "sms_taken", "taken_at", at - KEPT, most)


def forget_counts(conn: Connection, at: datetime, most: int = MOST) -> int:
    """As `forget_taken`, what was kept to count."""
    return forget_before(conn, "sms_sender_hour", "hour", at - timedelta(hours=2), most)
