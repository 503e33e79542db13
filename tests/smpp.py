"""A network of telephones on loopback: an SMPP 3.4 server of which the real Kannel is the client.

It keeps what was submitted, hands in messages as telephones do, and gives delivery reports. One server serves SMS and
USSD: each of Kannel's links is known by the `system_id` that it binds with.
"""

import itertools
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PATIENCE = 60.0
GENERIC_NACK, BIND_RECEIVER, BIND_TRANSMITTER, SUBMIT, DELIVER, UNBIND, BIND_TRANSCEIVER, ENQUIRE = (
    *(0x80000000, 0x01, 0x02, 0x04, 0x05, 0x06, 0x09, 0x15),
)
RESPONSE = 0x80000000
USSD_SERVICE_OP, RECEIPTED_MESSAGE_ID, MESSAGE_STATE, MESSAGE_PAYLOAD = 0x0501, 0x001E, 0x0427, 0x0424
DELIVERED, UNDELIVERABLE = 2, 5
RECEIPT = 0x04
CODINGS = {0: "latin-1", 1: "ascii", 3: "latin-1", 8: "utf-16-be"}


@dataclass(frozen=True)
class Sms:
    """One message that Kannel has submitted."""

    id: str
    system_id: str
    source: str
    destination: str
    text: str
    coding: int
    options: dict[int, bytes]

    @property
    def segments(self) -> int:
        """How many the network would bill; 1 for what fits."""
        most = 70 if self.coding == 8 else 160
        return max(1, -(-len(self.text) // most))


@dataclass
class Link:
    """One bound connection."""

    system_id: str
    connection: socket.socket
    sending: threading.Lock = field(default_factory=threading.Lock)

    def send(self, command: int, sequence: int, body: bytes = b"", status: int = 0) -> None:
        """One PDU."""
        with self.sending:
            self.connection.sendall(struct.pack(">IIII", 16 + len(body), command, status, sequence) + body)


class Network:
    """The server; `submitted` grows as Kannel sends. While `mute` is set nothing submitted is acknowledged."""

    def __init__(self) -> None:
        self.submitted: list[Sms] = []
        self.mute = threading.Event()
        self.links: list[Link] = []
        self.changed = threading.Condition()
        self.acknowledged: set[int] = set()
        self.numbers = itertools.count(1)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def wait(self, what: "object", seconds: float = PATIENCE) -> None:
        """Until `what()` is true. Raises AssertionError when it takes too long."""
        with self.changed:
            assert self.changed.wait_for(what, seconds), "the network waited in vain"  # type: ignore[arg-type]

    def link(self, system_id: str) -> Link:
        """The newest link of a system, once it is bound."""
        self.wait(lambda: any(each.system_id == system_id for each in self.links))
        return [each for each in self.links if each.system_id == system_id][-1]

    def text(self, message: str, *, sender: str, to: str = "1420", by: str = "sms", **options: int) -> None:
        """A telephone sends a message; returns once Kannel has acknowledged it. `ussd_service_op` for USSD."""
        coding = 0 if message.isascii() else 8
        body = (
            b"\0" + _address(sender, 1, 1) + _address(to, 0, 1) + bytes([0, 0, 0]) + b"\0\0" + bytes([0, 0, coding, 0])
        )
        encoded = message.encode(CODINGS[coding])
        short = encoded if len(encoded) < 255 else b""
        body += bytes([len(short)]) + short
        if not short and encoded:
            body += _option(MESSAGE_PAYLOAD, encoded)
        if "ussd_service_op" in options:
            body += _option(USSD_SERVICE_OP, bytes([options["ussd_service_op"]]))
        self._deliver(self.link(by), body)

    def report(self, sms: Sms, state: int = DELIVERED) -> None:
        """What became of a submitted message."""
        word = {DELIVERED: "DELIVRD", UNDELIVERABLE: "UNDELIV"}[state]
        text = f"id:{sms.id} sub:001 dlvrd:001 submit date:2611220900 done date:2611220900 stat:{word} err:000 text:"
        body = b"\0" + _address(sms.destination, 1, 1) + _address(sms.source, 0, 1) + bytes([RECEIPT, 0, 0]) + b"\0\0"
        body += bytes([0, 0, 0, 0, len(text)]) + text.encode()
        body += _option(RECEIPTED_MESSAGE_ID, sms.id.encode() + b"\0") + _option(MESSAGE_STATE, bytes([state]))
        self._deliver(self.link(sms.system_id), body)

    def close(self) -> None:
        """The network is gone."""
        self.listening.close()
        for link in self.links:
            link.connection.close()

    def _deliver(self, link: Link, body: bytes) -> None:
        sequence = next(self.numbers)
        link.send(DELIVER, sequence, body)
        self.wait(lambda: sequence in self.acknowledged)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        link = Link("", connection)
        try:
            while head := _exactly(connection, 16):
                length, command, status, sequence = struct.unpack(">IIII", head)
                self._answer(link, command, status, sequence, _exactly(connection, length - 16))
        except OSError:
            pass
        finally:
            with self.changed:
                self.links = [each for each in self.links if each is not link]
                self.changed.notify_all()
            connection.close()

    def _answer(self, link: Link, command: int, status: int, sequence: int, body: bytes) -> None:
        match command:
            case _ if command in (BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER):
                link.system_id = body.split(b"\0", 1)[0].decode()
                link.send(command | RESPONSE, sequence, b"network\0")
                with self.changed:
                    self.links.append(link)
                    self.changed.notify_all()
            case _ if command == SUBMIT:
                sms = _submitted(f"{next(self.numbers):08x}", link.system_id, body)
                if self.mute.is_set():
                    return
                link.send(SUBMIT | RESPONSE, sequence, sms.id.encode() + b"\0")  # before anybody reports of it
                with self.changed:
                    self.submitted.append(sms)
                    self.changed.notify_all()
            case _ if command == DELIVER | RESPONSE:
                with self.changed:
                    if status == 0:
                        self.acknowledged.add(sequence)
                    self.changed.notify_all()
            case _ if command in (ENQUIRE, UNBIND):
                link.send(command | RESPONSE, sequence)


@contextmanager
def network() -> Iterator[Network]:
    """A network until the block ends."""
    running = Network()
    try:
        yield running
    finally:
        running.close()


def eventually(what: "object", seconds: float = PATIENCE) -> None:
    """Wait until `what()` is true, looking often; a slow machine only takes longer."""
    until = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.02)


def _submitted(id: str, system_id: str, body: bytes) -> Sms:
    _, rest = _string(body)  # service type
    source, rest = _string(rest[2:])
    destination, rest = _string(rest[2:])
    _, rest = _string(rest[3:])  # esm class, protocol, priority; schedule
    _, rest = _string(rest)  # validity
    coding, length = rest[2], rest[4]
    text, rest = rest[5 : 5 + length], rest[5 + length :]
    options: dict[int, bytes] = {}
    while rest:
        tag, size = struct.unpack(">HH", rest[:4])
        options[tag], rest = rest[4 : 4 + size], rest[4 + size :]
    text = text or options.get(MESSAGE_PAYLOAD, b"")
    return Sms(id, system_id, source, destination, text.decode(CODINGS.get(coding, "latin-1")), coding, options)


def _string(body: bytes) -> tuple[str, bytes]:
    text, _, rest = body.partition(b"\0")
    return text.decode("latin-1"), rest


def _address(number: str, ton: int, npi: int) -> bytes:
    return bytes([ton, npi]) + number.lstrip("+").encode() + b"\0"


def _option(tag: int, value: bytes) -> bytes:
    return struct.pack(">HH", tag, len(value)) + value


def _exactly(connection: socket.socket, count: int) -> bytes:
    read = b""
    while len(read) < count:
        piece = connection.recv(count - len(read))
        if not piece:
            raise OSError("closed")
        read += piece
    return read
