"""Reading the outbox, and how people want to be told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from daftar.disclosure.outbox import Message, open_message
from daftar.portal.notices.models import Delivery, NoticeChannel, NoticeChoice, OutboxMessage

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
    found = OutboxMessage.objects.filter(sent_at=None, state=Delivery.WAITING).order_by("-id")[:NEWEST]
    return [
        Lying(row.channel, row.language, row.created_at, open_message(settings.SECRETS, row.sealed)) for row in found
    ]


def channel_of(person: UUID) -> NoticeChannel:
    """By what a person is told; mail when they never chose."""
    found = NoticeChoice.objects.filter(key=person).values_list("channel", flat=True).first()
    return NoticeChannel(found) if found else NoticeChannel.MAIL
