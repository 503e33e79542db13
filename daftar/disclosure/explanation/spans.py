"""The span that decided an answer, among those that stand and those that a rebuild replaced."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from daftar.answers.decide import Span
from daftar.store.dialect import Connection, as_date, as_datetime, rows
from daftar.store.keys import Key
from daftar.terms.outcomes import Basis, Mode, Status

_SPANS = """
SELECT insurer, starts, ends, basis, reason, reason_after, rule_version FROM coverage WHERE key = ?
"""
_PAST = """
SELECT insurer, starts, ends, basis, reason, reason_after, rule_version, replaced_at
FROM coverage_past WHERE key = ?
"""
ANSWERS = (Mode.GENERAL, Mode.SPECIFIC)
DAY = timedelta(days=1)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)

Past = tuple[datetime, Span]
"""When a span was replaced, and the span."""


class Decided(NamedTuple):
    """The span that decided; those that stand now; whether they are others than those of the answer.

    `computed_at`: the last computation before the answer that is known of. One that changed nothing leaves no trace.
    """

    span: Span | None
    spans: list[Span]
    changed: bool
    computed_at: datetime


def deciding_span(conn: Connection, key: Key, inquiry: dict[str, Any]) -> Decided:
    """What decided an answer, from the spans that stand and those that were replaced."""
    now = [_span(line) for line in rows(conn, _SPANS, [key])]
    past = [(as_datetime(line[7]) or datetime.max, _span(line[:7])) for line in rows(conn, _PAST, [key])]
    span = _deciding(now, past, inquiry)
    changed = any(at > inquiry["asked_at"] for at, _ in past) or _newest(now, inquiry) != span
    computed_at = max((at for at, _ in past if at <= inquiry["asked_at"]), default=NEVER)
    return Decided(span, sorted(now, key=lambda each: each.starts), changed, computed_at)


def _deciding(now: list[Span], past: list[Past], inquiry: dict[str, Any]) -> Span | None:
    """The span that agrees with the journal: one that stood after the answer, or else one replaced before it.

    The second too, as the spans that a load replaced were once stamped with its beginning: it may have answered since.
    """
    asked_at = inquiry["asked_at"]
    after = [span for at, span in sorted(past, key=lambda each: each[0]) if at > asked_at] + now
    before = [span for at, span in sorted(past, key=lambda each: each[0], reverse=True) if at <= asked_at]
    known = after + before
    for spans in (after, before):
        if found := _newest([span for span in spans if _agrees(span, inquiry, known)], inquiry):
            return found
    return None


def _agrees(span: Span, inquiry: dict[str, Any], known: list[Span]) -> bool:
    """Whether a span says what the journal has: its word and, of an answer, its law, status and end date."""
    day = inquiry["service_day"]
    if not day or (span.reason if span.holds(day) else span.reason_after) != inquiry["reason"]:
        return False
    if inquiry["mode"] not in ANSWERS:
        return True
    covered = inquiry["outcome"] == Status.COVERED
    same = span.rule_version == inquiry["rule_version"] and span.holds(day) == covered
    return same and (not covered or inquiry["valid_until"] in _possible_ends(span, known))


def _possible_ends(span: Span, known: list[Span]) -> set[date | None]:
    """Days on which a cover may end: a span that begins the day after carries it on, if it was there then."""
    ends = {span.ends}
    for each in sorted(known, key=lambda each: each.starts):
        lasts = each.basis != Basis.OTHER_INSURER and (each.ends is None or each.ends >= each.starts)
        if lasts and each.starts - DAY in ends:
            ends.add(each.ends)
    return ends


def _newest(spans: list[Span], inquiry: dict[str, Any]) -> Span | None:
    """The own insurer's newest start on or before the day, which decides; the first of several."""
    day = inquiry["service_day"]
    begun = [span for span in spans if day and span.starts <= day and span.basis != Basis.OTHER_INSURER]
    return max(begun, key=lambda span: span.starts, default=None)


def _span(line: Any) -> Span:
    return Span(line[0], as_date(line[1]) or line[1], as_date(line[2]), *line[3:7])
