"""Asking and recording from the portal: the journal's row and what it tells of are one transaction of Django's."""

import time
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction

from daftar.answers import Answer, Entry, Question, QuotaExceeded, SharedWriter, TrackingCodes, ask, record, recording
from daftar.answers.metrics import INQUIRIES, LATENCY
from daftar.store.dialect import Connection, Statement
from daftar.terms.outcomes import Channel
from daftar.terms.tracking_codes import TrackingCode

WRITER = SharedWriter()
TRACKING = TrackingCodes(settings.SECRETS)


def raw_connection() -> Connection:
    """Django's own connection of this thread, for the rooms below; call it inside `atomic()`."""
    if not connection.in_atomic_block:
        raise RuntimeError("the rooms below the portal are called inside atomic()")
    connection.ensure_connection()
    return connection.connection


class QuotaUsedUp(Exception):
    """The agreement's inquiries of the day are used up; nothing was asked (S1.2)."""


def question_ask(question: Question, *, at: datetime) -> Answer:
    """Answer and journal one question; to be told after the commit. Raises QuotaUsedUp."""
    began = time.perf_counter()
    (answer,) = ask(raw_connection(), [question], at=at, writer=WRITER, tracking=TRACKING)
    if isinstance(answer, QuotaExceeded):
        raise QuotaUsedUp
    if not isinstance(answer, Answer):
        raise TypeError("a question of the portal carries no Idempotency-Key")
    count_answer(question.channel, answer, began)
    return answer


def count_answer(channel: Channel, answer: Answer, began: float) -> None:
    """Count an answer and its time in /metrics, beside the gate's, once it is committed; `began` by perf_counter."""

    def count() -> None:
        INQUIRIES.labels(channel, answer.status).inc()
        LATENCY.labels(channel).observe(time.perf_counter() - began)

    transaction.on_commit(count)


def looks_record(entries: Sequence[Entry], *, at: datetime) -> list[TrackingCode]:
    """Journal disclosures of any other kind, in the transaction that shows them (X.5)."""
    return record(raw_connection(), entries, at=at, writer=WRITER, tracking=TRACKING)


def looks_recording(entries: Sequence[Entry], *, at: datetime) -> list[Statement]:
    """As `looks_record`, as statements that go with what they tell of; no tracking codes."""
    return recording(entries, at=at, writer=WRITER)
