"""What a stranger may learn of a certificate: valid, no longer valid, or not ours (S1.25/S1.27 decision).

Of a PDF also whether it was changed after it was signed. Each check is journalled in the transaction that tells it,
except that whoever asks for the same certificate again and again leaves so many rows an hour and one that says so:
nobody who holds a number can fill its owner's record.
"""

from datetime import datetime
from enum import StrEnum

from daftar.disclosure.certificates import House
from daftar.disclosure.certificates.attempts import count_attempt
from daftar.disclosure.certificates.journal import Checker, Happened, note_check, note_miss
from daftar.disclosure.certificates.token import read_token
from daftar.store.dialect import Connection, as_date, as_uuid, rows
from daftar.store.keys import Key
from daftar.store.signing_keys import SigningKey
from daftar.terms.certificate_codes import CertificateNumber, read_certificate_number
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood


class Verdict(StrEnum):
    """All that the public page says; the last two only of a PDF."""

    VALID = "valid"
    REVOKED = "revoked"  # taken back by its owner, or past its last day
    NOT_OURS = "not_ours"
    ALTERED = "altered"  # signed by us, and changed since
    NO_CERTIFICATE = "no_certificate"  # signed by us and whole, but another paper


MISSES_AN_HOUR = 60
"""From one network address; a certificate of ours is told all the same."""
CHECKS_AN_HOUR = 10
"""Of one certificate by one account, or from one network address, that are each a row; the next one stands for all."""


def check(conn: Connection, house: House, number: CertificateNumber, by: Checker, at: datetime) -> Verdict | None:
    """The verdict on a full number, journalled; None after too many misses."""
    verdict, key = _look_up(conn, number, at)
    if key is None:
        return verdict if _missed(conn, house, Happened.NOT_FOUND, number, by, at) else None
    counted = count_attempt(conn, _checks(house, number, by), at)
    if counted <= CHECKS_AN_HOUR + 1:
        what = Happened.CHECKED if counted <= CHECKS_AN_HOUR else Happened.CHECKED_OFTEN
        note_check(conn, house, what, number, key, verdict, by, at)
    return verdict


def refuse(conn: Connection, house: House, what: Happened, by: Checker, at: datetime) -> bool:
    """Journal a QR or PDF that leads to no certificate: `forged`, `altered`, `not_ours`, `no_certificate`.

    False after too many misses: nothing is to be told.
    """
    return _missed(conn, house, what, "", by, at)


def _missed(conn: Connection, house: House, what: Happened, typed: str, by: Checker, at: datetime) -> bool:
    """Count and journal; of those that are too many the first one, so that nobody fills the journal."""
    asker = f"network:{house.secrets.key_hex('network-address', by.network_address)}"
    counted = count_attempt(conn, asker, at)
    if counted <= MISSES_AN_HOUR:
        note_miss(conn, house, what, typed, by, at)
    elif counted == MISSES_AN_HOUR + 1:
        note_miss(conn, house, Happened.TOO_MANY, "", by, at)
    return counted <= MISSES_AN_HOUR


def _checks(house: House, number: CertificateNumber, by: Checker) -> str:
    """Who asks for a certificate; somebody who has logged in is not lost among others at one network address."""
    who = f"account {by.account}" if by.account else f"network {by.network_address}"
    return f"checks:{house.secrets.key_hex('certificate-check', f'{number} {who}')}"


def _look_up(conn: Connection, number: CertificateNumber, at: datetime) -> tuple[Verdict, Key | None]:
    found = rows(conn, "SELECT key, jurisdiction, valid_until, revoked_at FROM certificate WHERE number = ?", [number])
    if not found:
        return Verdict.NOT_OURS, None
    key, jurisdiction, until, revoked = found[0]
    last = as_date(until)
    over = last is None or jurisdictions()[jurisdiction].today(at) > last
    return (Verdict.REVOKED if revoked or over else Verdict.VALID), Key(as_uuid(key))


def number_of(typed: str, keys: list[SigningKey]) -> CertificateNumber | None:
    """The number in what was typed or scanned: a number, or the text of a QR that our key has signed; None: not ours.

    Raises Misunderstood for a number that cannot be one.
    """
    text = typed.strip()
    if text.count(".") != 2:
        return read_certificate_number(text)
    claims = read_token(text, keys)
    try:
        return read_certificate_number(str(claims["jti"])) if claims else None
    except (KeyError, Misunderstood):
        return None
