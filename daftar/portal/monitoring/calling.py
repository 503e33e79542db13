"""Telling alerts by webhook: each call is taken in a short transaction, posted outside of it, and tried again later.

Calls of one alert leave in their order: one that waits holds back what came after it, so that the last thing told is
the last that happened. Each is tried until it is taken or forgotten (`monitoring.forgetting`).

The receiver gets `X-Daftar-Call`, the call's number: who gets one twice sees it by that.
"""

import time
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from daftar.portal.monitoring.line import NoAnswer, send
from daftar.portal.monitoring.models import AlertCall

SECONDS = 5.0
TURN_SECONDS = 60.0
"""A receiver that takes each call slowly gets the rest at the next turn."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_DOUBLED = 8
"""After each try the wait is doubled, so many times: up to some two hours."""

log = structlog.get_logger()


def calls_send(at: datetime) -> int:
    """Post the calls that wait, oldest first, to the first that gets no answer: the others would wait for nothing.

    How many were taken. There is one receiver, so who does not answer is the same for all.
    """
    taken, until = 0, time.monotonic() + TURN_SECONDS
    try:
        while settings.WATCH.alert_webhook and time.monotonic() < until and (call := _take(at)):
            taken += _post(call, at)
    except NoAnswer as error:
        log.warning("no answer to alerts", problem=error.problem)
    return taken


@transaction.atomic
def _take(at: datetime) -> AlertCall | None:
    locking = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    earlier = AlertCall.objects.filter(alert=OuterRef("alert"), sent_at=None, id__lt=OuterRef("id"))
    due = AlertCall.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=at), sent_at=None)
    call = due.exclude(Exists(earlier)).select_for_update(**locking).order_by("id").first()
    if call is not None:
        call.next_try_at = at + FIRST_WAIT * 2 ** min(call.tries, LONGEST_DOUBLED)
        call.tries += 1
        call.save(update_fields=["tries", "next_try_at"])
    return call


def _post(call: AlertCall, at: datetime) -> bool:
    """Whether the receiver took it. Raises NoAnswer."""
    headers = {"Content-Type": "application/json", "X-Daftar-Call": str(call.id)}
    if settings.WATCH.alert_token:
        headers["Authorization"] = f"Bearer {settings.WATCH.alert_token}"
    status = send("POST", settings.WATCH.alert_webhook, seconds=SECONDS, body=call.body.encode(), headers=headers)
    if not 200 <= status.status < 300:
        log.warning("alert not taken", call=call.id, tries=call.tries, status=status.status)
        return False
    AlertCall.objects.filter(id=call.id).update(sent_at=at)
    return True
