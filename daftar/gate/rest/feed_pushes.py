"""PUT /feeds/{table}/{batch}: a branch database pushes its facts (contracts §2, §3)."""

import msgspec

from daftar.gate.counter import Counter, now
from daftar.gate.problems import Problem
from daftar.gate.request import Request
from daftar.gate.rest.feeds import receive_feed
from daftar.terms.texts import text


async def put_feed(counter: Counter, request: Request) -> tuple[int, bytes]:
    """200 with what became of the rows; the same batch again changes nothing."""
    table, batch = request.parts[-2:]
    counter.client(request, f"feeds:{table}")
    report = await receive_feed(
        table,
        batch,
        request.header(b"content-type") or "",
        request.chunks(),
        database_url=counter.database_url,
        secrets=counter.secrets,
        at=now(),
    )
    if report.problem is not None:
        raise Problem("feed-refused", why=text(f"feed.{report.problem}", request.language))
    return 200, msgspec.json.encode(
        {
            "rows": report.rows,
            "changed": report.changed,
            "stale": report.stale,
            "pending": report.pending,
            "quarantined": [
                {"line": each.line, "column": each.column, "reason": each.reason} for each in report.quarantined
            ],
        }
    )
