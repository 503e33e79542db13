"""Waiting for a busy database instead of failing: SQLite's one write lock, PostgreSQL's deadlocks."""

import sqlite3
import time
from collections.abc import Callable
from typing import TypeVar

import psycopg

Result = TypeVar("Result")

_TRIES = 60  # on SQLite each has waited for the lock already, as long as the connection waits
_PAUSE_SECONDS = 0.05


def patiently(work: Callable[[], Result]) -> Result:
    """Run a whole transaction, and again when the database was busy; any other error goes on at once."""
    for _ in range(_TRIES):
        try:
            return work()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
        except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure, psycopg.errors.LockNotAvailable):
            pass
        time.sleep(_PAUSE_SECONDS)
    return work()
