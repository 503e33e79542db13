"""Affiliation inquiries: is somebody affiliated today, or were they in a period? One of four outcomes (S1.12-S1.20)."""

from collections.abc import Sequence
from datetime import datetime

from daftar.answers import TrackingCodes, Writer
from daftar.disclosure.affiliation.answering import Counter, Noted, answer, answer_new
from daftar.disclosure.affiliation.entries import record_attempts, unread_key
from daftar.disclosure.affiliation.projection import Projection
from daftar.disclosure.affiliation.questions import (
    OWN,
    REFUSED,
    AffiliationAnswer,
    AffiliationQuestion,
    AffiliationRefused,
    AffiliationReply,
    Fault,
)
from daftar.disclosure.affiliation.replies import Told, reply
from daftar.disclosure.affiliation.retries import answer_once
from daftar.store.dialect import Connection
from daftar.store.keys import Secrets

__all__ = [
    "OWN",
    "REFUSED",
    "AffiliationAnswer",
    "AffiliationQuestion",
    "AffiliationRefused",
    "AffiliationReply",
    "Fault",
    "Noted",
    "Projection",
    "Told",
    "ask_affiliation",
    "ask_affiliation_lines",
    "record_attempts",
    "unread_key",
]


def ask_affiliation(
    conn: Connection,
    questions: Sequence[AffiliationQuestion],
    *,
    at: datetime,
    secrets: Secrets,
    writer: Writer,
    tracking: TrackingCodes,
) -> list[AffiliationReply]:
    """Answer and journal affiliation questions, in order, in the caller's transaction; tell them after the commit.

    For one question or for thousands: a few SELECTs, the pure decision, the permitted fields opened, one INSERT. What
    may not be asked is refused and journalled: without an agreement in force for affiliation, with a period or letter
    that cannot be used, beyond the agreement's quota. The organisation's kind is the registry's. An Idempotency-Key
    that was used before gets the first answer again.
    """
    counter = Counter(conn, secrets, writer, tracking, at)
    if any(question.idempotency for question in questions):
        return answer_once(counter, questions)
    return [reply(each) for each in answer(counter, questions)]


def ask_affiliation_lines(
    conn: Connection,
    questions: Sequence[AffiliationQuestion],
    *,
    at: datetime,
    secrets: Secrets,
    writer: Writer,
    tracking: TrackingCodes,
) -> list[Noted]:
    """As `ask_affiliation`, for lines of a file: they carry no Idempotency-Key, and are told as records of values."""
    return answer_new(Counter(conn, secrets, writer, tracking, at), questions)
