"""A thread of every serving process that adds what its doors have seen to the table that all share (S2.15)."""

import sqlite3
import threading
from datetime import UTC, datetime
from functools import cache

import psycopg
import structlog

from daftar.answers.traffic import TRAFFIC
from daftar.config import environment as env
from daftar.store.connect import connect, transaction
from daftar.store.dialect import Connection

EVERY_SECONDS = 15.0
log = structlog.get_logger()


@cache
def start_keeping() -> threading.Event:
    """Start once in a process; the event stops it."""
    stop = threading.Event()
    threading.Thread(target=keep_traffic, args=(env.database_url(), stop), name="traffic", daemon=True).start()
    return stop


def keep_traffic(url: str, stop: threading.Event, *, every: float = EVERY_SECONDS) -> None:
    """Add every few seconds; while the database is away, what is seen waits in memory."""
    conn: Connection = None
    while not stop.wait(every):
        try:
            conn = conn or connect(url, statement_seconds=5)
            with transaction(conn):
                TRAFFIC.keep(conn, datetime.now(UTC))
            TRAFFIC.kept()
        except (psycopg.Error, sqlite3.Error, OSError) as error:
            log.warning("traffic not kept", error=type(error).__name__)
            if conn is not None:
                conn.close()
            conn = None
