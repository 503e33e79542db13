"""Affiliation inquiries as rows of the journal: answers, refusals, and attempts that never became a question (X.5)."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from daftar.answers import Entry, TrackingCodes, Writer, record
from daftar.disclosure.affiliation.questions import REFUSED, AffiliationQuestion, AffiliationRefused
from daftar.disclosure.agreements import AFFILIATION
from daftar.store.dialect import Connection
from daftar.store.keys import Key, Secrets
from daftar.terms.outcomes import Mode
from daftar.terms.tracking_codes import TrackingCode

LONGEST_REFERENCE = 128
_MODE = Mode.AFFILIATION  # looked up once
_NO_RULES = ""  # of the law of cover: affiliation does not rest on it


def entry(question: AffiliationQuestion, today: date, outcome: str, reason: str, shown: str) -> Entry:
    """The journal's row of a question that was answered or refused."""
    return Entry(  # in the order of Entry: named, they would cost twice as much, and each line of a file has one
        question.channel,
        _MODE,
        question.key,
        outcome,
        reason,
        question.ground,
        shown,
        _NO_RULES,
        question.organisation,
        question.account,
        question.acting_for,
        question.office,
        today,
        question.period_from,
        question.period_to,
        purpose=question.purpose or AFFILIATION,
        reference=reference(question.reference_number, question.reference_date),
    )


def refusal_entry(question: AffiliationQuestion, today: date, refused: AffiliationRefused) -> Entry:
    """An attempt at which nothing was told; the reason is the first fault, or the problem."""
    reason = refused.faults[0].code if refused.faults else refused.problem
    return entry(question, today, REFUSED, reason, "")


@lru_cache(maxsize=1024)
def reference(number: str | None, day: date | None) -> str | None:
    """Number and date of the letter in one column; None when there is neither. What no letter has is left out."""
    plain = "".join(character for character in (number or "") if character.isprintable()).strip()
    words = [word for word in (plain[: LONGEST_REFERENCE - 12], day and day.isoformat()) if word]
    return " ".join(words) or None


def unread_key(secrets: Secrets, id_type: str, typed: str) -> Key:
    """The journal's key of an identifier that could not be read: one for each text, and nobody is meant."""
    return secrets.key(f"unread {id_type}", typed)


def record_attempts(
    conn: Connection,
    attempts: Sequence[tuple[AffiliationQuestion, AffiliationRefused]],
    *,
    today: date,
    at: datetime,
    writer: Writer,
    tracking: TrackingCodes,
) -> list[TrackingCode]:
    """Journal attempts that a channel could not turn into a question: a wrong identifier, a day that is none."""
    entries = [refusal_entry(question, today, refused) for question, refused in attempts]
    return record(conn, entries, at=at, writer=writer, tracking=tracking)
