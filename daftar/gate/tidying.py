"""What a long-running gate does: wipe dialogues each minute; each hour forget what is old, and make the next months."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from daftar.answers import idempotency
from daftar.disclosure import mismatches, one_time_codes
from daftar.disclosure.certificates import attempts
from daftar.disclosure.sms import limits
from daftar.gate.clients import forget_assertions
from daftar.gate.desk import Desk
from daftar.gate.problems import Problem
from daftar.gate.ussd.sessions import MOST_FORGOTTEN, forget_dialogues, forget_rows
from daftar.store.dialect import Connection
from daftar.store.months import ensure_months

EVERY_SECONDS = 60
HOUR = 60  # times
MONTHS_AHEAD = 3
DAYS_KEPT = timedelta(days=2)  # of mismatches: their day is over in every time zone
log = structlog.get_logger()


def tidy(conn: Connection, at: datetime) -> None:
    """Idempotency keys after 48 hours, challenges a day after they expired, counts of past days, used assertions."""
    idempotency.forget_old(conn, at)
    one_time_codes.forget_old(conn, at)
    mismatches.forget_before(conn, (at - DAYS_KEPT).date())
    forget_assertions(conn, at)
    attempts.forget_attempts(conn, at)
    limits.forget(conn, at)
    ensure_months(conn, at.date(), 1 + MONTHS_AHEAD)


async def forget_telephones(desk: Desk, at: datetime, most: int = MOST_FORGOTTEN) -> None:
    """What was said on USSD, after minutes, and that there was something, after days: however much, in small pieces."""
    for forget in (forget_dialogues, forget_rows):
        while await desk.run(partial(forget, at=at, most=most)) >= most:
            pass


async def keep_tidy(desk: Desk) -> None:
    """Wipe and tidy now and in their time, until cancelled; when the database is away the next time does it."""
    times = 0
    while True:
        try:
            await forget_telephones(desk, datetime.now(UTC))
            if times % HOUR == 0:
                await desk.run(lambda conn: tidy(conn, datetime.now(UTC)))
            times += 1
        except Problem:
            log.warning("not tidied this minute")
        await asyncio.sleep(EVERY_SECONDS)
