"""What an organisation may ask under its agreements (S1.2, S1.5, S2.11)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

ELIGIBILITY = "eligibility"
AFFILIATION = "affiliation"
CERTIFICATES = "certificates"

PURPOSES_BY_KIND: dict[str, frozenset[str]] = {
    "provider": frozenset({ELIGIBILITY}),
    "fund": frozenset({AFFILIATION, CERTIFICATES}),
    "judicial": frozenset({AFFILIATION, CERTIFICATES}),
    "quasi_judicial": frozenset({AFFILIATION, CERTIFICATES}),
}
"""What each kind of organisation may be allowed at all; an agreement that names no purpose allows all of its kind."""


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """The part of an agreement that decides who may ask."""

    starts: date
    ends: date | None
    purposes: frozenset[str]

    def allows(self, purpose: str, day: date) -> bool:
        """Whether the agreement is in force on `day` and covers `purpose`."""
        return purpose in self.purposes and self.starts <= day and (self.ends is None or day <= self.ends)


def read_purposes(kind: str, written: str) -> frozenset[str]:
    """Purposes as written in a feed, separated by spaces, commas or semicolons, cut to what the kind may ask at all."""
    possible = PURPOSES_BY_KIND.get(kind, frozenset())
    named = frozenset(re.findall(r"\w+", written))
    return possible & named if named else possible


def any_allows(agreements: Iterable[AgreementTerms], purpose: str, day: date) -> bool:
    """Whether one of the agreements allows `purpose` on `day`; without one in force no access (S1.2)."""
    return any(each.allows(purpose, day) for each in agreements)
