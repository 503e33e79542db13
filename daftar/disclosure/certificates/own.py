"""What an owner does with a certificate of their inbox: look, print, show the code again, revoke (S1.27)."""

from datetime import datetime

import msgspec

from daftar.disclosure.certificates import Certificate, House, access_code, certificate
from daftar.disclosure.certificates.issuing import Owner
from daftar.disclosure.certificates.journal import Happened, note
from daftar.store.dialect import Connection, execute
from daftar.terms.certificate_codes import AccessCode, CertificateNumber


def look(
    conn: Connection, house: House, owner: Owner, number: CertificateNumber, what: Happened, at: datetime
) -> Certificate | None:
    """A certificate for its owner's eyes or printer; None when it is somebody else's or not there."""
    held = certificate(conn, house.secrets, number)
    if held is None or held.key != owner.key:
        return None
    note(conn, house, what, held, owner.actor, at)
    return held


def show_code(
    conn: Connection, house: House, owner: Owner, number: CertificateNumber, at: datetime
) -> AccessCode | None:
    """The access code once more."""
    held = look(conn, house, owner, number, Happened.CODE_SHOWN, at)
    return access_code(conn, house.secrets, number) if held else None


def revoke(conn: Connection, house: House, owner: Owner, number: CertificateNumber, at: datetime) -> Certificate | None:
    """Take a certificate back: it opens no more, and the verify page says so. A second time changes nothing."""
    held = certificate(conn, house.secrets, number, lock=True)
    if held is None or held.key != owner.key:
        return None
    if held.revoked_at:
        return held
    execute(conn, "UPDATE certificate SET revoked_at = ? WHERE number = ?", [at, number])
    note(conn, house, Happened.REVOKED, held, owner.actor, at)
    return msgspec.structs.replace(held, revoked_at=at)
