"""What a certificate is: an affiliation answer in its owner's inbox, addressed to one organisation (S1.21-S1.26).

The sealed content is the evidence: its exact bytes are hashed with a salt into the QR's token.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from daftar.answers import TrackingCodes, Writer
from daftar.disclosure.affiliation.questions import AffiliationAnswer
from daftar.store.dialect import Connection, Row, as_date, as_datetime, as_uuid, is_sqlite, rows
from daftar.store.keys import Key, Secrets
from daftar.terms.certificate_codes import AccessCode, CertificateNumber
from daftar.terms.jurisdictions import jurisdictions

SEALED = "certificate"
SEALED_CODE = "certificate.access_code"
WRONG_CODES = 5
DAYS = ("birth_date", "starts", "ends")
"""Fields of persons and spells that are days; JSON knows them as text."""


class House(msgspec.Struct, frozen=True):
    """What the installation brings to each transaction."""

    secrets: Secrets
    writer: Writer
    tracking: TrackingCodes


class Applicant(msgspec.Struct, frozen=True):
    """Who asked for the certificate (S1.25): names, sex (male, female or empty), first identifier."""

    given_name: str
    family_name: str
    sex: str
    identifier_type: str
    identifier_number: str


class Content(msgspec.Struct, frozen=True):
    """What stands on the certificate; `salt` keeps the hash in the QR from telling anything."""

    answer: AffiliationAnswer
    applicant: Applicant
    salt: str


class Certificate(msgspec.Struct, frozen=True):
    """A certificate, opened. `written` is the content as it was sealed and hashed."""

    number: CertificateNumber
    key: Key
    account: str
    jurisdiction: str
    organisation: str
    organisation_name: str
    content: Content
    written: str
    token: str
    issued_at: datetime
    valid_until: date
    opened_at: datetime | None
    revoked_at: datetime | None
    wrong_codes: int
    locked_at: datetime | None

    def expired(self, at: datetime) -> bool:
        """Whether its last day is over where it was issued."""
        return jurisdictions()[self.jurisdiction].today(at) > self.valid_until

    def state(self, at: datetime) -> str:
        """One word for lists: revoked, expired, locked, opened or issued."""
        if self.revoked_at:
            return "revoked"
        if self.expired(at):
            return "expired"
        if self.locked_at:
            return "locked"
        return "opened" if self.opened_at else "issued"

    @property
    def requested_on(self) -> date:
        """The day of the request, where it was made (S1.25)."""
        return jurisdictions()[self.jurisdiction].today(self.issued_at)


_SELECT = """SELECT number, key, account, jurisdiction, organisation, organisation_name, sealed, token, issued_at,
    valid_until, opened_at, revoked_at, wrong_codes, locked_at FROM certificate"""


def certificate(
    conn: Connection, secrets: Secrets, number: CertificateNumber, *, lock: bool = False
) -> Certificate | None:
    """The certificate of a number; with `lock` nobody else changes it before the end of the transaction."""
    hold = "" if is_sqlite(conn) or not lock else " FOR UPDATE"  # SQLite has taken its write lock at the beginning
    found = rows(conn, f"{_SELECT} WHERE number = ?{hold}", [number])
    return _certificate(secrets, found[0]) if found else None


def certificates_of(conn: Connection, secrets: Secrets, key: Key) -> list[Certificate]:
    """All certificates of an owner, the newest first."""
    found = rows(conn, f"{_SELECT} WHERE key = ? ORDER BY issued_at DESC", [key])
    return [_certificate(secrets, line) for line in found]


def access_code(conn: Connection, secrets: Secrets, number: CertificateNumber) -> AccessCode:
    """The access code of a certificate that is there."""
    sealed = rows(conn, "SELECT sealed_code FROM certificate WHERE number = ?", [number])[0][0]
    return AccessCode(secrets.open(sealed, about=f"{SEALED_CODE}.{number}").decode())


def write_content(content: Content) -> bytes:
    """The bytes that are sealed and hashed; fields keep the order in which authorities read them."""
    return msgspec.json.encode(content)


def read_content(written: bytes) -> Content:
    """What `write_content` wrote; days are days again."""
    content = msgspec.json.decode(written, type=Content)
    answer = content.answer
    told = msgspec.structs.replace(
        answer,
        person=answer.person and _with_days(answer.person),
        spells=answer.spells and tuple(_with_days(spell) for spell in answer.spells),
        main_insured=answer.main_insured and _with_days(answer.main_insured),
    )
    return msgspec.structs.replace(content, answer=told)


def _with_days(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: as_date(value) if name in DAYS else value for name, value in fields.items()}


def _certificate(secrets: Secrets, line: Row) -> Certificate:
    number, key, account, jurisdiction, organisation, name, sealed, token, issued, until, *later = line
    opened, revoked, wrong_codes, locked = later
    written = secrets.open(sealed, about=f"{SEALED}.{number}")
    return Certificate(
        number=number,
        key=Key(as_uuid(key)),
        account=account,
        jurisdiction=jurisdiction,
        organisation=organisation,
        organisation_name=name,
        content=read_content(written),
        written=written.decode(),
        token=token,
        issued_at=_moment(issued),
        valid_until=_day(until),
        opened_at=as_datetime(opened),
        revoked_at=as_datetime(revoked),
        wrong_codes=wrong_codes,
        locked_at=as_datetime(locked),
    )


def _moment(value: Any) -> datetime:
    moment = as_datetime(value)
    assert moment is not None  # the column is never empty
    return moment


def _day(value: Any) -> date:
    day = as_date(value)
    assert day is not None  # the column is never empty
    return day
