"""Telling alerts by webhook: each call is taken in a short transaction, posted outside of it, and tried again later.

The receiver gets `X-Daftar-Call`, the call's number: who gets one twice sees it by that.
"""

import time
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from daftar.portal.monitoring.line import NoAnswer, send
from daftar.portal.monitoring.models import AlertCall

SECONDS = 5.0
TURN_SECONDS = 60.0
"""A receiver that takes each call slowly gets the rest at the next turn."""
MOST_TRIES = 9
FIRST_WAIT = timedelta(seconds=30)
"""Doubled after each try: up to two hours."""

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
    waiting = AlertCall.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=at), sent_at=None, tries__lt=MOST_TRIES)
    call = waiting.select_for_update(**locking).order_by("id").first()
    if call is not None:
        call.next_try_at = at + FIRST_WAIT * 2**call.tries
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
