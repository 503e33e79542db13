"""The worker: a loop that answers waiting files part by part, and forgets what has been kept long enough.

Any number may run, in one process or in many: the rows themselves are the queue.
"""

import threading
from datetime import UTC, datetime

import structlog
from django.db import close_old_connections, connection

from daftar.portal.affiliation import files
from daftar.portal.affiliation.services import kept_forget
from daftar.portal.theme.errors import AWAY

IDLE_SECONDS = 1.0
TROUBLE_SECONDS = 5.0
TIDY_SECONDS = 600
BREATH_SECONDS = 0.02
"""Between two parts on SQLite: whoever waits for its one write lock gets it."""

log = structlog.get_logger()


class Work:
    """Runs until it is told to stop; a part that is being answered is finished first."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._tidied = float("-inf")

    def start(self) -> threading.Thread:
        """Run in a thread of its own."""
        thread = threading.Thread(target=self.run, name="work", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """End after the part at hand."""
        self._stop.set()

    def run(self) -> None:
        """Answer what waits; wait for more."""
        while not self._stop.is_set():
            self._stop.wait(self.step())

    def step(self) -> float:
        """One part, or what else is due; for how many seconds to rest then."""
        try:
            if files.part_answer(datetime.now(UTC)) is not None:
                return BREATH_SECONDS if connection.vendor == "sqlite" else 0.0
            self._tidy()
        except files.Unanswerable as broken:
            log.error("inquiry file stopped", file=str(broken.file), error=type(broken.__cause__).__name__)
            files.file_give_up(broken.file, datetime.now(UTC))
        except AWAY as error:  # the database is away or busy: the part stays as it was
            log.warning("file work postponed", error=type(error).__name__)
            close_old_connections()
            return TROUBLE_SECONDS
        close_old_connections()
        return IDLE_SECONDS

    def _tidy(self) -> None:
        now = datetime.now(UTC)
        if now.timestamp() - self._tidied < TIDY_SECONDS:
            return
        self._tidied = now.timestamp()
        kept_forget(now)
        for file in files.files_due(now):
            files.file_forget(file)
