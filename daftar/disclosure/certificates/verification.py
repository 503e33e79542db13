"""What a stranger may learn of a certificate: valid, no longer valid, or not ours (S1.25/S1.27 decision)."""

from datetime import datetime
from enum import StrEnum

from daftar.disclosure.certificates.token import read_token
from daftar.store.dialect import Connection, as_date, rows
from daftar.store.signing_keys import SigningKey
from daftar.terms.certificate_codes import CertificateNumber, read_certificate_number
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood


class Verdict(StrEnum):
    """All that the public page says."""

    VALID = "valid"
    REVOKED = "revoked"  # taken back by its owner, or past its last day
    NOT_OURS = "not_ours"


def verify(conn: Connection, number: CertificateNumber, at: datetime) -> Verdict:
    """The verdict on a full number."""
    found = rows(conn, "SELECT jurisdiction, valid_until, revoked_at FROM certificate WHERE number = ?", [number])
    if not found:
        return Verdict.NOT_OURS
    jurisdiction, until, revoked = found[0]
    last = as_date(until)
    over = last is None or jurisdictions()[jurisdiction].today(at) > last
    return Verdict.REVOKED if revoked or over else Verdict.VALID


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
