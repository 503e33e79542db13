"""Opening a certificate with number and access code (S1.10, S1.28).

Only the addressed organisation learns that a number is there. Its wrong codes are counted under the row's lock: 200 at
once are five, then the certificate is locked and its owner told. Anybody else finds nothing, and is slowed down by
account. Refusals are returned, not raised, so that what was counted is committed.
"""

import hmac
from datetime import datetime

import msgspec

from daftar.disclosure.certificates import WRONG_CODES, Certificate, House, access_code, certificate
from daftar.disclosure.certificates.attempts import count_attempt, misses, seconds_left
from daftar.disclosure.certificates.journal import Actor, Happened, note, note_attempt
from daftar.disclosure.certificates.notices import tell_owner
from daftar.store.dialect import Connection, execute
from daftar.store.keys import Key
from daftar.terms.certificate_codes import AccessCode, CertificateNumber, read_certificate_number
from daftar.terms.misunderstood import Misunderstood

MISSES_AN_HOUR = 20


class NotOpened(msgspec.Struct, frozen=True):
    """Nothing is told. `problem` has a text under [problem]; `left` tries remain after a wrong code."""

    problem: str
    left: int = 0
    retry_after: int | None = None


def open_certificate(
    conn: Connection,
    house: House,
    number: CertificateNumber,
    code: AccessCode,
    *,
    by: Actor,
    allowed: bool,
    at: datetime,
) -> Certificate | NotOpened:
    """The certificate, for the organisation it is addressed to.

    `allowed`: an agreement for certificates is in force. NotOpened `no-agreement`, `certificate-not-found`,
    `too-many-requests`, `access-code-wrong` with the tries left, `certificate-locked`, `certificate-revoked`,
    `certificate-expired`.
    """
    if misses(conn, _asker(by), at) >= MISSES_AN_HOUR:
        _note_miss(conn, house, Happened.TOO_MANY, number, None, by, at)
        return NotOpened("too-many-requests", retry_after=seconds_left(at))
    held = certificate(conn, house.secrets, number, lock=True)
    if not allowed:
        _note_miss(conn, house, Happened.NO_AGREEMENT, number, held, by, at)
        return NotOpened("no-agreement")
    if held is None or held.organisation != by.organisation:
        count_attempt(conn, _asker(by), at)
        what = Happened.NOT_FOUND if held is None else Happened.NOT_ADDRESSED
        _note_miss(conn, house, what, number, held, by, at)
        return NotOpened("certificate-not-found")
    return _open(conn, house, held, code, by, at)


def turn_away(conn: Connection, house: House, typed: str, *, by: Actor, at: datetime) -> None:
    """Journal that somebody was turned away whose organisation no certificate is addressed to.

    Under the owner's key where the number is that of a certificate, so that they read of it; else under nobody's, and
    nothing of what was typed is kept.
    """
    held = _certificate_of(conn, house, typed)
    key = held.key if held else Key(house.secrets.key("organisation", by.organisation or ""))
    note_attempt(conn, house, Happened.NO_AGREEMENT, held.number if held else None, by, at, key=key)


def look_again(
    conn: Connection, house: House, number: CertificateNumber, what: Happened, *, by: Actor, at: datetime
) -> Certificate | None:
    """A certificate that this organisation's user has opened just before; None once it may no longer be seen."""
    held = certificate(conn, house.secrets, number)
    if held is None or held.organisation != by.organisation or held.revoked_at or held.expired(at):
        return None
    note(conn, house, what, held, by, at)
    return held


def _certificate_of(conn: Connection, house: House, typed: str) -> Certificate | None:
    try:
        return certificate(conn, house.secrets, read_certificate_number(typed))
    except Misunderstood:
        return None


def _open(
    conn: Connection, house: House, held: Certificate, code: AccessCode, by: Actor, at: datetime
) -> Certificate | NotOpened:
    """Under the row's lock, for the addressee: the code first, so that without it nothing else is told."""
    if held.locked_at:
        note(conn, house, Happened.LOCKED, held, by, at)
        return NotOpened("certificate-locked")
    if not hmac.compare_digest(access_code(conn, house.secrets, held.number), code):
        return _count_wrong_code(conn, house, held, by, at)
    if held.revoked_at:
        note(conn, house, Happened.REFUSED_REVOKED, held, by, at)
        return NotOpened("certificate-revoked")
    if held.expired(at):
        note(conn, house, Happened.REFUSED_EXPIRED, held, by, at)
        return NotOpened("certificate-expired")
    execute(
        conn,
        "UPDATE certificate SET wrong_codes = 0, opened_at = COALESCE(opened_at, ?) WHERE number = ?",
        [at, held.number],
    )
    note(conn, house, Happened.OPENED, held, by, at)
    tell_owner(conn, house, "opened", held, at)
    return held


def _count_wrong_code(conn: Connection, house: House, held: Certificate, by: Actor, at: datetime) -> NotOpened:
    wrong = held.wrong_codes + 1
    locked_at = at if wrong >= WRONG_CODES else None
    execute(
        conn,
        "UPDATE certificate SET wrong_codes = ?, locked_at = ? WHERE number = ?",
        [wrong, locked_at, held.number],
    )
    note(conn, house, Happened.WRONG_CODE, held, by, at)
    if locked_at is None:
        return NotOpened("access-code-wrong", left=WRONG_CODES - wrong)
    tell_owner(conn, house, "locked", held, at)
    return NotOpened("certificate-locked")


def _note_miss(
    conn: Connection,
    house: House,
    what: Happened,
    number: CertificateNumber,
    held: Certificate | None,
    by: Actor,
    at: datetime,
) -> None:
    key = held.key if held else Key(house.secrets.key("certificate", number))
    note_attempt(conn, house, what, number, by, at, key=key)


def _asker(by: Actor) -> str:
    return f"{by.channel}:{by.account}"
