"""A pushed batch: its body spooled, loaded in a thread, reported (contracts §3, PUT /feeds/{table}/{batch})."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

from daftar.feeds.load import load_stream
from daftar.feeds.report import Report
from daftar.feeds.spool import MOST_BYTES, fill, spool
from daftar.store.keys import Secrets


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
    most_bytes: int = MOST_BYTES,
) -> Report:
    """Load a pushed body; `office` stands for rows that name none.

    Raises daftar.feeds.spool.BodyTooLarge as soon as more than `most_bytes` have come; nothing is loaded then.
    """
    with spool() as file:
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
        )
