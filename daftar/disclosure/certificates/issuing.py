"""Issuing a certificate: the owner's own affiliation is asked, sealed and signed in one transaction (S1.21-S1.26)."""

import secrets as random
from datetime import date, datetime, timedelta

import msgspec

from daftar.disclosure.affiliation import ask_affiliation
from daftar.disclosure.affiliation.questions import OWN, AffiliationAnswer, AffiliationQuestion, AffiliationRefused
from daftar.disclosure.agreements import CERTIFICATES
from daftar.disclosure.certificates import (
    SEALED,
    SEALED_CODE,
    Applicant,
    Certificate,
    Content,
    House,
    certificate,
    write_content,
)
from daftar.disclosure.certificates.journal import Actor, Happened, note
from daftar.disclosure.certificates.token import make_token
from daftar.rules.certificates import valid_until
from daftar.store.dialect import Connection, execute, rows
from daftar.store.keys import Key, Secrets
from daftar.store.sealing import open_fields
from daftar.store.signing_keys import SigningKey
from daftar.terms.certificate_codes import CertificateNumber, new_access_code, new_number
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Ground

MOST_A_DAY = 20
SALT_BYTES = 16


class Owner(msgspec.Struct, frozen=True):
    """A citizen whose identity is verified."""

    key: Key
    jurisdiction: str
    actor: Actor


class Wish(msgspec.Struct, frozen=True):
    """What the owner wants: for whom, and about which period if any."""

    organisation: str
    organisation_name: str
    period_from: date | None = None
    period_to: date | None = None


class NotIssued(msgspec.Struct, frozen=True):
    """Nothing was issued. `problem` has a text under [problem]; `faults`: `period_from` or `period_to` and a code."""

    problem: str
    faults: tuple[tuple[str, str], ...] = ()


def ask_own(
    conn: Connection, house: House, owner: Owner, period: tuple[date | None, date | None], at: datetime
) -> AffiliationAnswer | NotIssued:
    """The owner's own affiliation, as a fund would be told it (S1.3, S1.26)."""
    question = AffiliationQuestion(
        key=owner.key,
        jurisdiction=owner.jurisdiction,
        organisation=None,
        organisation_kind=OWN,
        channel=owner.actor.channel,
        ground=Ground.OWN,
        account=owner.actor.account,
        period_from=period[0],
        period_to=period[1],
        purpose=CERTIFICATES,
    )
    (reply,) = ask_affiliation(
        conn, [question], at=at, secrets=house.secrets, writer=house.writer, tracking=house.tracking
    )
    if isinstance(reply, AffiliationRefused):
        return NotIssued(reply.problem, tuple((fault.field.replace(".", "_"), fault.code) for fault in reply.faults))
    return reply


def issue(
    conn: Connection, house: House, owner: Owner, wish: Wish, *, key: SigningKey, issuer: str, at: datetime
) -> Certificate | NotIssued:
    """Issue a certificate to the owner's inbox. `key` signs its token, `issuer` is our address in it."""
    if issued_today(conn, owner, at) >= MOST_A_DAY:
        return NotIssued("too-many-requests")
    answer = ask_own(conn, house, owner, (wish.period_from, wish.period_to), at)
    if isinstance(answer, NotIssued):
        return answer
    content = Content(answer, applicant(conn, house.secrets, owner.key), random.token_hex(SALT_BYTES))
    number = _insert(conn, house, owner, wish, content, at)
    held = certificate(conn, house.secrets, number)
    assert held is not None  # just inserted
    token = make_token(held, key, issuer)
    execute(conn, "UPDATE certificate SET token = ? WHERE number = ?", [token, number])
    note(conn, house, Happened.ISSUED, held, owner.actor, at)
    return msgspec.structs.replace(held, token=token)


def issued_today(conn: Connection, owner: Owner, at: datetime) -> int:
    """How many certificates the owner took in the last 24 hours."""
    found = rows(
        conn,
        "SELECT count(*) FROM certificate WHERE key = ? AND issued_at > ?",
        [owner.key, at - timedelta(days=1)],
    )
    return int(found[0][0])


def applicant(conn: Connection, secrets: Secrets, key: Key) -> Applicant:
    """Names, sex and first identifier of a known person."""
    sex, sealed = rows(conn, "SELECT sex, sealed FROM person WHERE key = ?", [key])[0]
    names = open_fields(secrets, "person", sealed)
    found = rows(conn, "SELECT type, sealed FROM person_identifier WHERE key = ?", [key])
    kind, number = found[0] if found else ("", None)
    return Applicant(
        given_name=names.get("given_name", ""),
        family_name=names.get("family_name", ""),
        sex=sex,
        identifier_type=kind,
        identifier_number=open_fields(secrets, "person_identifier", number)["number"] if number else "",
    )


def _insert(
    conn: Connection, house: House, owner: Owner, wish: Wish, content: Content, at: datetime
) -> CertificateNumber:
    number = new_number()
    code = house.secrets.seal(new_access_code().encode(), about=f"{SEALED_CODE}.{number}")
    execute(
        conn,
        "INSERT INTO certificate (number, key, account, jurisdiction, organisation, organisation_name, sealed,"
        " sealed_code, token, issued_at, valid_until, wrong_codes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, 0)",
        [
            number,
            owner.key,
            owner.actor.account,
            owner.jurisdiction,
            wish.organisation,
            wish.organisation_name,
            house.secrets.seal(write_content(content), about=f"{SEALED}.{number}"),
            code,
            at,
            valid_until(owner.jurisdiction, jurisdictions()[owner.jurisdiction].today(at)),
        ],
    )
    return number
