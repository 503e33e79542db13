"""What happens to a certificate, in the journal: issued, shown, printed, opened, revoked, and every attempt (X.5).

Rows of mode `certificate` with the number as their reference, under the owner's key; an attempt at a number that is
not there stands under the number's own index. What anybody brings to the public page and is no certificate of ours
leaves what it was, and nothing of what was typed or in the file.
"""

from datetime import datetime
from enum import StrEnum

import msgspec

from daftar.answers import Entry, record
from daftar.disclosure.affiliation.beside import beside, main_insured_told
from daftar.disclosure.agreements import CERTIFICATES
from daftar.disclosure.certificates import Certificate, House
from daftar.store.dialect import Connection, Row, as_datetime, rows
from daftar.store.keys import Key
from daftar.terms.certificate_codes import CertificateNumber
from daftar.terms.outcomes import Channel, Ground

MODE = "certificate"
MOST_SHOWN = 50
"""Checks in a history, and as many others."""

_OF_ONE = "key = ? AND mode = ? AND reference = ?"


class Happened(StrEnum):
    """What happened; those from `WRONG_CODE` on disclosed nothing."""

    ISSUED = "issued"
    SHOWN = "shown"
    PRINTED = "printed"
    CODE_SHOWN = "code_shown"
    OPENED = "opened"
    REVOKED = "revoked"
    CHECKED = "checked"  # on the public page: only whether it stands was told
    CHECKED_OFTEN = "checked_often"  # the same, and so often that the others of this hour are no rows
    WRONG_CODE = "wrong_code"
    LOCKED = "locked"
    REFUSED_REVOKED = "refused_revoked"
    REFUSED_EXPIRED = "refused_expired"
    NOT_FOUND = "not_found"
    NOT_ADDRESSED = "not_addressed"
    TOO_MANY = "too_many"
    NO_AGREEMENT = "no_agreement"
    FORGED = "forged"  # a QR's text that no key of ours has signed
    ALTERED = "altered"  # a PDF of ours that was changed after it was signed
    NOT_OURS = "not_ours"  # a PDF that was not signed here
    NO_CERTIFICATE = "no_certificate"  # another paper of ours


DISCLOSING = (Happened.SHOWN, Happened.PRINTED, Happened.OPENED)


class Actor(msgspec.Struct, frozen=True):
    """Who acts: the owner (no organisation) or somebody of an organisation."""

    account: str
    channel: Channel
    organisation: str | None = None


class Checker(msgspec.Struct, frozen=True):
    """Who asks on the public page: somebody at a network address, mostly without an account."""

    network_address: str
    account: str | None = None
    organisation: str | None = None


class Event(msgspec.Struct, frozen=True):
    """One line of a certificate's history."""

    at: datetime
    what: str
    channel: str
    organisation: str | None


class History(msgspec.Struct, frozen=True):
    """The newest of what happened, and how much more is in the journal."""

    events: list[Event]
    more: int


def note(conn: Connection, house: House, what: Happened, held: Certificate, by: Actor, at: datetime) -> None:
    """Journal what happened to a certificate, and to whom else it was told of a main insured whom it names."""
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
    entries = [entry, *_beside(conn, house, held, entry)] if by.organisation and what in DISCLOSING else [entry]
    record(conn, entries, at=at, writer=house.writer, tracking=house.tracking)


def _beside(conn: Connection, house: House, held: Certificate, shown: Entry) -> list[Entry]:
    """The row of a main insured whose insurance number stands on a dependant's certificate (S1.26)."""
    number = (held.content.answer.main_insured or {}).get("insurance_number")
    main = main_insured_told(conn, house.secrets, held.key, number) if number else None
    return [beside(shown, main)] if main else []


def note_attempt(
    conn: Connection,
    house: House,
    what: Happened,
    number: CertificateNumber | None,
    by: Actor,
    at: datetime,
    *,
    key: Key,
) -> None:
    """Journal an attempt that found nothing for the one who tried, at a number if there was one to keep."""
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


def note_check(
    conn: Connection,
    house: House,
    what: Happened,
    number: CertificateNumber,
    key: Key,
    told: str,
    by: Checker,
    at: datetime,
) -> None:
    """Journal under its owner's key that somebody checked a certificate and was told in one word whether it stands."""
    entry = _public(what, key, told, by)
    entry = msgspec.structs.replace(entry, shown="validity", reference=number)
    record(conn, [entry], at=at, writer=house.writer, tracking=house.tracking)


def note_miss(conn: Connection, house: House, what: Happened, typed: str, by: Checker, at: datetime) -> None:
    """Journal what was brought and is no certificate of ours, under the blind index of the number typed, if any."""
    entry = _public(what, Key(house.secrets.key("certificate", typed)), what, by)
    record(conn, [entry], at=at, writer=house.writer, tracking=house.tracking)


def _public(what: Happened, key: Key, reason: str, by: Checker) -> Entry:
    """A row of the public page."""
    return Entry(
        channel=Channel.WEB,
        mode=MODE,
        key=key,
        outcome=what,
        reason=reason,
        ground=Ground.CONSENT,
        shown="",
        organisation=by.organisation,
        account=by.account,
        purpose=CERTIFICATES,
    )


def history(conn: Connection, held: Certificate) -> History:
    """What happened to a certificate, the newest first; checks of strangers crowd out nothing else."""
    found = [*_newest(conn, held, "NOT IN"), *_newest(conn, held, "IN")]
    events = [
        (Event(as_datetime(at) or held.issued_at, what, channel, named), id) for at, what, channel, named, id in found
    ]
    events.sort(key=lambda each: (each[0].at, each[1]), reverse=True)
    counted = rows(conn, f"SELECT count(*) FROM inquiry WHERE {_OF_ONE}", [held.key, MODE, held.number])
    return History([event for event, _ in events], int(counted[0][0]) - len(events))


def _newest(conn: Connection, held: Certificate, among: str) -> list[Row]:
    """The newest rows whose outcome is among the checks or is not."""
    return rows(
        conn,
        f"SELECT asked_at, outcome, channel, organisation, id FROM inquiry WHERE {_OF_ONE} AND outcome {among} (?, ?)"
        " ORDER BY asked_at DESC, id DESC LIMIT ?",
        [held.key, MODE, held.number, Happened.CHECKED, Happened.CHECKED_OFTEN, MOST_SHOWN],
    )
