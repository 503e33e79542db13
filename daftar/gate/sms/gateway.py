"""Kannel's side of an SMS: handing one over by its sendsms, and asking what it holds (libraries.md, «SMS and USSD»).

Handed over by POST, so that neither number nor text stands in an address; the connection is kept and used again.
"""

import select
from dataclasses import dataclass
from enum import Enum
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import quote, unquote_plus, urlencode

from daftar.disclosure.outbox import Message
from daftar.gate.gateways import KANNEL
from daftar.store.keys import Secrets
from daftar.terms.gsm import in_gsm

SECONDS = 20.0
REPORTS_WANTED = 1 | 2 | 8 | 16  # delivered, undeliverable, accepted and rejected by the network
USUAL, URGENT = 0, 1  # of 0 to 3; networks are told it too (SMPP priority_flag)
LARGEST_STORE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class GatewayAddress:
    """One web address, with user and password apart: they never stand in a log."""

    host: str
    port: int
    path: str
    user: str = ""
    password: str = ""
    tls: bool = False

    def connect(self) -> HTTPConnection:
        """A connection that is not open yet."""
        kind = HTTPSConnection if self.tls else HTTPConnection
        return kind(self.host, self.port, timeout=SECONDS)


@dataclass(frozen=True, slots=True)
class Gateway:
    """How to reach Kannel, and how Kannel reaches us; `store` None: its store cannot be asked."""

    sendsms: GatewayAddress
    store: GatewayAddress | None
    reports: str
    secret: str
    number: str
    smsc: str = "sms"


class Handed(Enum):
    """What came of handing a message over."""

    ACCEPTED = "accepted"  # it lies in the gateway's store
    REFUSED = "refused"  # it will never be taken
    LATER = "later"  # not now
    AWAY = "away"  # nobody listens: nothing was handed over
    UNKNOWN = "unknown"  # the answer did not come: it may lie there


def report_mark(secrets: Secrets, id: int) -> str:
    """What proves that a report of a message comes from the gateway that had it from us."""
    return secrets.key("sms-report", str(id)).hex


class Client:
    """One connection to sendsms; each thread has its own."""

    def __init__(self, gateway: Gateway, secrets: Secrets) -> None:
        self._gateway = gateway
        self._secrets = secrets
        self._connection: HTTPConnection | None = None

    def hand(self, id: int, message: Message, *, urgent: bool = True) -> Handed:
        """Hand one message over; what is urgent overtakes in the gateway's own queue what is not."""
        try:
            connection = self._open()
        except OSError:
            return Handed.AWAY
        try:
            connection.request(
                "POST", self._gateway.sendsms.path, message.text.encode(), self._headers(id, message, urgent)
            )
            response = connection.getresponse()
            response.read()
        except (OSError, HTTPException):
            self.close()
            return Handed.UNKNOWN
        if response.will_close:
            self.close()
        return _read(response)

    def close(self) -> None:
        """Let go of the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _open(self) -> HTTPConnection:
        """The kept connection, unless the gateway has closed it meanwhile; raises OSError when nobody listens."""
        kept = self._connection
        if kept is not None and kept.sock is not None and not select.select([kept.sock], [], [], 0)[0]:
            return kept
        self.close()
        fresh = self._gateway.sendsms.connect()
        fresh.connect()
        self._connection = fresh
        return fresh

    def _headers(self, id: int, message: Message, urgent: bool) -> dict[str, str]:
        gateway = self._gateway
        scheme, _, rest = gateway.reports.partition("://")
        mark = report_mark(self._secrets, id)
        report = f"{scheme}://{KANNEL}:{quote(gateway.secret, safe='')}@{rest}/sms/reports/{id}/{mark}?state=%d"
        return {
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Kannel-Username": gateway.sendsms.user,
            "X-Kannel-Password": gateway.sendsms.password,
            "X-Kannel-From": message.sender or gateway.number,
            "X-Kannel-To": message.to,
            "X-Kannel-Coding": "0" if in_gsm(message.text) else "2",
            "X-Kannel-SMSC": gateway.smsc,
            "X-Kannel-Priority": str(URGENT if urgent else USUAL),
            "X-Kannel-DLR-Mask": str(REPORTS_WANTED),
            "X-Kannel-DLR-Url": report,
        }


def _read(response: HTTPResponse) -> Handed:
    if response.status == 202:
        return Handed.ACCEPTED  # also "queued for later delivery"
    if response.status == 400:
        return Handed.REFUSED
    return Handed.LATER  # a password that is wrong is mended by the operator, and nothing is lost until then


def held(gateway: Gateway) -> set[tuple[str, str]] | None:
    """Receiver and text of each message in Kannel's store; None when it cannot be asked."""
    if gateway.store is None:
        return None
    connection = gateway.store.connect()
    try:
        path = f"{gateway.store.path}?{urlencode({'password': gateway.store.password})}"
        connection.request("GET", path)
        response = connection.getresponse()
        listing = response.read(LARGEST_STORE + 1)
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
    if response.status != 200 or not listing.startswith(b"[SMS ID]") or len(listing) > LARGEST_STORE:
        return None
    return {entry for line in listing.decode("ascii", "replace").splitlines()[1:] if (entry := _entry(line))}


def _entry(line: str) -> tuple[str, str] | None:
    """`[id] [type] [time] [sender] [receiver] [smsc] [box] [flags] [udh] [text]`, the text percent-encoded."""
    cells = line.strip().removeprefix("[").removesuffix("]").split("] [")
    if len(cells) != 10 or not cells[1].startswith("MT"):
        return None
    raw = unquote_plus(cells[9], encoding="latin-1").encode("latin-1")
    two_bytes = cells[7].partition(":")[2].partition(":")[0] == "2"
    return cells[4], raw.decode("utf-16-be" if two_bytes else "utf-8", "replace")
