"""Reading one person's settlements as they stand (contracts §2; `daftar.disclosure.settled` says which do).

What a correction has taken the place of can still be opened.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from daftar.disclosure import settled
from daftar.portal.directory.models import Institution, Region
from daftar.portal.settlement.models import Settlement
from daftar.portal.settlement.references import reference_of

NO_NAME = "市辖区"
"""What stands for the city in a municipality: 北京市 is both."""
LEVELS = 3
FIRST_CHINESE = "\u4e00"


@dataclass(slots=True, eq=False)
class Line(settled.Line[Any]):
    """A settlement as it stands, with the references under which it and its past are opened."""

    @property
    def reference(self) -> str:
        """What stands in its address."""
        return reference_of(self.row.settlement_id, self.row.version)

    @property
    def earlier_references(self) -> list[tuple[int, str]]:
        """Version and reference of each earlier version."""
        return [(row.version, reference_of(row.settlement_id, row.version)) for row in self.earlier]


@dataclass(frozen=True, slots=True)
class Found:
    """What a reference leads to: one version, the line it belongs to, and whether it is the one that stands."""

    row: Settlement
    line: Line

    @property
    def stands(self) -> bool:
        """Whether no later version has taken its place."""
        return self.row is self.line.row


@dataclass(frozen=True, slots=True)
class Places:
    """Names of the institutions and regions that some settlements mention, withdrawn ones too; else codes stand."""

    institutions: dict[str, Institution]
    regions: dict[str, str]

    def institution(self, code: str) -> str:
        """Name of an institution."""
        return self.institutions[code].name if code in self.institutions else code

    def region(self, code: str) -> str:
        """Name of a region with those above it, below the country."""
        return self.regions.get(code, code)


def expenses_of(person: UUID) -> list[Line]:
    """Every direct settlement of a person and what refunds it, the newest discharge first (S4.23)."""
    lines = settled.shown(_rows(person), Line)
    return sorted(lines, key=lambda each: (each.row.discharged, each.row.admitted, each.reference), reverse=True)


def settlement_found(person: UUID, reference: str) -> Found | None:
    """The version that a reference stands for among a person's own; None when there is none."""
    for line in expenses_of(person):
        for row in (line.row, *line.earlier):
            if reference_of(row.settlement_id, row.version) == reference:
                return Found(row, line)
    return None


def sealed_of(row: Settlement) -> bytes:
    """The sealed fields of one version, empty where there are none; lists leave them alone."""
    found = Settlement.objects.filter(settlement_id=row.settlement_id, version=row.version)
    return bytes(found.values_list("sealed", flat=True).first() or b"")


def places_of(rows: Iterable[Settlement]) -> Places:
    """Look up what some settlements mention, in a few statements however many they are."""
    rows = list(rows)
    institutions = Institution.objects.filter(code__in={row.institution for row in rows}).exclude(name="")
    regions = {code for row in rows for code in (row.insured_region, row.treated_region) if code}
    return Places({each.code: each for each in institutions}, region_names(regions))


def region_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of regions by code, each behind those it lies in: 江西省鹰潭市."""
    known: dict[str, Region] = {}
    wanted = set(codes)
    asked = wanted
    while asked:
        found = {each.code: each for each in Region.objects.filter(code__in=asked).exclude(name="")}
        known |= found
        asked = {each.parent for each in found.values() if each.parent} - known.keys()
    return {code: _path(known, code) for code in wanted if code in known}


def _path(known: dict[str, Region], code: str) -> str:
    names: list[str] = []
    while code in known and known[code].level != "country" and len(names) < LEVELS:
        names.insert(0, known[code].name)
        code = known[code].parent
    separator = "" if all(name >= FIRST_CHINESE for name in names) else "، "
    return separator.join(name for name in names if name != NO_NAME)


def _rows(person: UUID) -> Iterable[Settlement]:
    """All versions that are not withdrawn, without those that a later version took away from this person."""
    later = Settlement.objects.filter(
        settlement_id=OuterRef("settlement_id"), version__gt=OuterRef("version"), withdrawn=False
    ).exclude(key=person)
    rows = Settlement.objects.filter(key=person, withdrawn=False).exclude(Exists(later))
    return rows.defer("sealed").order_by("settlement_id", "version")
