"""An identity authority that holds the photographs: it is asked over HTTP whether a live portrait is this person's.

    POST {url}   Authorization: Bearer {token}
    {"request":"<uuid>","identifier":{"type":"cn-resident-id","number":"…"},"name":"…","portrait":"<JPEG in base64>"}
    200 {"outcome":"same" | "other" | "unknown"}

Liveness is judged here first, and one frame of a live capture leaves the house, never the others. The same `request` is
the same question. Everything but these three answers, within `seconds` altogether, is *unavailable*, not a refusal.
"""

import base64
import http.client
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from time import monotonic
from urllib.parse import urlsplit

import structlog

from daftar.portal.proxy.faces.judging import judged, task_of
from daftar.portal.proxy.faces.port import Finding, Outcome, Question
from daftar.portal.proxy.faces.task import Found, Task

SECONDS = 4.0
LONGEST_ANSWER = 10_000
ANSWERS = {"same": Outcome.ACCEPTED, "other": Outcome.OTHER_PERSON, "unknown": Outcome.NO_REFERENCE}
LOOPBACK = ("127.0.0.1", "::1", "localhost")

_log = structlog.get_logger()


class AuthorityVerifier:
    """The HTTP verifier. `judge` judges liveness; it is an argument because its process has tests of its own."""

    name = "authority"

    def __init__(self, url: str, token: str, seconds: float = SECONDS, judge: Callable[[Task], Found] = judged) -> None:
        self._to = urlsplit(url)
        if self._to.scheme != "https" and not (self._to.scheme == "http" and self._to.hostname in LOOPBACK):
            raise ValueError("an identity authority is asked by https")
        self._token, self._seconds, self._judge = token, seconds, judge

    def verify(self, question: Question) -> Finding:
        """Judge liveness here, then ask whose portrait it is."""
        found = self._judge(task_of(question, None))
        if found.outcome is not Outcome.ACCEPTED or found.portrait is None:
            return Finding(found.outcome)
        try:
            return Finding(self._asked(question, question.frames[found.portrait].jpeg))
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError, RecursionError) as error:
            _log.error("face_authority_failed", error=type(error).__name__)
            return Finding(Outcome.UNAVAILABLE)

    def _asked(self, question: Question, portrait: bytes) -> Outcome:
        """One request; raises when the answer is late, none of the three, or no answer at all."""
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        with self._connection() as connection:
            connection.request("POST", self._to.path or "/", _request(question, portrait), headers)
            response = connection.getresponse()
            answer = response.read(LONGEST_ANSWER + 1)
        if response.status != http.client.OK or len(answer) > LONGEST_ANSWER:
            raise http.client.HTTPException
        return ANSWERS[json.loads(answer)["outcome"]]

    @contextmanager
    def _connection(self) -> Iterator[http.client.HTTPConnection]:
        """A connection that is cut off when the time is over, also when bytes still drip in."""
        kind = http.client.HTTPSConnection if self._to.scheme == "https" else http.client.HTTPConnection
        begun = monotonic()
        connection = kind(str(self._to.hostname), self._to.port, timeout=self._seconds)
        connection.connect()
        cut = Timer(self._seconds - (monotonic() - begun), _cut_off, (connection.sock,))
        cut.start()
        try:
            yield connection
        finally:
            cut.cancel()
            connection.close()


def _cut_off(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _request(question: Question, portrait: bytes) -> bytes:
    subject = question.subject
    return json.dumps(
        {
            "request": str(question.challenge),
            "identifier": {"type": subject.id_type, "number": subject.number},
            "name": subject.name,
            "portrait": base64.b64encode(portrait).decode(),
        }
    ).encode()
