"""Reading certificates."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from daftar.disclosure.certificates import Applicant, Certificate, certificates_of
from daftar.disclosure.certificates.issuing import Owner, applicant
from daftar.disclosure.certificates.journal import Event, history
from daftar.disclosure.certificates.verification import Verdict, number_of
from daftar.portal.journal.services import raw_connection
from daftar.portal.organisations.models import Organisation
from daftar.store.signing_keys import signing_keys
from daftar.terms.certificate_codes import CertificateNumber
from daftar.terms.digits import compact, fold
from daftar.terms.misunderstood import Misunderstood

if TYPE_CHECKING:
    from daftar.portal.theme.paper.reading import ReadPaper


@dataclass(frozen=True, slots=True)
class InInbox:
    """A line of the inbox: the certificate and its state in one word."""

    certificate: Certificate
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a certificate's history, with the organisation's name."""

    event: Event
    organisation: str


@transaction.atomic
def inbox(owner: Owner, query: str, at: datetime) -> list[InInbox]:
    """The owner's certificates, the newest first; `query` are words of the addressee or digits of the number."""
    wanted, digits = fold(query), _digits(query)
    held = certificates_of(raw_connection(), settings.SECRETS, owner.key)
    return [
        InInbox(each, each.state(at))
        for each in held
        if wanted in fold(each.organisation_name) or (digits and digits in each.number)
    ]


@transaction.atomic
def lines_of(held: Certificate) -> tuple[list[Line], int]:
    """What happened to a certificate, the newest first, and how much more is not among it."""
    told = history(raw_connection(), held)
    codes = {event.organisation for event in told.events if event.organisation}
    names = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
    lines = [Line(event, names.get(event.organisation or "", event.organisation or "")) for event in told.events]
    return lines, told.more


@transaction.atomic
def applicant_of(owner: Owner) -> Applicant:
    """The owner as a certificate names them."""
    return applicant(raw_connection(), settings.SECRETS, owner.key)


def scanned_number(typed: str) -> CertificateNumber | None:
    """The number that was typed, or that stands in the scanned text of a QR of ours; None: not ours.

    Raises Misunderstood.
    """
    return number_of(typed, signing_keys(settings.CERTIFICATE_KEYS))


def paper(read: "ReadPaper") -> tuple[Verdict, CertificateNumber | None]:
    """What a stranger learns of a PDF before its number is looked up; the number only of a whole certificate."""
    if read.wholeness != "whole":
        return Verdict(read.wholeness), None
    return Verdict.NO_CERTIFICATE, CertificateNumber(read.mark) if read.mark else None


def _digits(query: str) -> str:
    try:
        typed = compact(query)
    except Misunderstood:
        return ""
    return typed if typed.isdigit() else ""
