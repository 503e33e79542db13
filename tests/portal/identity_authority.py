"""An identity authority, or another registry, on a real socket of this machine: it answers as told, or misbehaves."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Authority:
    """What it says, how it says it, and what it was asked."""

    answer: bytes | Callable[[dict], bytes] = b'{"outcome":"same"}'
    status: int = 200
    first: list[int] = field(default_factory=list)  # statuses of the first requests, before `status`
    manner: str = "plain"
    asked: list[dict] = field(default_factory=list)
    tokens: list[str | None] = field(default_factory=list)
    url: str = ""


class Asked(BaseHTTPRequestHandler):
    """One request to the authority."""

    authority: Authority

    def do_POST(self) -> None:
        self.authority.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.authority.tokens.append(self.headers["Authorization"])
        getattr(self, self.authority.manner)()

    def plain(self) -> None:
        told = self.told
        self.send_response(self.authority.first.pop(0) if self.authority.first else self.authority.status)
        self.send_header("Content-Length", str(len(told)))
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(told)

    @property
    def told(self) -> bytes:
        answer = self.authority.answer
        return answer if isinstance(answer, bytes) else answer(self.authority.asked[-1])

    def silent(self) -> None:
        time.sleep(3)

    def dripping_head(self) -> None:
        self.drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * 100)

    def dripping_answer(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
        self.drip(b" " * 100 + self.told)

    def drip(self, written: bytes) -> None:
        try:
            for byte in written:
                self.wfile.write(bytes([byte]))
                time.sleep(0.05)
        except OSError:
            pass

    def cut_short(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + self.told[:9])
        self.close_connection = True

    def hanging_up(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(authority: Authority) -> Iterator[Authority]:
    """The authority on a port of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Asked,), {"authority": authority}))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    authority.url = f"http://127.0.0.1:{server.server_port}/compare"
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
