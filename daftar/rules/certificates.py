"""Certificates of affiliation: until when one may be opened (S1.21)."""

from datetime import date, timedelta

from daftar.rules.regions import law_of
from daftar.rules.units import Unit

VALID_DAYS = "certificate/valid_days"
CERTIFICATE = {VALID_DAYS: Unit.DAYS}
"""What a law set must have where its insurer issues certificates: no span rests on it."""


def valid_until(jurisdiction: str, day: date) -> date:
    """The last day on which a certificate that is issued on `day` may be opened; without a law that day."""
    law = law_of(jurisdiction)
    days = law[VALID_DAYS].number(day) or 0 if VALID_DAYS in law else 0
    return day + timedelta(days=days)
