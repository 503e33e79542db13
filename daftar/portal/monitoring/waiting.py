"""How much waits in a queue and since when: read by index alone, however long the queue is (S2.15)."""

from datetime import datetime
from typing import Any

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from daftar.portal.feeds.models import CoverageDue, FeedPending
from daftar.portal.notices.models import Delivery, OutboxMessage

MOST_COUNTED = 10_000
"""A queue that is longer is told as longer: nobody reads the rest, and counting it would take as long as it is."""

# As the condition of the index `outbox_message_to_send` says it: with bound values SQLite would not know that it holds.
_UNSENT = RawSQL("outbox_message.state IN ('waiting', 'handed')", [], output_field=BooleanField())


def counted(waiting: QuerySet[Any]) -> int:
    """How many wait, at most one more than is counted."""
    return waiting.order_by()[: MOST_COUNTED + 1].count()


def unsent(channel: str) -> QuerySet[OutboxMessage]:
    """Messages of a channel that have not left."""
    return OutboxMessage.objects.filter(_UNSENT, channel=channel)


def oldest_unsent(channel: str, *, of_campaigns: bool) -> datetime | None:
    """Since when the first message about one person waits, or the first of the first campaign that is not through."""
    first = [
        moment
        for state in (Delivery.WAITING, Delivery.HANDED)
        for moment in unsent(channel)
        .filter(state=state, campaign__isnull=not of_campaigns)
        .order_by(*(("campaign", "id") if of_campaigns else ("id",)))
        .values_list("created_at", flat=True)[:1]
    ]
    return min(first, default=None)


def oldest_cover() -> datetime | None:
    """Since when the first person waits for their cover to be made anew."""
    return CoverageDue.objects.order_by("since").values_list("since", flat=True).first()


def oldest_pending() -> datetime | None:
    """Since when the first row waits for its person: rows are numbered as they come."""
    return FeedPending.objects.order_by("id").values_list("received_at", flat=True).first()
