"""Where a page of a list ended, as it stands in an address: a moment and a case, so that nothing shifts."""

import re
from datetime import UTC, datetime, timedelta

Mark = tuple[datetime, int]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
WRITTEN = re.compile(r"([0-9]{1,16})-([0-9]{1,18})")


def mark_written(mark: Mark) -> str:
    """A moment and a case's id as text."""
    at, id = mark
    return f"{(at - EPOCH) // TICK}-{id}"


def mark_read(text: str) -> Mark | None:
    """The moment and the id; None for anything else, which is the first page."""
    found = WRITTEN.fullmatch(text)
    return (EPOCH + int(found[1]) * TICK, int(found[2])) if found else None
