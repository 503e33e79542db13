"""What goes in and what comes out: questions, answers, and the journal entry between them (design §1)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from daftar.store.keys import Key
from daftar.terms.outcomes import Basis, Channel, Ground, Mode, Reason, Setting, Status
from daftar.terms.tracking_codes import TrackingCode

GENERAL_SHOWN = ("status", "tracking_code")
SPECIFIC_SHOWN = ("status", "valid_until", "reason", "tracking_code")


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A client's own mark on a question, so that a retry gets the first answer (contracts §3)."""

    client: str
    digest: UUID
    body_digest: UUID


@dataclass(frozen=True, slots=True)
class Question:
    """Is this person covered on this day? Asked by whom, for what, on what ground."""

    key: Key
    service_day: date
    jurisdiction: str
    channel: Channel
    ground: Ground
    setting: Setting = Setting.OUTPATIENT
    mode: Mode = Mode.GENERAL
    organisation: str | None = None
    account: str | None = None
    acting_for: Key | None = None
    office: str | None = None
    purpose: str | None = None
    reference: str | None = None
    idempotency: IdempotencyKey | None = None


@dataclass(frozen=True, slots=True)
class Payer:
    """An insurer that pays for inpatient care, its place in the order, and why there (S2.5)."""

    insurer: str
    order: int
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the spans of a person say about a day."""

    status: Status
    reason: Reason
    basis: Basis
    valid_until: date | None
    payers: tuple[Payer, ...]
    rule_version: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision that has been journalled. It counts once the transaction is committed.

    `payers` is None unless the setting is inpatient. In general mode only status, tracking code and payers may be told.
    """

    id: int
    tracking_code: TrackingCode
    answered_at: datetime
    service_day: date
    setting: Setting
    status: Status
    reason: Reason
    basis: Basis
    valid_until: date | None
    payers: tuple[Payer, ...] | None
    rule_version: str


@dataclass(frozen=True, slots=True)
class IdempotencyMismatch:
    """The Idempotency-Key was used with another body; nothing was asked and nothing recorded."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the journal as it is to be written (X.5). Fields as in `daftar.portal.journal.models.Inquiry`."""

    channel: Channel
    mode: str
    key: Key
    outcome: str
    reason: str
    ground: Ground
    shown: str
    rule_version: str = ""
    organisation: str | None = None
    account: str | None = None
    acting_for: Key | None = None
    office: str | None = None
    service_day: date | None = None
    period_from: date | None = None
    period_to: date | None = None
    setting: str | None = None
    valid_until: date | None = None
    payers: str | None = None
    purpose: str | None = None
    reference: str | None = None
    hidden_until: datetime | None = None
    hidden_reason: str | None = None
