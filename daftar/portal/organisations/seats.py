"""To which country's headquarters an organisation belongs: each to exactly one (S2.11).

Its province says it; where no feed has told one, the office that keeps it does; where that is not known either, it is
the first country's, so that somebody looks after it.
"""

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from daftar.portal.directory.models import Office
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
    """The organisations that a country's headquarters look after; `seat` is where each is.

    In the words of the ORM and not by `SEAT`: a query within a query names its tables anew.
    """
    office = Subquery(Office.objects.filter(code=OuterRef("office")).values("region")[:1])
    seat = Coalesce(NullIf("province", Value("")), NullIf(office, Value("")), "office", output_field=CharField())
    others, codes = beginnings(jurisdiction)
    here = Q(*(("seat__startswith", code) for code in codes), _connector=Q.OR)
    return Organisation.objects.annotate(seat=seat).filter(~here if others else here)
