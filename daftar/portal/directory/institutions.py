"""Finding institutions among 200,000 (S4.6): counted from memory, searched by terms or by place (ADR 0014)."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from itertools import chain, islice
from operator import or_

from django.db.models import Q, QuerySet

from daftar.portal.directory.begun import Begun, Line, begun, how_many, leads_further, lines, texts
from daftar.portal.directory.kept import Kept, Slots
from daftar.portal.directory.models import Institution
from daftar.portal.directory.paging import SIZE, Page, first_of
from daftar.portal.directory.wanted import Terms, Wanted
from daftar.portal.directory.words import begins, compact, contains, spellings

MOST_FOUND = 500
"""A search that finds more says so, and shows as many: nobody reads on, they type on."""
FEW = 300
PLENTY = 20_000
"""Institutions in the chosen regions: so few are looked through at once; so many only where few terms begin so."""
MOST_LOOKED_AT = 20_000
"""Institutions that may begin so and are looked at more closely; where there are more, the page says so."""
AT_FIRST = 2_000
"""Institutions of the chosen regions that are looked through before the others."""
MOST_REGIONS = 1_000


def slots_of(wanted: Wanted, kept: Kept, first: str = "") -> Slots:
    """Where the institutions of a search may lie."""
    return kept.slots(wanted.region, wanted.level, wanted.institution_class, first, wanted.pooling)


def institutions_page(wanted: Wanted, number: int, kept: Kept, first: str = "") -> Page:
    """One page of the institutions wanted; of all countries the one named `first` comes first."""
    slots = slots_of(wanted, kept, first)
    if not wanted.typed and not wanted.address:
        page = Page((), number, slots.total)
        return (
            page
            if page.beyond or not slots.total
            else Page(_browsed(wanted, slots, kept, first_of(number)), number, slots.total)
        )
    codes, all_read = _found(wanted, slots, kept)
    total, more = min(len(codes), MOST_FOUND), len(codes) > MOST_FOUND
    return Page(lines(codes[first_of(number) : total][:SIZE]), number, total, more, not (more or all_read))


def institutions_all(wanted: Wanted, kept: Kept) -> Iterator[Institution]:
    """Every institution wanted, for a file: read as it is sent."""
    slots = slots_of(wanted, kept)
    found = compact(_within(wanted, kept, slots.regions) if slots.total else Institution.objects.none())
    for terms in wanted.typed:
        found = found.filter(contains(terms))
    tests = [begins(terms) for terms in wanted.typed]
    rows = found.order_by("region", "code").iterator(chunk_size=2_000)
    return (row for row in rows if row.region in slots.numbers and all(test(row.words) for test in tests))


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
    """Codes of what a search finds, and whether these are all; beyond MOST_FOUND it does not matter which."""
    if not slots.total:
        return [], True
    codes, all_read = _by_terms(wanted, slots, kept) if wanted.typed and slots.total > FEW else ([], False)
    if not all_read and len(codes) <= MOST_FOUND:
        placed, all_read = _by_place(wanted, slots, kept)
        codes = list(dict.fromkeys([*placed, *codes]))
    return codes, all_read


def _by_terms(wanted: Wanted, slots: Slots, kept: Kept) -> tuple[list[str], bool]:
    """From the terms that begin so, where fewest do, to the institutions; whether these are all.

    They are not where it is quicker to look through the places, and where more terms begin so than are read.
    """
    rarest, *others = sorted(wanted.typed, key=how_many) if len(wanted.typed) > 1 else wanted.typed
    if leads_further(rarest):
        others.append(rarest)
    found: dict[str, None] = {}
    fitting = _fitting(wanted, others, slots)
    for window, last in begun(rarest, others, wanted, kept.days):
        found |= dict.fromkeys(fitting(window))
        if len(found) > MOST_FOUND:
            break
        if not last and (not window or slots.total <= PLENTY):
            return list(found), False
    return list(found), True


def _fitting(wanted: Wanted, others: list[Terms], slots: Slots) -> Callable[[Sequence[Begun]], list[str]]:
    """Chooses those that the rest of a search allows: their place, the other terms, the address."""
    tests = [begins(terms) for terms in others]
    written = [each.lower() for each in spellings(wanted.address)] if wanted.address else []

    def fits(words: str, address: str) -> bool:
        return all(test(words) for test in tests) and (not written or any(each in address.lower() for each in written))

    def fitting(window: Sequence[Begun]) -> list[str]:
        codes = [code for code, region in window if region in slots.numbers]
        if not tests and not written:
            return codes
        told = texts(codes)
        return [code for code in codes if fits(*told[code])]

    return fitting


def _by_place(wanted: Wanted, slots: Slots, kept: Kept) -> tuple[list[str], bool]:
    """What begins so among the institutions of the chosen regions, in the order of the tree; whether these are all."""
    found: list[str] = []
    for regions in _parts(wanted, slots):
        codes, all_read = _looked_through(wanted, regions, kept)
        found += codes
        if not all_read or len(found) > MOST_FOUND:
            return found, False
    return found, True


def _parts(wanted: Wanted, slots: Slots) -> list[list[str]]:
    """Regions that are looked through at once: where many are chosen, the first of them often hold enough."""
    chosen = wanted.region or wanted.pooling
    cut = bisect_left(slots.ends, AT_FIRST) + 1 if chosen else len(slots.regions)
    return [part for part in (slots.regions[:cut], slots.regions[cut:]) if part]


def _looked_through(wanted: Wanted, regions: list[str], kept: Kept) -> tuple[list[str], bool]:
    """Codes that begin so, in the order of the regions; whether all were looked at that may."""
    found = compact(_within(wanted, kept, regions))
    for terms in wanted.typed:
        found = found.filter(contains(terms))
    tests = [begins(terms) for terms in wanted.typed]
    place = {region: number for number, region in enumerate(regions)}
    rows = list(found.values_list("region", "code", "words")[: MOST_LOOKED_AT + 1])
    placed = sorted((place[region], code, words) for region, code, words in rows if region in place)
    fit = (code for _, code, words in placed if all(test(words) for test in tests))
    return list(islice(fit, MOST_FOUND + 1)), len(rows) <= MOST_LOOKED_AT


def _within(wanted: Wanted, kept: Kept, regions: Sequence[str]) -> QuerySet[Institution]:
    """Listed institutions of a level, class and address, in some regions; in all where very many are given."""
    found = Institution.objects.filter(kept.days.listed())
    if regions and len(regions) <= MOST_REGIONS:
        found = found.filter(region__in=regions)
    if wanted.level:
        found = found.filter(level=wanted.level)
    if wanted.institution_class:
        found = found.filter(institution_class=wanted.institution_class)
    return found.filter(_address(wanted.address)) if wanted.address else found


def _address(typed: str) -> Q:
    return reduce(or_, (Q(address__icontains=each) for each in spellings(typed)))
