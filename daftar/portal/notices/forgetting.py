"""What has left long ago is forgotten: messages that concern one person, a month after they were put in the outbox.

Campaigns look after their own. What still waits, or is in doubt, stays.
"""

from datetime import datetime, timedelta

from daftar.portal.notices.models import Delivery, OutboxMessage

KEPT = timedelta(days=30)
PIECE = 5_000
PIECES = 20
LEFT = (Delivery.ACCEPTED, Delivery.DELIVERED, Delivery.FAILED)


def left_forget(at: datetime) -> int:
    """Forget some of them, the oldest first; how many."""
    old = OutboxMessage.objects.filter(campaign=None, state__in=LEFT, created_at__lt=at - KEPT).order_by("created_at")
    gone = 0
    for _ in range(PIECES):
        piece = list(old.values_list("id", flat=True)[:PIECE])
        gone += OutboxMessage.objects.filter(id__in=piece).delete()[0]
        if len(piece) < PIECE:
            break
    return gone
