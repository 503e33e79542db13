"""HTTP as the watch speaks it: short, without redirects, within a deadline and a size (S2.15)."""

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

MOST_BYTES = 256 * 1024
PIECE = 16 * 1024


class NoAnswer(Exception):
    """Nothing useful came back; `problem` is `no_connection` or `too_slow`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Response:
    """Status and the beginning of the body; where a redirect leads, and the cookies that were set."""

    status: int
    body: bytes
    location: str = ""
    cookies: Mapping[str, str] = field(default_factory=dict)


def send(
    method: str, url: str, *, seconds: float, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """One request, the whole of it within `seconds`. Raises NoAnswer. A redirect is an answer like any other."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    until = time.monotonic() + seconds
    line = kind(parts.hostname or "", parts.port, timeout=seconds)
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        line.request(method, path, body, {"User-Agent": "daftar", **(headers or {})})
        answer = line.getresponse()
        cookies: SimpleCookie = SimpleCookie()
        for each in answer.headers.get_all("Set-Cookie", []):
            cookies.load(each)
        set_now = {name: morsel.value for name, morsel in cookies.items()}
        return Response(answer.status, _read(answer, until), answer.headers.get("Location", ""), set_now)
    except TimeoutError:
        raise NoAnswer("too_slow") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NoAnswer("no_connection") from None
    finally:
        line.close()


def _read(answer: http.client.HTTPResponse, until: float) -> bytes:
    """The body as far as it is wanted; a server that drips it out byte by byte runs out of time all the same."""
    read = b""
    while len(read) < MOST_BYTES and (piece := answer.read1(PIECE)):
        if time.monotonic() > until:
            raise TimeoutError
        read += piece
    return read
