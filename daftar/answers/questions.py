"""What goes in and what comes out: questions, answers, and the journal entry between them (design §1).

Structs of msgspec instead of dataclasses: making a frozen one costs a tenth, and every inquiry makes five. They hold
plain values, so no circle can come about, and the cycle collector need not look at them.
"""

from datetime import date, datetime
from uuid import UUID

import msgspec

from daftar.store.keys import Key
from daftar.terms.outcomes import Basis, Channel, Ground, Mode, Reason, Setting, Status
from daftar.terms.tracking_codes import TrackingCode

GENERAL_SHOWN = ("status", "tracking_code")
SPECIFIC_SHOWN = ("status", "valid_until", "reason", "tracking_code")


class IdempotencyKey(msgspec.Struct, frozen=True):
    """A client's own mark on a question, so that a retry gets the first answer (contracts §3)."""

    client: str
    digest: UUID
    body_digest: UUID


class Charge(msgspec.Struct, frozen=True):
    """An agreement's quota for a day, which an inquiry uses up by one (S1.2)."""

    organisation: str
    number: str
    day: date
    quota: int


class Question(msgspec.Struct, frozen=True, gc=False):
    """Is this person covered on this day? Asked by whom, for what, on what ground.

    `charges` are the agreements with a quota, of which one is charged; empty: the asker has no quota.
    """

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
    charges: tuple[Charge, ...] = ()


class Payer(msgspec.Struct, frozen=True):
    """An insurer that pays for inpatient care, its place in the order, and why there (S2.5)."""

    insurer: str
    order: int
    reason: str


class Decision(msgspec.Struct, frozen=True, gc=False):
    """What the spans of a person say about a day."""

    status: Status
    reason: Reason
    basis: Basis
    valid_until: date | None
    payers: tuple[Payer, ...]
    rule_version: str


class Answer(msgspec.Struct, frozen=True, gc=False):
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


class IdempotencyMismatch(msgspec.Struct, frozen=True):
    """The Idempotency-Key was used with another body; nothing was asked and nothing recorded."""


class QuotaExceeded(msgspec.Struct, frozen=True):
    """The agreement's inquiries of the day are used up; nothing was asked and nothing recorded."""


class Entry(msgspec.Struct, frozen=True, gc=False):
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
