"""/healthz, /readyz and /metrics (contracts §3)."""

from contextlib import suppress

from daftar.gate.counter import Counter, now
from daftar.gate.metrics import WAITING, exposition
from daftar.gate.problems import Problem
from daftar.gate.request import Request
from daftar.gate.translator import Reply
from daftar.gate.watched import measure
from daftar.store.dialect import rows

TEXT = b"text/plain; version=0.0.4; charset=utf-8"


async def get_health(counter: Counter, request: Request) -> tuple[int, bytes]:
    """200 as long as the process answers."""
    return 200, b'{"status":"alive"}'


async def get_ready(counter: Counter, request: Request) -> tuple[int, bytes]:
    """200 when questions can be answered now, else 503."""
    if not counter.access.fresh:
        raise Problem("unavailable", retry_after=2)
    await counter.desk.run(lambda conn: rows(conn, "SELECT 1"))
    return 200, b'{"status":"ready"}'


async def get_metrics(counter: Counter, request: Request) -> Reply:
    """Prometheus' text format; what the database knows is left as last seen when the database is away."""
    WAITING.set(counter.coalescer.waiting)
    with suppress(Problem):
        await counter.desk.run(lambda conn: measure(conn, now()))
    return Reply(200, exposition(), TEXT)
