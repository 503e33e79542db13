"""Reading the outbox."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from daftar.disclosure.outbox import Message, open_message
from daftar.portal.notices.models import OutboxMessage

NEWEST = 30


@dataclass(frozen=True, slots=True)
class Lying:
    """A message as it lies in the outbox."""

    channel: str
    language: str
    created_at: datetime
    message: Message


def newest_messages() -> list[Lying]:
    """The newest messages, opened; for the demo's outbox page only."""
    found = OutboxMessage.objects.order_by("-id")[:NEWEST]
    return [
        Lying(row.channel, row.language, row.created_at, open_message(settings.SECRETS, row.sealed)) for row in found
    ]
