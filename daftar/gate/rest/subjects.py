"""The person asked about, and the service day, as sent in JSON."""

from datetime import date

import msgspec

from daftar.gate.problems import FieldError, Problem, field_problem
from daftar.terms.calendars import read_iso_day
from daftar.terms.identifiers import TYPES, Identifier, read_identifier
from daftar.terms.jurisdictions import Jurisdiction, jurisdiction_of
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.periods import check_service_day


class Subject(msgspec.Struct, forbid_unknown_fields=True):
    """An identifier of a person."""

    type: str
    number: str


def read_subject(subject: Subject, prefix: str = "subject") -> Identifier:
    """The identifier sent. Raises Problem `invalid-input` naming type or number."""
    if subject.type not in TYPES:
        error = FieldError(f"{prefix}.type", "unknown_word", {"allowed": ", ".join(TYPES)})
        raise Problem("invalid-input", (error,))
    try:
        return read_identifier(subject.type, subject.number)
    except Misunderstood as error:
        raise field_problem(f"{prefix}.number", error) from None


def read_service_day(sent: str | None, today: date) -> date:
    """The day asked about, ISO 8601; today when none is sent. Raises Problem `invalid-input`."""
    if sent is None:
        return today
    try:
        return check_service_day(read_iso_day(sent), today)
    except Misunderstood as error:
        raise field_problem("service_date", error) from None


def subject_jurisdiction(identifier: Identifier) -> Jurisdiction:
    """The jurisdiction that the identifier decides (contracts §1)."""
    return jurisdiction_of(identifier.type)
