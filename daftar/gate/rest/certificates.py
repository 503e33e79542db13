"""POST /certificates/open: number and access code in, the certificate out for its addressee alone (S1.10, S1.28)."""

from datetime import UTC, date, datetime

import msgspec

from daftar.disclosure.agreements import CERTIFICATES
from daftar.disclosure.certificates import Certificate, House
from daftar.disclosure.certificates.journal import Actor
from daftar.disclosure.certificates.opening import NotOpened, open_certificate
from daftar.disclosure.certificates.words import closing
from daftar.gate.counter import Counter, now
from daftar.gate.problems import FieldError, Problem, field_problem
from daftar.gate.request import Request
from daftar.gate.rest.affiliation_told import AffiliationTold, told
from daftar.terms.certificate_codes import AccessCode, CertificateNumber, read_access_code, read_certificate_number
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.outcomes import Channel


class CertificateOpening(msgspec.Struct, forbid_unknown_fields=True):
    """What opens a certificate, as its owner gave it."""

    number: str
    access_code: str


class ApplicantTold(msgspec.Struct):
    """Whose certificate it is."""

    type: str
    number: str
    given_name: str
    family_name: str


class Proof(msgspec.Struct):
    """What can be checked off-line: `token` by our published keys, its claim `ans` by salt and content.

    `ans` is the SHA-256 of the salt's bytes followed by the UTF-8 of `content`, base64url without padding.
    """

    token: str
    salt: str
    content: str


class CertificateTold(msgspec.Struct):
    """A certificate, opened: addressed to the organisation that asks (S1.23-S1.26)."""

    number: str
    organisation_name: str
    issued_at: datetime
    valid_until: date
    applicant: ApplicantTold
    answer: AffiliationTold
    closing: str
    proof: Proof


_OPENING = msgspec.json.Decoder(CertificateOpening)


async def post_certificate_open(counter: Counter, request: Request) -> tuple[int, bytes]:
    """200 with the certificate. Problem `certificate-not-found`, `access-code-wrong`, `certificate-locked`, …"""
    client = counter.client(request, CERTIFICATES)
    sent = await request.json(_OPENING)
    number, code = _read(sent)
    at = now()
    allowed = any(client.may(CERTIFICATES, each.today(at)) for each in jurisdictions().values())
    house = House(counter.secrets, counter.writer, counter.tracking)
    by = Actor(account=client.client_id, channel=Channel.API, organisation=client.organisation)
    opened = await counter.desk.run(
        lambda conn: open_certificate(conn, house, number, code, by=by, allowed=allowed, at=at)
    )
    if isinstance(opened, NotOpened):
        raise _problem(opened)
    return 200, msgspec.json.encode(tell(opened, request.language))


def tell(held: Certificate, language: str) -> CertificateTold:
    """The certificate in the words of the contract."""
    content = held.content
    who = content.applicant
    return CertificateTold(
        number=held.number,
        organisation_name=held.organisation_name,
        issued_at=held.issued_at.astimezone(UTC),
        valid_until=held.valid_until,
        applicant=ApplicantTold(who.identifier_type, who.identifier_number, who.given_name, who.family_name),
        answer=told(content.answer, held.organisation, language),
        closing=closing(who, held.requested_on, language),
        proof=Proof(held.token, content.salt, held.written),
    )


def _read(sent: CertificateOpening) -> tuple[CertificateNumber, AccessCode]:
    try:
        number = read_certificate_number(sent.number)
    except Misunderstood as error:
        raise field_problem("number", error) from None
    try:
        return number, read_access_code(sent.access_code)
    except Misunderstood as error:
        raise field_problem("access_code", error) from None


def _problem(refused: NotOpened) -> Problem:
    errors: tuple[FieldError, ...] = ()
    if refused.problem == "access-code-wrong":
        errors = (FieldError("access_code", "wrong_code", {"left": str(refused.left)}),)
    return Problem(refused.problem, errors, retry_after=refused.retry_after)
