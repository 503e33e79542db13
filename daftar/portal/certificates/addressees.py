"""The organisations that a certificate may be addressed to (S1.21): searched by words of name and province."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from daftar.disclosure.agreements import CERTIFICATES, PURPOSES_BY_KIND, any_allows, read_standings
from daftar.portal.directory.models import Region
from daftar.portal.journal.services import raw_connection
from daftar.portal.organisations.models import Organisation
from daftar.terms.digits import fold

MOST_SHOWN = 20
KINDS = tuple(kind for kind, purposes in PURPOSES_BY_KIND.items() if CERTIFICATES in purposes)


@dataclass(frozen=True, slots=True)
class Addressee:
    """An organisation that certificates may be addressed to."""

    code: str
    name: str
    kind: str
    province: str


def addressees(query: str, kind: str, day: date) -> list[Addressee]:
    """Organisations with an agreement for certificates on a day, by name."""
    provinces = dict(Region.objects.filter(level="province").values_list("code", "name"))
    rows = Organisation.objects.filter(kind__in=[kind] if kind in KINDS else KINDS, withdrawn=False)
    found = [Addressee(row.code, row.name, row.kind, provinces.get(row.province, "")) for row in rows]
    wanted = fold(query).split()
    fitting = [each for each in found if all(word in fold(f"{each.name} {each.province}") for word in wanted)]
    return sorted(_allowed(fitting, day), key=lambda each: each.name)


def addressee_named(code: str, day: date) -> Addressee | None:
    """The organisation of a code, when certificates may be addressed to it on a day."""
    row = Organisation.objects.filter(code=code, kind__in=KINDS, withdrawn=False).first()
    if row is None:
        return None
    province = Region.objects.filter(code=row.province).values_list("name", flat=True).first()
    return next(iter(_allowed([Addressee(row.code, row.name, row.kind, province or "")], day)), None)


@transaction.atomic
def _allowed(found: list[Addressee], day: date) -> list[Addressee]:
    if not found:
        return []
    standings = read_standings(raw_connection(), [each.code for each in found])
    return [each for each in found if any_allows(standings[each.code].agreements, CERTIFICATES, day)]
