"""A thread of the portal that asks registries by night (daftar.feeds.connectors.nightly); none where none is named.

Each process has one; a lease lets a single one ask, so that a registry meets the same four hands, and one breaker at a
time, however many processes serve. The lease is held on while questions go out, and free when who held it dies.
"""

import sqlite3
import threading
import traceback
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg
import structlog

from daftar.answers import SharedWriter, TrackingCodes
from daftar.config import environment as env
from daftar.feeds.connectors.asking import Journal
from daftar.feeds.connectors.nightly import Pass, ask_due, is_night
from daftar.feeds.connectors.registries import Connector
from daftar.store.connect import connect

EVERY = timedelta(minutes=10)
LOOK_SECONDS = 30.0
LEASE_NAME, LEASE = "registry_pass", timedelta(minutes=20)
"""Longer than what lies between two looks at the lease: the patience below and a few questions."""
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
    from django.db import DatabaseError, close_old_connections

    from daftar.portal.monitoring.duties import duty_take
    from daftar.portal.monitoring.leases import HeldElsewhere

    while not stop.wait(LOOK_SECONDS):
        try:
            if duty_take("registries", every=EVERY, at=_now()):
                for name, done in ask_registries().items():
                    if done.asked:
                        log.info("registry_asked", registry=name, **vars(done))
        except HeldElsewhere:  # by hand: `daftar registries ask`
            continue
        except (OSError, sqlite3.Error, psycopg.Error, DatabaseError) as error:
            log.warning("registries not asked", error=type(error).__name__)
        except Exception as error:  # a defect must not end the asking; frames only: its text may hold a number
            log.error("registries failed", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))
        finally:
            close_old_connections()


def ask_registries(*, by_day: bool = False) -> dict[str, Pass]:
    """One pass over all who wait, by night alone or at once; what each registry's pass has done.

    Raises HeldElsewhere when another process asks at this moment.
    """
    from django.conf import settings

    from daftar.portal.entitlement.registries import registries
    from daftar.portal.monitoring.leases import Lease

    journal, lease = Journal(SharedWriter(), TrackingCodes(settings.SECRETS)), Lease(LEASE_NAME, LEASE)

    def going_on(connector: Connector, at: datetime) -> bool:
        return (by_day or is_night(connector, at)) and lease.still_ours()

    try:
        with closing(connect(env.database_url(), statement_seconds=PATIENT_SECONDS)) as conn:
            return ask_due(conn, settings.SECRETS, registries(), by=journal, clock=_now, going_on=going_on)
    finally:
        lease.give_back()


def _now() -> datetime:
    return datetime.now(UTC)
