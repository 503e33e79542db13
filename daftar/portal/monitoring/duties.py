"""Duties: what one process at a time does every few seconds, whichever comes first (S2.15).

Who moves a duty's `due_at` on does it: by as long as the work may last, and to its next turn when it is done or has
failed. A process that dies in the middle leaves it to whoever comes after that. `done_at` says when it last went well.
What a duty writes is exact by its own means: this spares several processes the same work, and others their questions
all at once.
"""

import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from django.db import DatabaseError, close_old_connections

from daftar.portal.monitoring.models import Duty

LOOK_SECONDS = 2.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Task:
    """A duty, how often, what is done, and how long that may last before another process takes its place."""

    name: str
    every: timedelta
    work: Callable[[datetime], object]
    lasting: timedelta = timedelta(0)


def duty_take(name: str, *, every: timedelta, at: datetime) -> bool:
    """Whether the duty is due and ours now; nobody else takes it for as long as `every`."""
    Duty.objects.bulk_create([Duty(name=name, due_at=at, done_at=at)], ignore_conflicts=True)
    return Duty.objects.filter(name=name, due_at__lte=at).update(due_at=at + every) == 1


def duty_keep(name: str, *, held: datetime, until: datetime) -> bool:
    """Hold a duty that is ours until `held` for longer, or give it back sooner; False: another process has it now."""
    return Duty.objects.filter(name=name, due_at=held).update(due_at=until) == 1


def keep(tasks: Sequence[Task], stop: threading.Event) -> None:
    """Do each duty whenever it is due and ours, until told to stop; what fails is tried at its next turn."""
    due: dict[str, datetime] = {}
    while not stop.wait(LOOK_SECONDS):
        for task in tasks:
            at = datetime.now(UTC)
            if at >= due.get(task.name, at):
                due[task.name] = at + task.every
                _do(task, at)
        close_old_connections()


def _do(task: Task, at: datetime) -> None:
    held, until = at + max(task.every, task.lasting), at + task.every
    try:
        if duty_take(task.name, every=held - at, at=at):
            try:
                task.work(at)
            except Exception:
                close_old_connections()  # one that broke could not give the duty back
                duty_keep(task.name, held=held, until=until)
                raise
            Duty.objects.filter(name=task.name, due_at=held).update(due_at=until, done_at=at)
    except (DatabaseError, OSError) as error:
        log.warning("duty not done", duty=task.name, error=type(error).__name__)
        close_old_connections()
    except Exception as error:  # a defect in one duty must not end the others; frames only: its text may hold a row
        log.error(
            "duty failed", duty=task.name, error=type(error).__name__, at=traceback.format_tb(error.__traceback__)
        )
