"""Preparing the next rows while the database writes the last ones."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, cast

Item = TypeVar("Item")

_END = object()


def one_ahead(items: Iterator[Item]) -> Iterator[Item]:
    """The same items, each made in a thread while the one before is used; errors come where they would have come."""
    with ThreadPoolExecutor(1, thread_name_prefix="feed-reader") as lane:
        following = lane.submit(next, items, _END)
        while (item := following.result()) is not _END:
            following = lane.submit(next, items, _END)
            yield cast(Item, item)
