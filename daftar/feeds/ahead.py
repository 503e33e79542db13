"""Preparing the next rows while the database writes the last ones."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar, cast

Item = TypeVar("Item")

_END = object()
_HOLD_SECONDS = 0.0005


def one_ahead(items: Iterator[Item], worthwhile: Callable[[], bool]) -> Iterator[Item]:
    """The same items, each made in a thread while the one before is used; errors come where they would have come.

    An item is made only when it is asked for, as long as working ahead is not worthwhile.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="feed-reader") as lane:
        following: Future[object] | None = None
        while (item := following.result() if following else next(items, _END)) is not _END:
            following = lane.submit(next, items, _END) if worthwhile() else None
            yield cast(Item, item)


@contextmanager
def quickly_handed_over() -> Iterator[None]:
    """Around the load of a file, which has its process for itself: the writer gets the interpreter back sooner.

    It comes back from the database a thousand times a second at most, and would wait 5 ms for the reader each time.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_HOLD_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
