"""PUT /feeds/{table}/{batch}: a branch database pushes its facts (contracts §2, §3)."""

import re

import msgspec
import structlog

from daftar.feeds.report import problem_text
from daftar.feeds.spool import BodyTooLarge
from daftar.gate.counter import Counter, now
from daftar.gate.problems import FieldError, Problem
from daftar.gate.request import Request
from daftar.gate.rest.feeds import TooManyPushes, receive_feed

log = structlog.get_logger()
_BATCH = re.compile(r"[\w.:-]{1,200}")


async def put_feed(counter: Counter, request: Request) -> tuple[int, bytes]:
    """200 with what became of the rows; the same batch again changes nothing."""
    table, batch = request.parts[-2:]
    client = counter.client(request, f"feeds:{table}")
    if not client.standing:
        raise Problem("forbidden")
    if not _BATCH.fullmatch(batch):
        raise Problem("invalid-input", (FieldError("batch", "not_a_batch_name"),))
    try:
        report = await receive_feed(
            table,
            batch,
            request.header(b"content-type") or "",
            request.chunks(),
            database_url=counter.database_url,
            secrets=counter.secrets,
            at=now(),
            office=client.office,
            files=counter.photos,
        )
    except BodyTooLarge:
        raise Problem("body-too-large") from None
    except TooManyPushes:
        raise Problem("too-many-requests", retry_after=10) from None
    if report.problem is not None:
        raise Problem("feed-refused", why=problem_text(report.problem, report.problem_names, request.language))
    if report.persons_left:
        log.warning("cover not made", persons=report.persons_left)
    return 200, msgspec.json.encode(
        {
            "rows": report.rows,
            "changed": report.changed,
            "stale": report.stale,
            "pending": report.pending,
            "quarantined_rows": report.quarantined_rows,
            "quarantined": [
                {"line": each.line, "column": each.column, "reason": each.reason} for each in report.quarantined
            ],
        }
    )
