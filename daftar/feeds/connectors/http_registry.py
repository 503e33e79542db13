"""A registry over HTTP. Nothing is followed, nothing large is read, and after `seconds` altogether it is *away*.

    POST {url}   Authorization: Bearer {token}
    {"request":"<uuid>","identifier":{"type":"ir-national-code","number":"…"},"day":"2026-11-22"}
    200 {"request":"<the same>","outcome":"confirmed","valid_from":"2026-09-23","valid_until":"2027-09-22"}
    200 {"request":"<the same>","outcome":"not_found"}

`valid_from` may be missing: the day that was asked about; `valid_until` may be missing or null: no stated end. The same
`request` is the same question, so that asking again after an answer got lost is no second look.
"""

import http.client
import json
import random
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from threading import Event, Timer
from typing import Any
from urllib.parse import urlsplit

from daftar.feeds.connectors.breaker import Breaker
from daftar.feeds.connectors.port import Confirmed, Finding, NotFound, Question, Unanswered
from daftar.terms.calendars import read_iso_day
from daftar.terms.outcomes import EvidenceKind

SECONDS = 6.0
TRIES = 3
FIRST_WAIT = 0.2
LONGEST_ANSWER = 10_000
LONGEST_VALID = timedelta(days=3660)
EARLIEST = date(1900, 1, 1)
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class _AwayError(Exception):
    """Worth another try: the other side is down, late or overloaded."""


class _RefusedError(Exception):
    """The other side does not want this request: asking again changes nothing."""


class HttpRegistry:
    """One registry of one kind of evidence, with its breaker."""

    def __init__(
        self,
        kind: EvidenceKind,
        url: str,
        token: str,
        *,
        seconds: float = SECONDS,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.kind = kind
        self._to = urlsplit(url)
        if self._to.scheme != "https" and not (self._to.scheme == "http" and self._to.hostname in LOOPBACK):
            raise ValueError("a registry is asked by https")
        self._token, self._seconds, self._wait = token, seconds, wait
        self._breaker = Breaker()

    def ready(self, at: datetime) -> bool:
        """Whether its breaker lets a question through."""
        return self._breaker.lets_through(at)

    def unasked(self, at: datetime) -> None:
        """What its breaker let through is not asked."""
        self._breaker.unused(at)

    def ask(self, question: Question, *, at: datetime) -> Finding:
        """Ask, again where that may help."""
        found = self._found(question)
        if isinstance(found, Unanswered):
            self._breaker.failed(at)
        else:
            self._breaker.succeeded()
        return found

    def _found(self, question: Question) -> Finding:
        until = time.monotonic() + self._seconds
        for tried in range(TRIES):
            left = until - time.monotonic()
            if left <= 0:
                break
            try:
                return _read(self._answer(question, left), question)
            except _AwayError:
                pause = FIRST_WAIT * 2**tried * random.uniform(0.5, 1.5)
                self._wait(max(0.0, min(pause, until - time.monotonic())))
            except _RefusedError:
                return Unanswered("refused")
            except (ValueError, KeyError, TypeError, RecursionError):
                return Unanswered("nonsense")
        return Unanswered("away")

    def _answer(self, question: Question, seconds: float) -> bytes:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        target = self._to.path + (f"?{self._to.query}" if self._to.query else "") or "/"
        try:
            with self._connection(seconds) as connection:
                connection.request("POST", target, _written(question), headers)
                response = connection.getresponse()
                answer = response.read(LONGEST_ANSWER + 1)
                if response.length and len(answer) <= LONGEST_ANSWER:
                    raise http.client.IncompleteRead(answer, response.length)
        except (OSError, http.client.HTTPException) as error:
            raise _AwayError from error
        if response.status == http.client.OK:
            return answer
        if response.status >= 500 or response.status == http.client.TOO_MANY_REQUESTS:
            raise _AwayError
        raise _RefusedError  # also redirects: a person's number goes to the address that was agreed and to no other

    @contextmanager
    def _connection(self, seconds: float) -> Iterator[http.client.HTTPConnection]:
        """A connection that is cut off when the time is over, also when bytes still drip in."""
        kind = http.client.HTTPSConnection if self._to.scheme == "https" else http.client.HTTPConnection
        begun = time.monotonic()
        connection = kind(str(self._to.hostname), self._to.port, timeout=seconds)
        connection.connect()
        late = Event()
        cut = Timer(max(0.0, seconds - (time.monotonic() - begun)), _cut_off, (connection.sock, late))
        cut.start()
        try:
            yield connection
        finally:
            cut.cancel()
            connection.close()
        if late.is_set():  # what was read may be the beginning of an answer
            raise TimeoutError


def _cut_off(sock: socket.socket, late: Event) -> None:
    late.set()
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _written(question: Question) -> bytes:
    identifier = {"type": question.identifier.type, "number": question.identifier.number}
    sent = {"request": str(question.request), "identifier": identifier, "day": question.day.isoformat()}
    return json.dumps(sent).encode()


def _read(answer: bytes, question: Question) -> Finding:
    """The finding that an answer says. Raises ValueError, KeyError, TypeError when it says none."""
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("longer than any answer")
    said = json.loads(answer)
    if said["request"] != str(question.request):
        raise ValueError("an answer to another request")
    if said["outcome"] == "not_found":
        return NotFound()
    if said["outcome"] != "confirmed":
        raise ValueError("neither of the two outcomes")
    valid_from = _day(said.get("valid_from")) or question.day
    valid_until = _day(said.get("valid_until"))
    last = question.day + LONGEST_VALID
    if not EARLIEST <= valid_from <= last or (valid_until and not valid_from <= valid_until <= last):
        raise ValueError("days that no certificate bears")
    return Confirmed(valid_from, valid_until)


def _day(said: Any) -> date | None:
    return None if said is None else read_iso_day(said)
