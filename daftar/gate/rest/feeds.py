"""A pushed batch: its body spooled, loaded in a thread, reported (contracts §3, PUT /feeds/{table}/{batch})."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from daftar.feeds.load import load_stream
from daftar.feeds.report import Report
from daftar.feeds.spool import MOST_BYTES, fill, spool
from daftar.store.keys import Secrets

MOST_AT_ONCE = 4
"""Pushes one process takes at once: each holds a spooled body, a thread and a connection."""

_running: list[str] = []


class TooManyPushes(Exception):
    """As many pushes as may run at once are running; the sender tries again later."""


async def receive_feed(
    table: str,
    batch: str,
    content_type: str,
    chunks: AsyncIterator[bytes],
    *,
    database_url: str,
    secrets: Secrets,
    at: datetime,
    office: str = "",
    files: Path | None = None,
    most_bytes: int = MOST_BYTES,
) -> Report:
    """Load a pushed body; `office` stands for rows that name none; rows that name another are quarantined.

    Raises TooManyPushes before anything of the body is read, and daftar.feeds.spool.BodyTooLarge as soon as more than
    `most_bytes` have come; nothing is loaded then. Counted on the event loop, so nobody waits. `files` is the folder of
    what rows of photos name.
    """
    with _place(batch), spool() as file:
        await fill(file, chunks, most_bytes)
        return await asyncio.to_thread(
            load_stream,
            database_url,
            secrets,
            table,
            file,
            name=batch,
            content_type=content_type,
            at=at,
            office=office,
            files=files,
        )


@contextmanager
def _place(batch: str) -> Iterator[None]:
    """A place among the running pushes, given back whatever happens."""
    if len(_running) >= MOST_AT_ONCE:
        raise TooManyPushes(batch)
    _running.append(batch)
    try:
        yield
    finally:
        _running.remove(batch)
