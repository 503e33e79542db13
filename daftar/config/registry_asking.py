"""A thread of the portal that asks registries by night (daftar.feeds.connectors.nightly); none where none is named."""

import sqlite3
import threading
import traceback
from datetime import UTC, datetime

import psycopg
import structlog

from daftar.answers import SharedWriter, TrackingCodes
from daftar.config import environment as env
from daftar.feeds.connectors.asking import Journal
from daftar.feeds.connectors.nightly import Pass, ask_due
from daftar.feeds.connectors.registries import Connector
from daftar.store.connect import connect

EVERY_SECONDS = 600.0
PATIENT_SECONDS = 900
"""For statements: looking for those who wait walks over the spans of a nation, by night."""

log = structlog.get_logger()


def start_asking() -> threading.Event | None:
    """Start asking where a registry has an address; the event stops it. Wants Django set up."""
    from django.conf import settings

    if not settings.REGISTRIES:
        return None
    stop = threading.Event()
    threading.Thread(target=_keep_asking, args=(stop,), name="registries", daemon=True).start()
    return stop


def _keep_asking(stop: threading.Event) -> None:
    while not stop.wait(EVERY_SECONDS):
        try:
            for name, done in ask_registries().items():
                if done.asked:
                    log.info("registry_asked", registry=name, **vars(done))
        except (OSError, sqlite3.Error, psycopg.Error) as error:
            log.warning("registries not asked", error=type(error).__name__)
        except Exception as error:  # a defect must not end the asking; frames only: its text may hold a number
            log.error("registries failed", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))


def ask_registries(*, by_day: bool = False) -> dict[str, Pass]:
    """One pass over all who wait, by night alone or at once; what each registry's pass has done."""
    from django.conf import settings

    from daftar.portal.entitlement.registries import registries

    journal = Journal(SharedWriter(), TrackingCodes(settings.SECRETS))
    conn = connect(env.database_url(), statement_seconds=PATIENT_SECONDS)
    try:
        going_on = {"going_on": _always} if by_day else {}
        return ask_due(conn, settings.SECRETS, registries(), by=journal, clock=_now, **going_on)
    finally:
        conn.close()


def _always(connector: Connector, at: datetime) -> bool:
    return True


def _now() -> datetime:
    return datetime.now(UTC)
