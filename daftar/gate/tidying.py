"""What a long-running gate does: wipe dialogues each minute; each hour make the next months and forget what is old."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import count

import structlog

from daftar.answers import idempotency
from daftar.disclosure import mismatches, one_time_codes
from daftar.disclosure.certificates.attempts import forget_attempts
from daftar.disclosure.sms.limits import forget_counts, forget_taken
from daftar.gate.clients import forget_assertions
from daftar.gate.desk import Desk
from daftar.gate.ussd.sessions import forget_dialogues, forget_rows
from daftar.store.dialect import Connection
from daftar.store.forgetting import MOST
from daftar.store.months import ensure_months

EVERY_SECONDS = 60
HOUR = 60  # times
MONTHS_AHEAD = 3
Work = Callable[[Connection, datetime, int], int]
"""Something to be done at a moment, at most so much of it at once; how much there was."""
log = structlog.get_logger()


def make_months(conn: Connection, at: datetime, most: int) -> int:
    """The partitions of the months to come."""
    ensure_months(conn, at.date(), 1 + MONTHS_AHEAD)
    return 0


EACH_MINUTE: tuple[Work, ...] = (forget_dialogues, forget_rows)
EACH_HOUR: tuple[Work, ...] = (
    make_months,
    idempotency.forget_old,
    one_time_codes.forget_old,
    mismatches.forget_old,
    forget_assertions,
    forget_attempts,
    forget_taken,
    forget_counts,
)


async def tidy(desk: Desk, works: Iterable[Work], at: datetime, most: int = MOST) -> list[Work]:
    """Do each, however much there is, in small pieces of a transaction each; what could not be done.

    One that fails takes none of the others with it.
    """
    return [work for work in works if not await _is_done(desk, work, at, most)]


async def keep_tidy(desk: Desk) -> None:
    """Wipe and tidy now and in their time, until cancelled; what fails is tried again each minute."""
    left: list[Work] = []
    for minute in count():
        due = dict.fromkeys((*(EACH_HOUR if minute % HOUR == 0 else left), *EACH_MINUTE))
        left = await tidy(desk, due, datetime.now(UTC))
        await asyncio.sleep(EVERY_SECONDS)


async def _is_done(desk: Desk, work: Work, at: datetime, most: int) -> bool:
    try:
        while await desk.run(lambda conn: work(conn, at, most)) >= most:
            pass
    except Exception as error:  # whatever it is: this task has the life of the gate
        log.warning("not tidied this minute", what=f"{work.__module__}.{work.__name__}", error=type(error).__name__)
        return False
    return True
