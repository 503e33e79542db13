"""An answer taken apart."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from daftar.answers.decide import Span
from daftar.answers.recall import read_inquiries
from daftar.answers.tracking import TrackingCodes
from daftar.disclosure.explanation.counting import may_be_uncounted
from daftar.disclosure.explanation.facts import COLUMNS, Fact, Facts, facts_of, mains_of
from daftar.disclosure.explanation.spans import ANSWERS, deciding_span
from daftar.store.dialect import Connection
from daftar.store.keys import Key
from daftar.terms.outcomes import Mode, Reason
from daftar.terms.texts import DEFAULT_LANGUAGE, catalogue
from daftar.terms.tracking_codes import TrackingCode

_ALL = tuple(COLUMNS)
_OF_MAINS = ("person", "affiliation", "contribution")  # what the law reads of who carries others
_OF_AFFILIATION = ("person", "affiliation", "dependency")
_READ = {
    Mode.GENERAL: (_ALL, _OF_MAINS, 1),
    Mode.SPECIFIC: (_ALL, _OF_MAINS, 1),
    Mode.AFFILIATION: (_OF_AFFILIATION, _OF_AFFILIATION, 2),
}
"""By mode: tables of the person, of main insureds, and how many ties are followed (affiliation: also of theirs)."""

_READ_ELSE = (_ALL, (), 0)  # no answer: nobody else's facts decided it
_WITHOUT_SPAN = (Reason.UNKNOWN_PERSON, Reason.NO_AFFILIATION)  # no span need have begun by the day


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer taken apart. `spans` are those held now; `spans_changed` says that they are not those of the answer.

    Affiliation rests on facts alone: there are no spans, and the facts are spells and dependencies (contracts §1).
    `may_be_uncounted`: a load may have brought or taken facts before the answer of which cover was computed after it.
    """

    inquiry: dict[str, Any]
    span: Span | None
    spans: list[Span]
    spans_changed: bool
    facts: list[Facts] = field(default_factory=list)
    may_be_uncounted: bool = False

    @property
    def about_affiliation(self) -> bool:
        """Whether it was an affiliation inquiry, so that no span decided."""
        return bool(self.inquiry["mode"] == Mode.AFFILIATION)

    @property
    def span_lost(self) -> bool:
        """Whether a span decided of which no version that agrees with the answer is kept."""
        answered = self.inquiry["mode"] in ANSWERS and self.inquiry["reason"] not in _WITHOUT_SPAN
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
    facts = _facts(conn, inquiry)
    if inquiry["mode"] == Mode.AFFILIATION:
        return Explanation(inquiry, None, [], False, facts)
    decided = deciding_span(conn, Key(inquiry["key"]), inquiry)
    uncounted = may_be_uncounted(conn, decided, facts, inquiry["asked_at"])
    return Explanation(inquiry, decided.span, decided.spans, decided.changed, facts, uncounted)


def _facts(conn: Connection, inquiry: dict[str, Any]) -> list[Facts]:
    """The facts of the person asked about, and of the main insureds on whom an answer rests, each person once."""
    own, others, ties = _READ.get(inquiry["mode"], _READ_ELSE)
    first, last = _days(inquiry)
    found: dict[Key, Facts] = {}
    wanted: list[tuple[Key, Fact | None]] = [(Key(inquiry["key"]), None)]
    for tables in (own, *[others] * ties):
        for key, tie in wanted:
            if key not in found:
                found[key] = facts_of(conn, key, tables, asked_at=inquiry["asked_at"], day=last, through=tie)
        wanted = [(tie.main, tie) for each in list(found.values()) for tie in mains_of(each, first, last) if tie.main]
    return list(found.values())


def _days(inquiry: dict[str, Any]) -> tuple[date, date]:
    """First and last day asked about; where there are none, the day on which it was asked."""
    days = [day for name in ("service_day", "period_from", "period_to") if (day := inquiry[name])]
    return (min(days), max(days)) if days else (inquiry["asked_at"].date(), inquiry["asked_at"].date())


def _entry(*sections: str, code: str) -> str | None:
    """The first of the sections that has a text for a code."""
    known = catalogue(DEFAULT_LANGUAGE)
    return next((entry for section in sections if (entry := f"{section}.{code}") in known), None)
