"""Who asked, for the tallies: organisation, the office that keeps it, province, jurisdiction (S2.16)."""

from collections.abc import Iterable
from dataclasses import dataclass

from daftar.portal.directory.models import Office, Region
from daftar.portal.organisations.models import Organisation
from daftar.portal.organisations.seats import FIRST
from daftar.terms.jurisdictions import jurisdictions

DEEPEST = 6
"""Regions above one another, at most: a circle in the feed ends here."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Where a row of the journal counts; what is not known is empty."""

    jurisdiction: str = ""
    province: str = ""
    office: str = ""
    organisation: str = ""


class Places:
    """Organisations and offices by code, read once for many rows."""

    def __init__(self, organisations: Iterable[str], offices: Iterable[str]) -> None:
        known = Organisation.objects.filter(code__in=list(organisations)).values_list("code", "province", "office")
        self._organisations = {code: (province, office) for code, province, office in known}
        wanted = {*offices, *(office for _, office in self._organisations.values())}
        self._regions = dict(Office.objects.filter(code__in=wanted).values_list("code", "region"))
        self._provinces = provinces_of({region for region in self._regions.values() if region})
        self._law_sets = {each.law_set: code for code, each in jurisdictions().items()}
        self._known: dict[tuple[str, str, str], Asker] = {}

    def of(self, organisation: str, office: str, law_set: str) -> Asker:
        """Where a row counts; the law it was answered by names the jurisdiction where nothing else does."""
        key = organisation, office, law_set
        if key not in self._known:
            self._known[key] = self._find(*key)
        return self._known[key]

    def _find(self, organisation: str, office: str, law_set: str) -> Asker:
        if organisation in self._organisations:
            province, keeper = self._organisations[organisation]
            return Asker(self._seat(province, keeper), province, keeper, organisation)
        if organisation:
            return Asker(self._law_sets.get(law_set, ""), organisation=organisation)
        region = self._regions.get(office, "")
        jurisdiction = _of_region(region) or _of_region(office) or self._law_sets.get(law_set, "")
        return Asker(jurisdiction, self._provinces.get(region, ""), office)

    def _seat(self, province: str, keeper: str) -> str:
        """The country that looks after an organisation: the same one as `organisations.seats` finds."""
        seat = province or self._regions.get(keeper) or keeper
        return next((code for code in jurisdictions() if seat.startswith(f"{code}-")), FIRST)


def provinces_of(regions: set[str]) -> dict[str, str]:
    """The province that each region lies in, or is; regions of no province are left out."""
    above = {region: region for region in regions}
    found: dict[str, str] = {}
    for _ in range(DEEPEST):
        known = {
            code: (level, parent)
            for code, level, parent in Region.objects.filter(code__in=set(above.values())).values_list(
                "code", "level", "parent"
            )
        }
        found |= {region: here for region, here in above.items() if known.get(here, ("",))[0] == "province"}
        above = {
            region: known[here][1]
            for region, here in above.items()
            if here in known and region not in found and known[here][1]
        }
        if not above:
            break
    return found


def _of_region(code: str) -> str:
    """Codes of regions begin with their jurisdiction (contracts §2)."""
    beginning = code.partition("-")[0]
    return beginning if beginning in jurisdictions() else ""
