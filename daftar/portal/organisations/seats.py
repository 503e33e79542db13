"""To which country's headquarters an organisation belongs: each to exactly one (S2.11).

Its province says it; where no feed has told one, the office that keeps it does; where that is not known either, it is
the first country's, so that somebody looks after it.
"""

from django.db.models import CharField, Q, QuerySet
from django.db.models.expressions import RawSQL

from daftar.portal.organisations.models import Organisation
from daftar.terms.jurisdictions import jurisdictions

FIRST = "ir"
SEAT = (
    "COALESCE(NULLIF(organisation.province, ''),"
    " (SELECT NULLIF(office.region, '') FROM office WHERE office.code = organisation.office), organisation.office)"
)
"""SQL: a region's or an office's code; either begins with its country's (contracts §2)."""


def beginnings(jurisdiction: str) -> tuple[bool, list[str]]:
    """How the seats of a country begin; for the first one, which takes the rest too, how all others do, and True."""
    if jurisdiction != FIRST:
        return False, [f"{jurisdiction}-"]
    return True, [f"{code}-" for code in jurisdictions() if code != FIRST]


def organisations_of(jurisdiction: str) -> QuerySet[Organisation]:
    """The organisations that a country's headquarters look after; `seat` is where each is."""
    others, codes = beginnings(jurisdiction)
    here = Q()
    for code in codes:
        here |= Q(seat__startswith=code)
    seated = Organisation.objects.annotate(seat=RawSQL(SEAT, [], output_field=CharField()))
    return seated.exclude(here) if others else seated.filter(here)
