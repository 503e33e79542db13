"""What an organisation may ask under its agreements, and how often a day (S1.2, S1.5, S2.11)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from daftar.answers import Charge
from daftar.store.dialect import Connection, as_date, marks, rows

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
    """The part of an agreement that decides who may ask; `daily_quota` None is no limit."""

    starts: date
    ends: date | None
    purposes: frozenset[str]
    number: str = ""
    daily_quota: int | None = None

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


def charges(agreements: Iterable[AgreementTerms], organisation: str, purpose: str, day: date) -> tuple[Charge, ...]:
    """The quotas of which an inquiry uses up one; none where an agreement in force allows `purpose` without a quota."""
    allowing = [each for each in agreements if each.allows(purpose, day)]
    limited = [(each.number, each.daily_quota) for each in allowing if each.daily_quota is not None]
    if len(limited) < len(allowing):
        return ()
    return tuple(Charge(organisation, number, day, quota) for number, quota in sorted(limited))


@dataclass(frozen=True, slots=True)
class Standing:
    """An organisation as the registry holds it now: its kind, and its agreements unless it is suspended."""

    kind: str
    agreements: tuple[AgreementTerms, ...]


_STANDING = """
SELECT o.code, o.kind, o.suspended, a.number, a.starts, a.ends, a.purposes, a.daily_quota
FROM organisation o LEFT JOIN agreement a ON a.organisation = o.code AND NOT a.withdrawn WHERE NOT o.withdrawn
"""


def read_standings(conn: Connection, organisations: Collection[str]) -> dict[str, Standing]:
    """The standing of organisations by code, in one SELECT; unknown and withdrawn ones are absent."""
    codes = list(organisations)
    kinds: dict[str, str] = {}
    terms: dict[str, list[AgreementTerms]] = {}
    for code, kind, suspended, number, starts, ends, purposes, quota in rows(
        conn, f"{_STANDING} AND o.code IN ({marks(codes)})", codes
    ):
        kinds[code] = kind
        if number is not None and not suspended:
            allowed = read_purposes(kind, purposes)
            held = AgreementTerms(as_date(starts) or date.max, as_date(ends), allowed, number, quota)
            terms.setdefault(code, []).append(held)
    return {code: Standing(kind, tuple(terms.get(code, ()))) for code, kind in kinds.items()}
