"""Spans asked by day, through the decision that production makes (`answers.decide`)."""

from collections import defaultdict
from datetime import date, timedelta

import pyarrow as pa

from daftar.answers.decide import Span, decide
from daftar.answers.questions import Question
from daftar.rules import version
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Basis, Channel, Ground, Reason
from daftar.terms.periods import EARLIEST_SERVICE_DAY

ONE_DAY = timedelta(days=1)
KEY = b""
"""Whose key it is does not matter: the spans are handed over."""


class Spans:
    """Spans by person and insurer, asked by day."""

    def __init__(self, table: pa.Table) -> None:
        self.of: dict[tuple[str, str], list[Span]] = defaultdict(list)
        for row in table.to_pylist():
            self.of[row["key"], row["insurer"]].append(Span(*(row[name] for name in Span._fields)))
        for rows in self.of.values():
            rows.sort(key=lambda row: row.starts)

    def ask(self, key: str, insurer: str, day: date) -> tuple[str, str, str, date | None]:
        """Status, basis, reason, and the last day of the cover that holds the day."""
        jurisdiction = insurer.partition("-")[0]
        own = jurisdictions()[jurisdiction].insurer  # cover by another insurer is asked as if it were ours
        spans = [span._replace(insurer=own) for span in self.of.get((key, insurer), ())]
        question = Question(KEY, day, jurisdiction, Channel.WEB, Ground.OWN)
        told = decide(question, spans or [never_insured(own, jurisdiction)])
        return told.status.value, told.basis.value, told.reason.value, told.valid_until


def never_insured(insurer: str, jurisdiction: str) -> Span:
    """What `daftar.coverage` writes for a known person of whom the law says nothing (ADR 0002)."""
    reason = Reason.NO_AFFILIATION.value
    return Span(
        insurer,
        EARLIEST_SERVICE_DAY,
        EARLIEST_SERVICE_DAY - ONE_DAY,
        Basis.NONE.value,
        reason,
        reason,
        version(jurisdiction),
    )
