"""Duties: what one process at a time does every few seconds, whichever comes first (S2.15).

Who moves a duty's `due_at` on does it; a process that dies in the middle leaves it to the next turn. What a duty writes
is exact by its own means: this only spares several processes the same work.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from django.db import DatabaseError, close_old_connections

from daftar.portal.monitoring.models import Duty

LOOK_SECONDS = 2.0
log = structlog.get_logger()


def duty_take(name: str, *, every: timedelta, at: datetime) -> bool:
    """Whether the duty is due and ours now; its next turn is `every` later."""
    Duty.objects.bulk_create([Duty(name=name, due_at=at)], ignore_conflicts=True)
    return Duty.objects.filter(name=name, due_at__lte=at).update(due_at=at + every) == 1


def keep(name: str, every: timedelta, work: Callable[[datetime], object], stop: threading.Event) -> None:
    """Do `work(at)` whenever the duty is due and ours, until told to stop; what fails is tried at the next turn."""
    while not stop.wait(min(LOOK_SECONDS, every.total_seconds())):
        try:
            at = datetime.now(UTC)
            if duty_take(name, every=every, at=at):
                work(at)
        except (DatabaseError, OSError) as error:
            log.warning("duty not done", duty=name, error=type(error).__name__)
        except Exception as error:  # a defect in one duty must not end it for good; its text may hold a row
            log.error("duty failed", duty=name, error=type(error).__name__)
        finally:
            close_old_connections()
