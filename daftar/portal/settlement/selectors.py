"""Reading one person's settlements as they stand (contracts §2): the highest version that is not withdrawn.

A refund takes nothing away from the page: what it refunds stays in the list beside it, whether the refund came as a
settlement of its own that names the other, or as a later version of the same. A correction takes the place of what it
corrects, be it an earlier version or a settlement that it names; those can still be opened.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef

from daftar.portal.directory.models import Institution, Region
from daftar.portal.settlement.models import Settlement
from daftar.portal.settlement.references import reference_of

REFUND, CORRECTION = "refund", "correction"
NO_NAME = "市辖区"
"""What stands for the city in a municipality: 北京市 is both."""
LEVELS = 3
FIRST_CHINESE = "\u4e00"


@dataclass(slots=True, eq=False)
class Line:
    """A settlement as it stands: its row, the versions before it (the newest first), and the refunds around it."""

    row: Settlement
    reference: str
    earlier: tuple[Settlement, ...] = ()
    refunds: "Line | None" = None  # what this line refunds
    refunded_by: list["Line"] = field(default_factory=list)

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
    """Names of the institutions and regions that some settlements mention; unknown codes are their own names."""

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
    lines = _linked(list(_lines(_rows(person))))
    shown = [each for each in lines if each.row.direct or (each.refunds and each.refunds.row.direct)]
    return sorted(shown, key=lambda each: (each.row.discharged, each.row.admitted, each.reference), reverse=True)


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
    institutions = Institution.objects.filter(code__in={row.institution for row in rows}, withdrawn=False)
    regions = {code for row in rows for code in (row.insured_region, row.treated_region) if code}
    return Places({each.code: each for each in institutions}, region_names(regions))


def region_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of regions by code, each behind those it lies in: 江西省鹰潭市."""
    known: dict[str, Region] = {}
    wanted = set(codes)
    asked = wanted
    while asked:
        found = {each.code: each for each in Region.objects.filter(code__in=asked, withdrawn=False)}
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


def _lines(rows: Iterable[Settlement]) -> Iterator[Line]:
    for _, versions in groupby(rows, key=lambda row: row.settlement_id):
        yield from _standing(list(versions))


def _standing(versions: list[Settlement]) -> list[Line]:
    """The lines of one settlement: what stands, and before it what it refunds, when that is an earlier version."""
    top = versions[-1]
    charged = [row for row in versions if row.kind != REFUND]
    refunding = top.kind == REFUND and top.refers_to in ("", top.settlement_id) and charged
    if not refunding:
        return [_line(versions)]
    refund, settled = _line([row for row in versions if row.kind == REFUND]), _line(charged)
    refund.refunds = settled
    return [settled, refund]


def _line(versions: list[Settlement]) -> Line:
    *earlier, row = versions
    return Line(row, reference_of(row.settlement_id, row.version), tuple(reversed(earlier)))


def _linked(lines: list[Line]) -> list[Line]:
    """Put what a correction of another number replaces behind it, and tie refunds to what they refund."""
    by_number = {line.row.settlement_id: line for line in lines if line.row.kind != REFUND}
    replaced = _replace(lines, by_number)
    for line in lines:
        if line.row.kind == REFUND and line.refunds is None:
            line.refunds = by_number.get(line.row.refers_to)
        if line.refunds:
            line.refunds = by_number[line.refunds.row.settlement_id]
            line.refunds.refunded_by.append(line)
    return [line for line in lines if line not in replaced]


def _replace(lines: list[Line], by_number: dict[str, Line]) -> set[Line]:
    """Corrections that name another settlement take its place, along whole chains; who was replaced.

    Of several that lead to one settlement the newest stands; the others go behind it.
    """
    newest_first = sorted((line for line in lines if line.row.kind == CORRECTION), key=_age, reverse=True)
    corrects = {line: by_number.get(line.row.refers_to) for line in newest_first}
    pointed_at = set(corrects.values())
    replaced: set[Line] = set()
    for head in sorted(corrects, key=lambda line: line in pointed_at):  # the ends of chains first, circles last
        at: Line | None = None if head in replaced else corrects[head]
        while at and at is not head and at not in replaced:
            replaced.add(at)
            head.earlier += (at.row, *at.earlier)
            by_number[at.row.settlement_id] = head
            at = corrects.get(at)
        newer = by_number[at.row.settlement_id] if at else head
        if newer is not head:
            replaced.add(head)
            newer.earlier = (head.row, *head.earlier, *newer.earlier)
            by_number.update({number: newer for number, line in by_number.items() if line is head})
    return replaced


def _age(line: Line) -> tuple[float, float, str]:
    """Orders corrections of one settlement, the newest last; between equals the number decides."""
    settled, recorded = line.row.settled_at, line.row.recorded_at
    return settled.timestamp() if settled else 0.0, recorded.timestamp(), line.row.settlement_id
