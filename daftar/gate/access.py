"""Who may ask now: a snapshot of organisations, agreements and clients, at most a second old (contracts §3).

A thread watches the counter `access_change` and reads everything anew when it has risen. When the database has been
away for ten seconds the snapshot is too old and the gate refuses.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import structlog

from daftar.answers import Charge
from daftar.disclosure.agreements import AgreementTerms, any_allows, charges, read_purposes
from daftar.store.connect import connect
from daftar.store.dialect import Connection, as_date, rows

WATCH_SECONDS = 0.4
OLDEST_SECONDS = 10.0
FIRST_LOOK_SECONDS = 2.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ClientAccess:
    """What a client may do now."""

    client_id: str
    organisation: str
    office: str
    scopes: frozenset[str]
    standing: bool  # the organisation exists and is not suspended; the insurer's own clients always stand
    agreements: tuple[AgreementTerms, ...]
    limited: bool = False  # whether any agreement has a daily quota
    kind: str = ""  # the organisation's; empty for the insurer's own clients

    known: dict[tuple[str, date], bool] = field(default_factory=dict)  # what has been found out of this snapshot

    def may(self, purpose: str, day: date) -> bool:
        """Whether an agreement in force on `day` allows `purpose`."""
        found = self.known.get((purpose, day))
        if found is None:
            found = self.known[purpose, day] = self.standing and any_allows(self.agreements, purpose, day)
        return found

    def charges(self, purpose: str, day: date) -> tuple[Charge, ...]:
        """The quotas of which an inquiry uses up one; empty where there is no quota."""
        return charges(self.agreements, self.organisation, purpose, day) if self.limited else ()


class Access:
    """The snapshot and its watcher."""

    def __init__(self, database_url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = database_url
        self._clock = clock
        self._clients: dict[str, ClientAccess] = {}
        self._version = -1
        self._seen = float("-inf")
        self._stop = threading.Event()
        self._looked = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="access", daemon=True)

    def start(self) -> None:
        """Begin watching. Waits for the first look, so that no client is strange to a process that has just started;
        with the database away not longer than `FIRST_LOOK_SECONDS`.
        """
        self._thread.start()
        self._looked.wait(FIRST_LOOK_SECONDS)

    def stop(self) -> None:
        """End watching."""
        self._stop.set()
        self._thread.join(timeout=5)

    @property
    def fresh(self) -> bool:
        """Whether the snapshot is young enough to trust."""
        return self._clock() - self._seen < OLDEST_SECONDS

    def client(self, client_id: str) -> ClientAccess | None:
        """The client's access; None when it is unknown or switched off."""
        return self._clients.get(client_id)

    def refresh(self, conn: Connection) -> None:
        """Look once, and read anew when something has changed."""
        before = self._clock()
        version = rows(conn, "SELECT version FROM access_change WHERE id = 1")[0][0]
        if version != self._version:
            self._clients = read_clients(conn)
            self._version = version
        self._seen = before
        self._looked.set()

    def _watch(self) -> None:
        conn: Connection = None
        while not self._stop.wait(WATCH_SECONDS if conn is not None else 0):
            try:
                if conn is None:
                    conn = connect(self._url, statement_seconds=5)
                self.refresh(conn)
            except Exception as error:  # whatever the driver raises: the snapshot grows old and the gate refuses
                log.warning("access snapshot not refreshed", error=type(error).__name__)
                _close(conn)
                conn = None
                self._stop.wait(WATCH_SECONDS)
        _close(conn)


def read_clients(conn: Connection) -> dict[str, ClientAccess]:
    """All clients that are switched on, with their organisation's agreements."""
    kinds: dict[str, str] = dict(
        rows(conn, "SELECT code, kind FROM organisation WHERE NOT withdrawn AND NOT suspended")
    )
    agreements: dict[str, list[AgreementTerms]] = {}
    held = rows(
        conn, "SELECT organisation, starts, ends, purposes, number, daily_quota FROM agreement WHERE NOT withdrawn"
    )
    for organisation, starts, ends, purposes, number, quota in held:
        allowed = read_purposes(kinds.get(organisation, ""), purposes)
        terms = AgreementTerms(as_date(starts) or starts, as_date(ends), allowed, number, quota)
        agreements.setdefault(organisation, []).append(terms)
    return {
        client_id: ClientAccess(
            client_id=client_id,
            organisation=organisation,
            office=office,
            scopes=frozenset(scopes.split()),
            standing=not organisation or organisation in kinds,
            agreements=tuple(agreements.get(organisation, ())),
            limited=any(each.daily_quota is not None for each in agreements.get(organisation, ())),
            kind=kinds.get(organisation, ""),
        )
        for client_id, organisation, office, scopes in rows(
            conn, "SELECT client_id, organisation, office, scopes FROM api_client WHERE enabled"
        )
    }


def _close(conn: Connection) -> None:
    if conn is not None:
        try:
            conn.close()
        except Exception as error:
            log.warning("connection not closed", error=type(error).__name__)
