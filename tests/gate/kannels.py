"""Kannel's sendsms and its store at the network's edge, for what the real one cannot be made to do at a moment."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

from daftar.gate.sms.gateway import Gateway, GatewayAddress


@dataclass
class StubKannel:
    """What it was given, and how it answers: a status, or None to hang up without a word."""

    taken: list[tuple[dict[str, str], str]] = field(default_factory=list)
    answers: list[int | None] = field(default_factory=list)
    store: list[tuple[str, str]] = field(default_factory=list)
    hangs_up_after: bool = False
    hung_up: int = 0
    paths: list[str] = field(default_factory=list)
    gateway: Gateway = field(init=False)

    def listing(self) -> bytes:
        """store-status.txt as Kannel 1.4.5 writes it."""
        now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
        lines = ["[SMS ID] [Type] [Time] [Sender] [Receiver] [SMSC ID] [BOX ID] [Flags] [UDH] [Message]"]
        for to, text in self.store:
            two = not text.isascii()
            shown = quote(text.encode("utf-16-be" if two else "ascii"), safe="")
            lines.append(
                f"[id] [MT-PUSH] [{now}] [1420] [{to}] [sms] [daftar] [-1:{2 if two else 0}:-1:-1:27] [] [{shown}]"
            )
        return "\n".join(lines).encode()


@contextmanager
def stub_kannel() -> Iterator[StubKannel]:
    """A stub until the block ends."""
    stub = StubKannel()
    lock = threading.Lock()

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            with lock:
                stub.paths.append(self.path)
                answer = stub.answers.pop(0) if stub.answers else 202
                if answer == 202:
                    stub.taken.append((dict(self.headers), text))
            if answer is None:
                self.close_connection = True
                return
            self.reply(answer, b"0: Accepted for delivery")
            self.close_connection = stub.hangs_up_after

        def do_GET(self) -> None:
            self.reply(200, stub.listing())

        def reply(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    class Server(ThreadingHTTPServer):
        def shutdown_request(self, request: Any) -> None:
            """Count who is no longer on the line."""
            super().shutdown_request(request)
            with lock:
                stub.hung_up += 1

    server = Server(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    port = server.server_port
    stub.gateway = Gateway(
        sendsms=GatewayAddress("127.0.0.1", port, "/cgi-bin/sendsms", "daftar", "password"),
        store=GatewayAddress("127.0.0.1", port, "/store-status.txt", "admin", "password"),
        reports="http://127.0.0.1:8001",
        secret="a-secret-of-the-gate",
        number="1420",
    )
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
