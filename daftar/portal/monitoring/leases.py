"""A lease on long work: one process at a time has it, holds it on while it works, and loses it when it dies."""

from datetime import UTC, datetime, timedelta

from daftar.portal.monitoring.duties import duty_keep, duty_take


class HeldElsewhere(Exception):
    """Another process has the lease."""


class Lease:
    """The right to do something, of one process at a time."""

    def __init__(self, name: str, lasting: timedelta) -> None:
        """Raises HeldElsewhere."""
        at = datetime.now(UTC)
        self._name, self._lasting, self._until = name, lasting, at + lasting
        if not duty_take(name, every=lasting, at=at):
            raise HeldElsewhere

    def still_ours(self) -> bool:
        """Hold it on; False when it ran out and another process took it."""
        held, self._until = self._until, datetime.now(UTC) + self._lasting
        return duty_keep(self._name, held=held, until=self._until)

    def give_back(self) -> None:
        """Whoever wants it may have it at once."""
        duty_keep(self._name, held=self._until, until=datetime.now(UTC))
