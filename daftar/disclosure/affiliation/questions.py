"""What goes into an affiliation inquiry and what comes out of it (S1.11-S1.20)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from daftar.answers import IdempotencyKey
from daftar.store.keys import Key
from daftar.terms.outcomes import AffiliationOutcome, Channel, Ground
from daftar.terms.tracking_codes import TrackingCode

OWN = "own"
"""Organisation kind of a citizen's own inquiry, which is told what a fund is told (S1.26)."""

REFUSED = "refused"
"""Outcome of an attempt in the journal: nothing was disclosed."""


class AffiliationQuestion(msgspec.Struct, frozen=True, gc=False):
    """Is this person affiliated today, or were they in a period? Asked by whom, on what letter.

    `organisation_kind` is what the asker holds the organisation to be; the registry of organisations decides.
    The reference is the letter's number and date (S1.11).
    """

    key: Key
    jurisdiction: str
    organisation: str | None
    organisation_kind: str
    channel: Channel
    ground: Ground
    account: str | None = None
    period_from: date | None = None
    period_to: date | None = None
    reference_number: str | None = None
    reference_date: date | None = None
    purpose: str | None = None
    office: str | None = None
    acting_for: Key | None = None
    idempotency: IdempotencyKey | None = None


class AffiliationAnswer(msgspec.Struct, frozen=True):
    """One of four outcomes and what the asker may see; it counts once the transaction is committed.

    `person`, `spells`, `main_insured` and `contact` are None where the who-sees-what table permits nothing of them;
    inside them every permitted field stands, with None where the registry holds no value. Of a dependant, `contact` is
    the main insured's (S1.20). `shown` names what was told, as the journal keeps it.
    """

    tracking_code: TrackingCode
    outcome: AffiliationOutcome
    asked_at: datetime
    today: date
    period_from: date | None
    period_to: date | None
    person: Mapping[str, Any] | None = None
    spells: tuple[Mapping[str, Any], ...] | None = None
    main_insured: Mapping[str, Any] | None = None
    contact: Mapping[str, Any] | None = None
    shown: tuple[str, ...] = ()


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with one field of a question; `code` has a text under [input]."""

    field: str
    code: str


class AffiliationRefused(msgspec.Struct, frozen=True):
    """Nothing was disclosed, and the attempt is journalled under `tracking_code`.

    `problem` has a text under [problem]: `invalid-input` (with faults), `no-agreement`, `quota-exceeded`,
    `idempotency-mismatch` (not journalled: no tracking code).
    """

    problem: str
    faults: tuple[Fault, ...] = ()
    tracking_code: TrackingCode | None = None


AffiliationReply = AffiliationAnswer | AffiliationRefused
