"""Reading overlaps: how many by insurers and office, the list page by page, one of them with its covers (S2.5)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from daftar.portal.directory.models import Office
from daftar.portal.entitlement.models import Coverage, OtherCover, Overlap
from daftar.rules.coordination import PayerReason, order
from daftar.store.sealing import open_fields

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Overlaps on a day in a jurisdiction; of these insurers together alone, of this office alone."""

    jurisdiction: str
    day: date
    insurers: str = ""
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Persons on a day, by the insurers that cover them together, and by office; each the largest first."""

    persons: int
    insurers: Sequence[tuple[str, int]]
    offices: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Cover:
    """A span by one of the insurers of an overlap, with its place in the order of payment and the number there."""

    insurer: str
    starts: date
    ends: date | None
    basis: str
    place: int
    reason: PayerReason
    membership: str


def overlapping(wanted: Wanted) -> QuerySet[Overlap]:
    """A person has one overlap on a day at most, so these are persons, too."""
    found = Overlap.objects.filter(Q(ends=None) | Q(ends__gte=wanted.day), starts__lte=wanted.day)
    found = found.filter(jurisdiction=wanted.jurisdiction)
    if wanted.insurers:
        found = found.filter(insurers=wanted.insurers)
    return found if wanted.office is None else found.filter(office=wanted.office)


def numbers(wanted: Wanted) -> Numbers:
    """Counted in one walk over the table."""
    by_insurers: Counter[str] = Counter()
    by_office: Counter[str] = Counter()
    grouped = overlapping(wanted).order_by().values_list("insurers", "office").annotate(persons=Count("id"))
    for insurers, office, persons in grouped:
        by_insurers[insurers] += persons
        by_office[office] += persons
    return Numbers(by_insurers.total(), _ordered(by_insurers), _ordered(by_office))


def _ordered(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda each: (-each[1], each[0]))


def page_of(wanted: Wanted, after: tuple[date, int] | None = None) -> tuple[list[Overlap], bool]:
    """The page after an overlap (its first day and number), those that began last first; and whether there are more."""
    found = overlapping(wanted).order_by("-starts", "-id")
    if after:
        starts, id = after
        found = found.filter(Q(starts__lt=starts) | Q(starts=starts, id__lt=id), starts__lte=starts)
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def in_order(insurers: str, day: date, jurisdiction: str) -> list[tuple[str, int, PayerReason]]:
    """The insurers of an overlap in the order in which they pay on a day (S2.5)."""
    return order(insurers.split(), day, jurisdiction)


def office_names(codes: Sequence[str]) -> dict[str, str]:
    """Names of offices by code; one that the directory does not know is called by its code."""
    return {code: code for code in codes} | dict(Office.objects.filter(code__in=codes).values_list("code", "name"))


def covers_of(overlap: Overlap, day: date) -> list[Cover]:
    """The spans that meet in an overlap on a day, in the order of payment."""
    held = Coverage.objects.filter(Q(ends=None) | Q(ends__gte=day), key=overlap.key, starts__lte=day)
    spans, numbers = {span.insurer: span for span in held}, memberships([overlap.key], day)
    covers = []
    for code, place, why in in_order(overlap.insurers, day, overlap.jurisdiction):
        if span := spans.get(code):
            number = numbers.get((overlap.key, code), "")
            covers.append(Cover(code, span.starts, span.ends, span.basis, place, why, number))
    return covers


def memberships(keys: Sequence[UUID], day: date) -> dict[tuple[UUID, str], str]:
    """Membership numbers that other insurers have reported, by person and insurer, as of a day."""
    found = OtherCover.objects.filter(Q(ends=None) | Q(ends__gte=day), key__in=keys, starts__lte=day, withdrawn=False)
    opened = {
        (row.key, row.insurer): open_fields(settings.SECRETS, "other_cover", row.sealed).get("number", "")
        for row in found.order_by("starts")
        if row.sealed
    }
    return {whose: number for whose, number in opened.items() if number}
