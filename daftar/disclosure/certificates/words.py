"""What a certificate says in the reader's language, the guide's sentences word for word (S1.25, S1.26)."""

from datetime import date

from daftar.disclosure.certificates import Applicant, Certificate
from daftar.terms.calendars import show_day
from daftar.terms.texts import text


def applicant_name(applicant: Applicant) -> str:
    """Both names, in the order of their language."""
    given, family = applicant.given_name, applicant.family_name
    return f"{family}{given}" if applicant.identifier_type.startswith("cn-") else f"{given} {family}".strip()


def closing(applicant: Applicant, requested_on: date, language: str) -> str:
    """S1.25: «این گواهی بنا به درخواست مورخ … آقای/خانم … صادر گردیده است.»"""
    return text(
        "certificate.requested",
        language,
        day=show_day(requested_on, language),
        title=text(f"certificate.{applicant.sex or 'unknown'}", language),
        name=applicant_name(applicant),
    )


def sentence(held: Certificate, language: str) -> str:
    """One of the four, the same as authorities read (S1.26)."""
    return text(f"outcome.{held.content.answer.outcome}", language)
