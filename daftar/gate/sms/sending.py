"""Emptying the outbox's SMS to the gateway: a thread of each gate process (ADR 0020).

Messages are taken in a short transaction and handed over outside of it, several at once; several senders never take
the same one. What a sender that died left in doubt is looked up in the gateway's own store before anybody repeats it.
"""

import sqlite3
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import structlog

from daftar.disclosure.sms import dispatch
from daftar.disclosure.sms.dispatch import Outgoing
from daftar.gate.sms.gateway import Client, Gateway, Handed, held
from daftar.store.connect import connect, transaction
from daftar.store.dialect import Connection
from daftar.store.keys import Secrets

EVERY_SECONDS = 0.2
AT_ONCE = 4
MOST_TAKEN = 64
MOST_OF_CAMPAIGNS = 16
"""Of them; whoever asks for a one-time code meanwhile waits for these few at the most."""
AWAY = timedelta(seconds=5)
HANDING_SECONDS = 15.0
log = structlog.get_logger()


def now() -> datetime:
    """The clock of this process, in UTC."""
    return datetime.now(UTC)


class Sending:
    """A connection to the database and a few to the gateway. `clock` is read at each step, for some take long."""

    def __init__(
        self, database_url: str, secrets: Secrets, gateway: Gateway, clock: Callable[[], datetime] = now
    ) -> None:
        self.clock = clock
        self._url = database_url
        self._secrets = secrets
        self._gateway = gateway
        self._conn: Connection = None
        self._clients = [Client(gateway, secrets) for _ in range(AT_ONCE)]
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sendsms")

    def until(self, stop: threading.Event) -> None:
        """Send as messages come in, until told to stop; a gateway or database that is away is tried again."""
        while not stop.wait(EVERY_SECONDS):
            try:
                while self.send() + self.settle() and not stop.is_set():
                    pass
            except (psycopg.Error, sqlite3.Error, OSError) as error:
                log.warning("SMS not sent", error=type(error).__name__)
                self.close()
                stop.wait(1)
            except Exception as error:  # a defect must not end the sending; frames only: its text may hold a number
                log.error("SMS failed", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))
                self.close()
                stop.wait(1)
        self.close()
        self._threads.shutdown()

    def send(self) -> int:
        """One batch; how many messages the gateway took."""
        conn = self._open()
        if not dispatch.anything_to_send(conn, self.clock()):
            return 0
        with transaction(conn):
            taken = dispatch.take(
                conn, self._secrets, most=MOST_TAKEN, most_of_campaigns=MOST_OF_CAMPAIGNS, at=self.clock()
            )
        shares = [taken[start::AT_ONCE] for start in range(AT_ONCE)]
        came = [each for share in self._threads.map(self._hand, self._clients, shares) for each in share]
        with transaction(conn):
            self._note(conn, came, self.clock())
        return sum(handed is Handed.ACCEPTED for _, handed in came)

    def settle(self) -> int:
        """Look up what is in doubt; how many the gateway does not know, so that they are handed over again."""
        conn = self._open()
        if not dispatch.anything_in_doubt(conn, self.clock()):
            return 0
        with transaction(conn):
            doubtful = dispatch.take_doubtful(conn, self._secrets, most=MOST_TAKEN, at=self.clock())
        store = held(self._gateway) if doubtful else set()
        if store is None:
            log.warning("SMS in doubt, and the gateway's store cannot be asked", messages=len(doubtful))
            return 0
        lying = [each for each in doubtful if (each.message.to, each.message.text) in store]
        lost = [each for each in doubtful if each not in lying]
        with transaction(conn):
            dispatch.note_accepted(conn, [each.id for each in lying], self.clock())
            dispatch.note_untouched(conn, lost, self.clock())
        log.info("SMS were in doubt", held=len(lying), again=len(lost))
        return len(lost)

    def close(self) -> None:
        """Let go of the database and the gateway."""
        conn, self._conn = self._conn, None
        if conn is not None:
            conn.close()
        for client in self._clients:
            client.close()

    def _open(self) -> Connection:
        if self._conn is None:
            self._conn = connect(self._url)
        return self._conn

    @staticmethod
    def _hand(client: Client, share: Sequence[Outgoing]) -> list[tuple[Outgoing, Handed]]:
        """Hand a share over, one after the other; once nobody listens the rest is not tried."""
        began, came = time.monotonic(), list[tuple[Outgoing, Handed]]()
        for each in share:
            late = time.monotonic() - began > HANDING_SECONDS  # before anybody takes the rest to be in doubt
            gone = late or (bool(came) and came[-1][1] is Handed.AWAY)
            came.append((each, Handed.AWAY if gone else client.hand(each.id, each.message, urgent=not each.campaign)))
        return came

    @staticmethod
    def _note(conn: Connection, came: Sequence[tuple[Outgoing, Handed]], at: datetime) -> None:
        """What is unknown stays in doubt."""
        dispatch.note_accepted(conn, [each.id for each, handed in came if handed is Handed.ACCEPTED], at)
        dispatch.note_untouched(conn, [each for each, handed in came if handed is Handed.AWAY], at + AWAY)
        for each, handed in came:
            if handed is Handed.REFUSED:
                dispatch.note_refused(conn, each.id)
            elif handed is Handed.LATER:
                dispatch.note_later(conn, each, at)
