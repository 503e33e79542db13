"""The gate's ASGI app: lifespan, routes, and problems for everything that is not answered (design §7)."""

import gc
import traceback
from collections.abc import Awaitable, Callable

import structlog

from daftar.gate.counter import Counter
from daftar.gate.health import TEXT, get_health, get_metrics, get_ready
from daftar.gate.metrics import REFUSED
from daftar.gate.openapi import get_openapi
from daftar.gate.problems import Problem
from daftar.gate.request import Receive, Request, Scope, Send, respond, respond_problem
from daftar.gate.rest.admissions import post_admission
from daftar.gate.rest.affiliation import post_affiliation_inquiry
from daftar.gate.rest.certificates import post_certificate_open
from daftar.gate.rest.eligibility import get_inquiry, post_batch, post_inquiry
from daftar.gate.rest.feed_pushes import put_feed
from daftar.gate.rest.own_entitlement import post_confirm, post_start
from daftar.gate.rest.token import post_token

Handler = Callable[[Counter, Request], Awaitable[tuple[int, bytes]]]
log = structlog.get_logger()

API = "/api/v1"
EXACT: dict[str, tuple[str, Handler]] = {
    f"{API}/eligibility-inquiries": ("POST", post_inquiry),
    f"{API}/eligibility-inquiries/batch": ("POST", post_batch),
    f"{API}/affiliation-inquiries": ("POST", post_affiliation_inquiry),
    f"{API}/certificates/open": ("POST", post_certificate_open),
    f"{API}/own-entitlement/start": ("POST", post_start),
    f"{API}/own-entitlement/confirm": ("POST", post_confirm),
    "/oauth/token": ("POST", post_token),
    f"{API}/openapi.json": ("GET", get_openapi),
    "/healthz": ("GET", get_health),
    "/readyz": ("GET", get_ready),
    "/metrics": ("GET", get_metrics),
}
# A star stands for one part of the path.
PATTERNS: tuple[tuple[str, tuple[str, ...], Handler], ...] = (
    ("GET", ("api", "v1", "eligibility-inquiries", "*"), get_inquiry),
    ("POST", ("api", "v1", "eligibility-inquiries", "*", "admission"), post_admission),
    ("PUT", ("api", "v1", "feeds", "*", "*"), put_feed),
)
PREFIXES = (
    "/oauth/",
    f"{API}/eligibility-inquiries",
    f"{API}/affiliation-inquiries",
    f"{API}/certificates/",
    f"{API}/own-entitlement/",
    f"{API}/feeds/",
    f"{API}/openapi.json",
    "/healthz",
    "/readyz",
    "/metrics",
)
"""Paths that belong to the gate; a proxy and the one-port server send everything else to the portal (design §7)."""


class Gate:
    """The ASGI app of one process."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection of the server."""
        if scope["type"] == "http":
            await self.answer(Request(scope, receive), send)
        elif scope["type"] == "lifespan":
            await self.live(receive, send)

    async def live(self, receive: Receive, send: Send) -> None:
        """Start with the server, stop with it."""
        await receive()
        calm_collector()
        self.counter.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.counter.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def answer(self, request: Request, send: Send) -> None:
        """Answer one request; never a bare 500: what nobody foresaw is logged without the request and told as 503."""
        try:
            status, body = await find_handler(request)(self.counter, request)
        except Problem as problem:
            REFUSED.labels(problem.slug).inc()
            await respond_problem(send, problem, request.language)
        except ConnectionError:
            return
        except Exception as error:
            # frames only: the text of an error may hold what was sent
            log.error("unforeseen", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))
            await respond_problem(send, Problem("unavailable", retry_after=5), request.language)
        else:
            await respond(send, status, body, TEXT if request.path == "/metrics" else b"application/json")


def calm_collector() -> None:
    """Let Python's cycle collector look rarely, and never at what start-up made: it took a fifth of the gate's time.

    Requests leave few cycles; memory is bounded by the bounded queue.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def find_handler(request: Request) -> Handler:
    """The handler of a path and method. Raises Problem `not-found` or `method-not-allowed`."""
    exact = EXACT.get(request.path)
    if exact:
        method, handler = exact
        if request.method != method:
            raise Problem("method-not-allowed")
        return handler
    request.parts = tuple(request.path.strip("/").split("/"))
    fitting = [each for each in PATTERNS if _fits(request.parts, each[1])]
    if not fitting:
        raise Problem("not-found")
    for method, _, handler in fitting:
        if request.method == method:
            return handler
    raise Problem("method-not-allowed")


def _fits(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    return len(parts) == len(pattern) and all(want in ("*", part) for part, want in zip(parts, pattern, strict=True))
