"""The gate's ASGI app: lifespan, routes, and problems for everything that is not answered (design §7)."""

import gc
import time
import traceback

import structlog

from daftar.answers import request_ids
from daftar.answers.traffic import TRAFFIC
from daftar.gate.counter import Counter
from daftar.gate.fhir.routes import FHIR
from daftar.gate.health import get_health, get_metrics, get_ready
from daftar.gate.metrics import REFUSED
from daftar.gate.problems import Problem
from daftar.gate.request import Receive, Request, Scope, Send, respond
from daftar.gate.rest.routes import REST
from daftar.gate.sms.routes import SMS
from daftar.gate.translator import Handler, Reply, Translator
from daftar.gate.ussd.routes import USSD

log = structlog.get_logger()

SERVICE = Translator(
    prefixes=("/healthz", "/readyz", "/metrics"),
    exact={"/healthz": ("GET", get_health), "/readyz": ("GET", get_ready), "/metrics": ("GET", get_metrics)},
    door="",
)
TRANSLATORS = (REST, FHIR, SMS, USSD, SERVICE)
"""Who understands which paths; each phrases problems in its own way."""

EXACT = {path: (translator, *route) for translator in TRANSLATORS for path, route in translator.exact.items()}
PREFIXES = tuple(prefix for translator in TRANSLATORS for prefix in translator.prefixes)
"""Paths that belong to the gate; a proxy and the one-port server send everything else to the portal (design §7)."""


ID_HEADER = request_ids.HEADER.lower().encode()
JSON_TYPE = b"application/json"


class Gate:
    """The ASGI app of one process."""

    def __init__(self, counter: Counter, *, log_all: bool = False) -> None:
        """`log_all`: a line for every request; it costs a quarter of the speed."""
        self.counter = counter
        self.log_all = log_all

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
        began = time.perf_counter()
        id = request_ids.begin(request.header(ID_HEADER))
        translator, method, handler = EXACT.get(request.path) or find_route(request)
        try:
            if handler is None:
                raise Problem("not-found")
            if request.method != method and request.method not in (allowed := allowed_methods(request)):
                raise Problem("method-not-allowed", allow=", ".join(allowed))
            reply = await handler(self.counter, request)
        except Problem as problem:
            REFUSED.labels(problem.slug).inc()
            reply = translator.problem(problem, request)
        except ConnectionError:
            return
        except Exception as error:
            # frames only: the text of an error may hold what was sent
            log.error("unforeseen", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))
            reply = translator.problem(Problem("unavailable", retry_after=5), request)
        status = reply.status if isinstance(reply, Reply) else reply[0]
        self.count(translator.door, handler, status, time.perf_counter() - began)
        told, bodiless = (ID_HEADER, id.encode()), request.method == "HEAD"
        if isinstance(reply, Reply):
            await respond(send, reply.status, reply.body, reply.content_type, *reply.headers, told, bodiless=bodiless)
        else:
            await respond(send, *reply, JSON_TYPE, told, bodiless=bodiless)

    def count(self, door: str, handler: Handler | None, status: int, seconds: float) -> None:
        """Count a request that was answered, and log it where that is wanted: never its path or what was sent."""
        if door:
            TRAFFIC.seen(door, status, seconds)
        if self.log_all:
            name = getattr(handler, "__name__", "")
            log.info("request", door=door, route=name, status=status, milliseconds=round(seconds * 1000))


def calm_collector() -> None:
    """Let Python's cycle collector look rarely, and never at what start-up made: it took a fifth of the gate's time.

    Requests leave few cycles; memory is bounded by the bounded queue.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def find_route(request: Request) -> tuple[Translator, str, Handler | None]:
    """Translator, method and handler of a path that has variable parts; no handler where there is no such path.

    Of a path with several methods the asked one, or any of the others: asking by a wrong method is said so.
    """
    request.parts = tuple(request.path.strip("/").split("/"))
    for translator in TRANSLATORS:
        fitting = [route for route in translator.patterns if _fits(request.parts, route[1])]
        for method, _, handler in sorted(fitting, key=lambda route: route[0] != request.method):
            return translator, method, handler
    own = [translator for translator in TRANSLATORS if request.path.startswith(translator.prefixes)]
    return (own or [REST])[0], request.method, None


def allowed_methods(request: Request) -> list[str]:
    """What a path takes. HEAD is answered where GET reads one open document, as load balancers ask."""
    if request.path in EXACT:
        method = EXACT[request.path][1]
        return ["GET", "HEAD"] if method == "GET" else [method]
    return sorted({each for one in TRANSLATORS for each, parts, _ in one.patterns if _fits(request.parts, parts)})


def _fits(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    return len(parts) == len(pattern) and all(want in ("*", part) for part, want in zip(parts, pattern, strict=True))
