"""Ask and record: questions in, durable answers with tracking codes out (design §1).

Used by the gate's flusher, the portal's services and disclosure. May import store, rules and terms. Never commits.
Its `metrics` count what gate and portal told; of libraries they alone import prometheus_client. Tracking codes of a
whole batch are computed at once by NumPy.
"""

from daftar.answers.ask import Reply, ask, record, recording
from daftar.answers.questions import (
    Answer,
    Charge,
    Entry,
    IdempotencyKey,
    IdempotencyMismatch,
    Payer,
    Question,
    QuotaExceeded,
)
from daftar.answers.tracking import TrackingCodes
from daftar.answers.writers import LeasedWriter, SharedWriter, Writer

__all__ = [
    "Answer",
    "Charge",
    "Entry",
    "IdempotencyKey",
    "IdempotencyMismatch",
    "LeasedWriter",
    "Payer",
    "Question",
    "QuotaExceeded",
    "Reply",
    "SharedWriter",
    "TrackingCodes",
    "Writer",
    "ask",
    "record",
    "recording",
]
