"""What makes an affiliation question unanswerable: each fault with a message of its own (S1.11, S1.19)."""

from datetime import date
from functools import lru_cache

from daftar.disclosure.affiliation.questions import AffiliationQuestion, Fault
from daftar.terms.digits import ZERO_WIDTH_NON_JOINER, refuse_invisible
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.periods import EARLIEST_SERVICE_DAY

LONGEST_LETTER_NUMBER = 64
NEED_A_LETTER = frozenset({"judicial", "quasi_judicial"})
"""Organisation kinds that name the letter they act on: they are told more than the others (S1.19)."""


def faults(question: AffiliationQuestion, kind: str, today: date) -> tuple[Fault, ...]:
    """Everything wrong with period and reference; fields are named as in the JSON of contracts §3."""
    period = _period_faults(question.period_from, question.period_to, today)
    return period + _letter_faults(question.reference_number, question.reference_date, kind, today)


def _period_faults(first: date | None, last: date | None, today: date) -> tuple[Fault, ...]:
    """Both days or neither, in order, not in the future (S1.11)."""
    if first is None and last is None:
        return ()
    if first is None or last is None:
        return (Fault("period.from" if first is None else "period.to", "period_half"),)
    if last < first:
        return (Fault("period.to", "period_reversed"),)
    if last > today:
        return (Fault("period.to", "period_in_future"),)
    return (Fault("period.from", "period_too_early"),) if first < EARLIEST_SERVICE_DAY else ()


@lru_cache(maxsize=1024)
def _letter_faults(number: str | None, day: date | None, kind: str, today: date) -> tuple[Fault, ...]:
    """A file of a million lines names one letter."""
    found = []
    number = (number or "").strip()
    if len(number) > LONGEST_LETTER_NUMBER:
        found.append(Fault("reference.number", "too_long"))
    elif not _is_plain(number):
        found.append(Fault("reference.number", "forbidden_character"))
    elif not number and kind in NEED_A_LETTER:
        found.append(Fault("reference.number", "letter_number_required"))
    if day is None:
        if kind in NEED_A_LETTER:
            found.append(Fault("reference.date", "letter_date_required"))
    elif day > today:
        found.append(Fault("reference.date", "letter_in_future"))
    return tuple(found)


def _is_plain(text: str) -> bool:
    try:
        refuse_invisible(text, allow=ZERO_WIDTH_NON_JOINER)
    except Misunderstood:
        return False
    return True
