"""A thread that writes down, and tells, what the calendar has ended (S3.10); bindings end without it too."""

import threading
from datetime import UTC, datetime

import structlog
from django.db import DatabaseError, close_old_connections

from daftar.portal.proxy.ending import bindings_end_due
from daftar.portal.theme.errors import AWAY

EVERY_SECONDS = 600.0

log = structlog.get_logger()


def keep_ending(stop: threading.Event, *, every: float = EVERY_SECONDS) -> None:
    """End what is due, at once and then every few minutes; a database that is away is tried again.

    Several processes may do so: each binding is held while it is ended, and ended once.
    """
    while True:
        try:
            bindings_end_due(at=datetime.now(UTC))
        except (DatabaseError, *AWAY) as error:
            log.warning("bindings not ended", error=type(error).__name__)
        finally:
            close_old_connections()
        if stop.wait(every):
            return
