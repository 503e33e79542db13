"""Why a code was answered as it was: the journal row, the span that decided, the facts behind it (S2.17, S2.18).

For the insurer's staff only; whoever shows an explanation journals it in the same transaction.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from daftar.answers.decide import Span
from daftar.answers.recall import read_inquiries
from daftar.answers.tracking import TrackingCodes
from daftar.store.dialect import Connection, as_date, as_datetime, rows
from daftar.store.keys import Key
from daftar.terms.outcomes import Basis, Mode, Reason, Status
from daftar.terms.texts import DEFAULT_LANGUAGE, catalogue
from daftar.terms.tracking_codes import TrackingCode

MOST_CONTRIBUTIONS = 36

_SPANS = """
SELECT insurer, starts, ends, basis, reason, reason_after, rule_version FROM coverage WHERE key = ?
"""
_PAST = """
SELECT insurer, starts, ends, basis, reason, reason_after, rule_version, replaced_at
FROM coverage_past WHERE key = ?
"""
# table -> columns of a fact as shown to staff; all keyed by person, all with recorded_at
_FACTS = {
    "affiliation": ("kind", "starts", "ends", "office"),
    "contribution": ("month", "kind", "days", "office"),
    "dependency": ("relation", "starts", "ends", "office"),
    "evidence": ("kind", "valid_from", "valid_until", "source", "office"),
    "other_cover": ("insurer", "starts", "ends", "office"),
}
_AFFILIATION_FACTS = ("affiliation", "dependency")
_ANSWERS = (Mode.GENERAL, Mode.SPECIFIC)
_WITHOUT_SPAN = (Reason.UNKNOWN_PERSON, Reason.NO_AFFILIATION)  # no span need have begun by the day
DAY = timedelta(days=1)

Past = tuple[datetime, Span]
"""When a span was replaced, and the span."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact held now; `later` when it was recorded after the answer, so it cannot have decided it."""

    table: str
    values: dict[str, Any]
    recorded_at: datetime
    later: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer taken apart. `spans` are those held now; `spans_changed` says that they are not those of the answer.

    Affiliation rests on facts alone: there are no spans, and the facts are spells and dependencies (contracts §1).
    """

    inquiry: dict[str, Any]
    span: Span | None
    spans: list[Span]
    spans_changed: bool
    facts: list[Fact] = field(default_factory=list)

    @property
    def about_affiliation(self) -> bool:
        """Whether it was an affiliation inquiry, so that no span decided."""
        return bool(self.inquiry["mode"] == Mode.AFFILIATION)

    @property
    def span_lost(self) -> bool:
        """Whether a span decided of which no version that agrees with the answer is kept."""
        answered = self.inquiry["mode"] in _ANSWERS and self.inquiry["reason"] not in _WITHOUT_SPAN
        return self.span is None and answered

    @property
    def outcome_text(self) -> str | None:
        """Entry of the text catalogues that says the outcome; None for disclosures that are no answers."""
        return _entry("outcome" if self.about_affiliation else "status", code=self.inquiry["outcome"])

    @property
    def reason_text(self) -> str | None:
        """Entry of the text catalogues that says why; None where a disclosure's reason is not one of an answer."""
        if self.about_affiliation:
            return _entry("affiliation_reason", "input", "problem", code=self.inquiry["reason"])
        return _entry("reason", code=self.inquiry["reason"])


def explain(conn: Connection, code: TrackingCode, *, tracking: TrackingCodes) -> Explanation | None:
    """Explain an answered code; None when no answer has it."""
    id = tracking.id_of(code)
    inquiry = read_inquiries(conn, [id]).get(id)
    if inquiry is None:
        return None
    key, asked_at = inquiry["key"], inquiry["asked_at"]
    if inquiry["mode"] == Mode.AFFILIATION:
        held = [fact for table in _AFFILIATION_FACTS for fact in _facts(conn, table, key, asked_at)]
        return Explanation(inquiry, None, [], False, held)
    now = [_span(line) for line in rows(conn, _SPANS, [key])]
    past = [(as_datetime(line[7]) or datetime.max, _span(line[:7])) for line in rows(conn, _PAST, [key])]
    facts = [fact for table in _FACTS for fact in _facts(conn, table, key, asked_at)]
    span = _deciding(now, past, inquiry)
    changed = any(at > asked_at for at, _ in past) or _newest(now, inquiry) != span
    return Explanation(inquiry, span, sorted(now, key=lambda each: each.starts), changed, facts)


def _entry(*sections: str, code: str) -> str | None:
    """The first of the sections that has a text for a code."""
    known = catalogue(DEFAULT_LANGUAGE)
    return next((entry for section in sections if (entry := f"{section}.{code}") in known), None)


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
    if inquiry["mode"] not in _ANSWERS:
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


def _facts(conn: Connection, table: str, key: Key, asked_at: datetime) -> list[Fact]:
    columns = _FACTS[table]
    newest = f"ORDER BY {'month DESC' if table == 'contribution' else 'recorded_at DESC'} LIMIT {MOST_CONTRIBUTIONS}"
    found = rows(
        conn, f"SELECT {', '.join(columns)}, recorded_at FROM {table} WHERE key = ? AND NOT withdrawn {newest}", [key]
    )
    return [
        Fact(table, _typed(dict(zip(columns, line[:-1], strict=True))), recorded, recorded > asked_at)
        for line in found
        if (recorded := as_datetime(line[-1]))
    ]


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    dates = ("starts", "ends", "month", "valid_from", "valid_until")
    return {name: as_date(value) if name in dates else value for name, value in values.items()}


def _span(line: Any) -> Span:
    return Span(line[0], as_date(line[1]) or line[1], as_date(line[2]), *line[3:7])
