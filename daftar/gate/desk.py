"""Work that is not hot: a few threads with a connection each, one transaction a call, a bounded queue, a deadline."""

import asyncio
import contextvars
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import psycopg
import structlog

from daftar.gate.lanes import DATA_ERRORS
from daftar.gate.problems import Problem
from daftar.store.connect import connect, transaction
from daftar.store.dialect import Connection

THREADS = 4
MOST_WAITING = 256
DEADLINE_SECONDS = 1.8
log = structlog.get_logger()
T = TypeVar("T")


class Desk:
    """Runs functions of a connection, each in a transaction of its own."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="desk")
        self._own = threading.local()
        self._waiting = 0

    async def run(self, work: Callable[[Connection], T]) -> T:
        """`work(conn)` in one committed transaction.

        Raises Problem `unavailable` when the queue is full, the deadline passes or the database is away; what `work`
        raises itself rolls back and comes through.
        """
        if self._waiting >= MOST_WAITING:
            raise Problem("unavailable", retry_after=1)
        self._waiting += 1
        try:
            context = contextvars.copy_context()  # so that what is logged names its request
            running = asyncio.get_running_loop().run_in_executor(self._threads, context.run, self._run, work)
            async with asyncio.timeout(DEADLINE_SECONDS):  # wait_for of Python 3.11 can lose a cancellation
                return await running
        except TimeoutError:
            raise Problem("unavailable", retry_after=2) from None
        finally:
            self._waiting -= 1

    def stop(self) -> None:
        """End the threads after their call at hand."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _run(self, work: Callable[[Connection], T]) -> T:
        try:
            with transaction(self._connection()) as conn:
                return work(conn)
        except DATA_ERRORS as error:
            log.warning("request refused by the database", error=type(error).__name__)
            raise Problem("invalid-input") from None
        except (psycopg.OperationalError, psycopg.InterfaceError, sqlite3.OperationalError) as error:
            log.warning("database away", error=type(error).__name__)
            self._own.conn = None
            raise Problem("unavailable", retry_after=2) from None

    def _connection(self) -> Connection:
        conn = getattr(self._own, "conn", None)
        if conn is None or (isinstance(conn, psycopg.Connection) and conn.closed):
            conn = self._own.conn = connect(self._url, statement_seconds=DEADLINE_SECONDS)
        return conn
