"""What happens to a certificate, in the journal: issued, shown, printed, opened, revoked, and every attempt (X.5).

Rows of mode `certificate` with the number as their reference, under the owner's key; an attempt at a number that is
not there stands under the number's own index.
"""

from datetime import datetime
from enum import StrEnum

import msgspec

from daftar.answers import Entry, record
from daftar.disclosure.agreements import CERTIFICATES
from daftar.disclosure.certificates import Certificate, House
from daftar.store.dialect import Connection, as_datetime, rows
from daftar.store.keys import Key
from daftar.terms.certificate_codes import CertificateNumber
from daftar.terms.outcomes import Channel, Ground

MODE = "certificate"


class Happened(StrEnum):
    """What happened; those from `WRONG_CODE` on disclosed nothing."""

    ISSUED = "issued"
    SHOWN = "shown"
    PRINTED = "printed"
    CODE_SHOWN = "code_shown"
    OPENED = "opened"
    REVOKED = "revoked"
    WRONG_CODE = "wrong_code"
    LOCKED = "locked"
    REFUSED_REVOKED = "refused_revoked"
    REFUSED_EXPIRED = "refused_expired"
    NOT_FOUND = "not_found"
    NOT_ADDRESSED = "not_addressed"
    TOO_MANY = "too_many"
    NO_AGREEMENT = "no_agreement"


DISCLOSING = (Happened.SHOWN, Happened.PRINTED, Happened.OPENED)


class Actor(msgspec.Struct, frozen=True):
    """Who acts: the owner (no organisation) or somebody of an organisation."""

    account: str
    channel: Channel
    organisation: str | None = None


class Event(msgspec.Struct, frozen=True):
    """One line of a certificate's history."""

    at: datetime
    what: str
    channel: str
    organisation: str | None


def note(conn: Connection, house: House, what: Happened, held: Certificate, by: Actor, at: datetime) -> None:
    """Journal what happened to a certificate."""
    answer = held.content.answer
    shown = (*answer.shown, "applicant") if what in DISCLOSING else ("access_code",) if what == "code_shown" else ()
    entry = Entry(
        channel=by.channel,
        mode=MODE,
        key=held.key,
        outcome=what,
        reason=answer.outcome,
        ground=Ground.CONSENT if by.organisation else Ground.OWN,
        shown=" ".join(shown),
        organisation=by.organisation,
        account=by.account,
        period_from=answer.period_from,
        period_to=answer.period_to,
        valid_until=held.valid_until,
        purpose=CERTIFICATES,
        reference=held.number,
    )
    record(conn, [entry], at=at, writer=house.writer, tracking=house.tracking)


def note_attempt(
    conn: Connection, house: House, what: Happened, number: CertificateNumber, by: Actor, at: datetime, *, key: Key
) -> None:
    """Journal an attempt that found nothing for the one who tried."""
    entry = Entry(
        channel=by.channel,
        mode=MODE,
        key=key,
        outcome=what,
        reason=what,
        ground=Ground.CONSENT,
        shown="",
        organisation=by.organisation,
        account=by.account,
        purpose=CERTIFICATES,
        reference=number,
    )
    record(conn, [entry], at=at, writer=house.writer, tracking=house.tracking)


def history(conn: Connection, held: Certificate) -> list[Event]:
    """What happened to a certificate, the newest first."""
    found = rows(
        conn,
        "SELECT asked_at, outcome, channel, organisation FROM inquiry WHERE key = ? AND mode = ? AND reference = ?"
        " ORDER BY asked_at DESC, id DESC",
        [held.key, MODE, held.number],
    )
    return [Event(as_datetime(at) or held.issued_at, what, channel, named) for at, what, channel, named in found]
