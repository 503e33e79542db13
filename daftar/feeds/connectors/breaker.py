"""A circuit breaker: who does not answer several times in a row is left alone for a while, each time for longer."""

from datetime import datetime, timedelta
from threading import Lock

FAILURES = 5
FIRST_REST = timedelta(seconds=30)
LONGEST_REST = timedelta(minutes=30)


class Breaker:
    """Closed: ask. Open: do not. After a rest one is let through; its outcome decides. Threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._failures = 0
        self._rest = FIRST_REST
        self._until: datetime | None = None

    def lets_through(self, at: datetime) -> bool:
        """Whether somebody may ask now; the one who tries after a rest keeps all others waiting meanwhile."""
        with self._lock:
            if self._until is None:
                return True
            if at < self._until:
                return False
            self._until = at + self._rest
            return True

    def unused(self, at: datetime) -> None:
        """Who was let through at that moment asks nothing after all: the one try after a rest is another's."""
        with self._lock:
            if self._until == at + self._rest:
                self._until = at

    def succeeded(self) -> None:
        """An answer came."""
        with self._lock:
            self._failures, self._rest, self._until = 0, FIRST_REST, None

    def failed(self, at: datetime) -> None:
        """None came, or none that counts."""
        with self._lock:
            self._failures += 1
            if self._until is not None:  # the one let through after a rest failed too
                self._rest = min(self._rest * 2, LONGEST_REST)
                self._until = at + self._rest
            elif self._failures >= FAILURES:
                self._until = at + self._rest
