"""The pure decision: the spans of one person and a day in, the status and its reason out (contracts §1, design §5)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from daftar import rules
from daftar.answers.questions import Decision, Payer, Question
from daftar.rules.coordination import order
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Basis, Reason, Setting, Status


class Span(NamedTuple):
    """A row of `coverage` without its key; `ends` None is open, the day before `starts` is an empty span."""

    insurer: str
    starts: date
    ends: date | None
    basis: str
    reason: str
    reason_after: str
    rule_version: str

    def holds(self, day: date) -> bool:
        """Whether the span covers `day`."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


def decide(question: Question, spans: Sequence[Span]) -> Decision:
    """Decide one question. `spans` are all spans of its person, of any insurer, in any order; none: nobody is known."""
    day, insurer = question.service_day, _INSURERS[question.jurisdiction]
    own = [span for span in spans if span.insurer == insurer]
    payers = _payers(spans, day, question.jurisdiction) if question.setting is _INPATIENT else ()
    deciding = None
    for span in own:
        if span.starts <= day and (deciding is None or span.starts > deciding.starts):
            deciding = span
    if deciding is None:
        reason = Reason.NO_AFFILIATION if spans else Reason.UNKNOWN_PERSON
        version = spans[0].rule_version if spans else rules.version(question.jurisdiction)
        return Decision(_NOT_COVERED, reason, _NONE, None, payers, version)
    if not deciding.holds(day):
        reason = _REASONS[deciding.reason_after]
        return Decision(_NOT_COVERED, reason, _NONE, None, payers, deciding.rule_version)
    until = _end_of_cover(deciding, own)
    return Decision(_COVERED, _REASONS[deciding.reason], _BASES[deciding.basis], until, payers, deciding.rule_version)


_COVERED, _NOT_COVERED, _NONE, _INPATIENT = Status.COVERED, Status.NOT_COVERED, Basis.NONE, Setting.INPATIENT
_REASONS = {str(each): each for each in Reason}
_BASES = {str(each): each for each in Basis}
_INSURERS = {code: each.insurer for code, each in jurisdictions().items()}


def _end_of_cover(span: Span, own: Sequence[Span]) -> date | None:
    """Last day of the cover that `span` belongs to: a span that begins the day after carries it on."""
    if span.ends is None or len(own) == 1:
        return span.ends
    following = {each.starts: each for each in own if each.ends is None or each.ends >= each.starts}
    while span.ends is not None and (after := following.get(span.ends + timedelta(days=1))):
        span = after
    return span.ends


def _payers(spans: Sequence[Span], day: date, jurisdiction: str) -> tuple[Payer, ...]:
    covering = [span.insurer for span in spans if span.holds(day)]
    return tuple(Payer(*each) for each in order(covering, day, jurisdiction))
