"""Finding institutions among 200,000 (S4.6): counted from memory, searched by terms or by place (ADR 0014)."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from itertools import chain, islice
from operator import or_

from django.db.models import Q, QuerySet
from persiantools import characters

from daftar.portal.directory.begun import Begun, Line, begun, lines, texts
from daftar.portal.directory.kept import Kept, Slots, listed
from daftar.portal.directory.models import Institution
from daftar.portal.directory.paging import SIZE, Page, first_of
from daftar.portal.directory.wanted import Terms, Wanted
from daftar.portal.directory.words import begins, compact, contains

MOST_FOUND = 500
"""A search that finds more says so, and shows as many: nobody reads on, they type on."""
FEW = 300
PLENTY = 20_000
"""Institutions in the chosen regions: so few are looked through at once; so many only where few terms begin so."""
AT_FIRST = 2_000
"""Institutions of the chosen regions that are looked through before the others."""
MOST_REGIONS = 1_000


def institutions_page(wanted: Wanted, number: int, kept: Kept, first: str = "") -> Page:
    """One page of the institutions wanted; of all countries the one named `first` comes first."""
    slots = kept.slots(wanted.region, wanted.level, wanted.institution_class, first)
    if not wanted.typed and not wanted.address:
        page = Page((), number, slots.total)
        return (
            page
            if page.beyond or not slots.total
            else Page(_browsed(wanted, slots, kept, first_of(number)), number, slots.total)
        )
    codes, more = _found(wanted, slots, kept)
    return Page(lines(codes[first_of(number) :][:SIZE]), number, len(codes), more)


def institutions_all(wanted: Wanted, kept: Kept) -> Iterator[Institution]:
    """Every institution wanted, for a file: read as it is sent."""
    slots = kept.slots(wanted.region, wanted.level, wanted.institution_class)
    found = compact(_within(wanted, kept, slots.regions)) if slots.total else Institution.objects.none()
    for terms in wanted.typed:
        found = found.filter(contains(terms))
    tests = [begins(terms) for terms in wanted.typed]
    rows = found.order_by("region", "code").iterator(chunk_size=2_000)
    return (row for row in rows if all(test(row.words) for test in tests))


def _browsed(wanted: Wanted, slots: Slots, kept: Kept, start: int) -> list[Line]:
    """The entries of a page without a search: only the regions in which they lie are looked at."""
    regions, skip = slots.stretch(start, SIZE)
    found = _within(wanted, kept, regions)
    if len(regions) == 1:
        return list(map(Line._make, found.order_by("code").values_list(*Line._fields)[skip : skip + SIZE]))
    by_region: dict[str, list[str]] = {region: [] for region in regions}
    for region, code in found.order_by("region", "code").values_list("region", "code"):
        by_region[region].append(code)
    return lines(list(chain.from_iterable(by_region.values()))[skip : skip + SIZE])


def _found(wanted: Wanted, slots: Slots, kept: Kept) -> tuple[list[str], bool]:
    """Codes of what a search finds, at most so many, and whether there are more."""
    if not slots.total:
        return [], False
    rarest, *others = wanted.typed or [[]]
    codes = _by_terms(wanted, rarest, others, slots, kept) if rarest and slots.total > FEW else None
    if codes is None:
        codes = list(_by_place(wanted, slots, kept))
    return codes[:MOST_FOUND], len(codes) > MOST_FOUND


def _by_terms(wanted: Wanted, rarest: Terms, others: list[Terms], slots: Slots, kept: Kept) -> list[str] | None:
    """From the terms that begin so to the institutions; None where it is quicker to look through the places."""
    found: dict[str, None] = {}
    fitting = _fitting(wanted, others, slots)
    for window, last in begun(rarest, wanted, kept.day):
        found |= dict.fromkeys(fitting(window))
        if len(found) > MOST_FOUND:
            break
        if not last and slots.total <= PLENTY:
            return None
    return list(found)


def _fitting(wanted: Wanted, others: list[Terms], slots: Slots) -> Callable[[Sequence[Begun]], list[str]]:
    """Chooses those that the rest of a search allows: their place, the other terms, the address."""
    tests = [begins(terms) for terms in others]
    spellings = [each.lower() for each in _spellings(wanted.address)] if wanted.address else []

    def fits(words: str, address: str) -> bool:
        return all(test(words) for test in tests) and (
            not spellings or any(each in address.lower() for each in spellings)
        )

    def fitting(window: Sequence[Begun]) -> list[str]:
        codes = [code for code, region in window if region in slots.numbers]
        if not tests and not spellings:
            return codes
        told = texts(codes)
        return [code for code in codes if fits(*told[code])]

    return fitting


def _by_place(wanted: Wanted, slots: Slots, kept: Kept) -> Iterator[str]:
    """What begins so among the institutions of the chosen regions, in the order of the tree."""
    return islice(
        chain.from_iterable(_looked_through(wanted, each, kept) for each in _parts(wanted, slots)), MOST_FOUND + 1
    )


def _parts(wanted: Wanted, slots: Slots) -> list[list[str]]:
    """Regions that are looked through at once: where many are chosen, the first of them often hold enough."""
    cut = bisect_left(slots.ends, AT_FIRST) + 1 if wanted.region else len(slots.regions)
    return [part for part in (slots.regions[:cut], slots.regions[cut:]) if part]


def _looked_through(wanted: Wanted, regions: list[str], kept: Kept) -> Iterator[str]:
    found = compact(_within(wanted, kept, regions))
    for terms in wanted.typed:
        found = found.filter(contains(terms))
    tests = [begins(terms) for terms in wanted.typed]
    place = {region: number for number, region in enumerate(regions)}
    rows = sorted(found.values_list("region", "code", "words"), key=lambda row: (place.get(row[0], 0), row[1]))
    return (code for _, code, words in rows if all(test(words) for test in tests))


def _within(wanted: Wanted, kept: Kept, regions: Sequence[str]) -> QuerySet[Institution]:
    """Listed institutions of a level, class and address, in some regions; in all where none or very many are given."""
    found = Institution.objects.filter(listed(kept.day))
    if regions and (wanted.region or len(regions) <= MOST_REGIONS):
        found = found.filter(region__in=regions)
    if wanted.level:
        found = found.filter(level=wanted.level)
    if wanted.institution_class:
        found = found.filter(institution_class=wanted.institution_class)
    return found.filter(_address(wanted.address)) if wanted.address else found


def _address(typed: str) -> Q:
    """As typed, and with the other letters for ک and ی."""
    return reduce(or_, (Q(address__icontains=each) for each in _spellings(typed)))


def _spellings(typed: str) -> list[str]:
    return sorted({typed, characters.ar_to_fa(typed), characters.fa_to_ar(typed)})
