"""Sending mail: empties the outbox's mail rows to an SMTP server.

A row is taken in a short transaction of its own, which puts off its next try, and handed over outside of it: several
senders do not send it twice, a slow server locks nothing, and a sender that dies leaves it to the next one. What the
server refuses is tried again later, and given up after a day and a half. What concerns one person goes before any mail
of a campaign, and campaigns go by day only.
"""

import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from daftar.disclosure.outbox import countries_by_day, open_message
from daftar.portal.notices.models import Delivery, OutboxMessage

EVERY_SECONDS = 1.0
MOST_TRIES = 11
FIRST_WAIT = timedelta(minutes=1)
"""Doubled after each try: 1, 2, 4 ... 1024 minutes."""
HANDS = timedelta(minutes=1)
"""Longer than the server is waited for."""

log = structlog.get_logger()


def now() -> datetime:
    """The clock of this process, in UTC."""
    return datetime.now(UTC)


def send_waiting(clock: Callable[[], datetime]) -> int:
    """Hand every mail that waits to the server, the clock read for each; how many it took."""
    sent = 0
    _give_up(clock())
    with get_connection() as server:
        while row := _take(clock()):
            sent += _hand_over(server, row, clock)
    return sent


def in_hands(at: datetime) -> Q:
    """Mails that a sender has just taken: the server may have them already. `_take` sets when they are due again."""
    taken = (FIRST_WAIT * 2**tries for tries in range(MOST_TRIES))
    latest = (Q(tries=tries, next_try_at__gt=at + wait - HANDS) for tries, wait in enumerate(taken, 1))
    return Q(channel="mail") & reduce(or_, latest)


def keep_sending(stop: threading.Event) -> None:
    """Send as mails come in, until told to stop; a server or database that is away is tried again."""
    while not stop.wait(EVERY_SECONDS):
        try:
            if any(waiting.exists() for waiting in _waiting(now())):
                send_waiting(now)
        except (OSError, SMTPException, DatabaseError) as error:
            log.warning("mail not sent", error=type(error).__name__)
        except Exception as error:  # a defect must not end the sending; frames only: its text may hold an address
            log.error("mail failed", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))
        finally:
            close_old_connections()


@transaction.atomic
def _take(at: datetime) -> OutboxMessage | None:
    locking = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    looks = (waiting.select_for_update(**locking).first() for waiting in _waiting(at))
    row = next((found for found in looks if found is not None), None)
    if row is not None:
        row.next_try_at = at + FIRST_WAIT * 2**row.tries
        row.tries += 1
        row.save(update_fields=["tries", "next_try_at"])
    return row


def _hand_over(server: BaseEmailBackend, row: OutboxMessage, clock: Callable[[], datetime]) -> bool:
    message = open_message(settings.SECRETS, row.sealed)
    headers = {"Content-Language": row.language, "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(message.subject, message.text, to=[message.to], connection=server, headers=headers)
    try:
        mail.send()
    except (OSError, SMTPException, ValueError) as error:  # ValueError: an address that is none
        server.close()  # a connection that the server has ended is not used for the next mail
        log.warning("mail refused", outbox=row.id, tries=row.tries, error=type(error).__name__)
        if row.tries >= MOST_TRIES:
            OutboxMessage.objects.filter(id=row.id).update(state=Delivery.FAILED, sealed=b"")
        return False
    OutboxMessage.objects.filter(id=row.id).update(sent_at=clock(), state=Delivery.ACCEPTED, sealed=b"")
    return True


def _give_up(at: datetime) -> None:
    """What a sender died over at its last try."""
    spent = _all_waiting().filter(tries__gte=MOST_TRIES, next_try_at__lte=at)
    spent.update(state=Delivery.FAILED, sealed=b"")


def _waiting(at: datetime) -> tuple[QuerySet[OutboxMessage], QuerySet[OutboxMessage]]:
    """What concerns one person, at any hour; what campaigns tell, by day. Each by an index, the oldest first."""
    due = _all_waiting().filter(Q(next_try_at=None) | Q(next_try_at__lte=at), tries__lt=MOST_TRIES)
    stopped = RawSQL("SELECT id FROM campaign WHERE state = 'stopped'", [])
    by_day = Q(country=None) | Q(country__in=countries_by_day(at))
    return (
        due.filter(campaign=None).order_by("campaign", "id"),
        due.filter(by_day, campaign__isnull=False).exclude(campaign__in=stopped).order_by("id"),
    )


def _all_waiting() -> QuerySet[OutboxMessage]:
    # SQLite takes the index of what waits only where its own condition stands in the query, word for word
    indexed = RawSQL("state IN ('waiting', 'handed')", [], output_field=BooleanField())
    return OutboxMessage.objects.filter(indexed, channel="mail", state=Delivery.WAITING)
