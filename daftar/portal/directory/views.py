"""Designated institutions (S4.6): the list, the same as a file, how many there are by province. No log-in (S4.3)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from daftar.portal.directory.answering import NOTHING, list_page
from daftar.portal.directory.forms import InstitutionForm, readers_country, readers_first
from daftar.portal.directory.institutions import PLENTY, institutions_all, institutions_page
from daftar.portal.directory.kept import Kept, kept
from daftar.portal.directory.paging import page_asked
from daftar.portal.directory.sheets import sheet
from daftar.portal.directory.shown import path_of
from daftar.portal.directory.wanted import Wanted
from daftar.portal.theme.bars import Row, chart
from daftar.portal.theme.page import language
from daftar.portal.theme.templatetags.words import digits
from daftar.terms.misunderstood import Misunderstood

COLUMNS = (*("code", "name", "region", "region_path", "level", "class", "address", "phone"),)


def institutions(request: HttpRequest) -> HttpResponse:
    """The six fields, to ask by and to read (S4.6)."""
    now = kept(timezone.now())
    form, wanted = _asked(request, now)
    page = NOTHING if form.errors else institutions_page(wanted, page_asked(request), now, readers_country())
    narrower = [] if wanted.narrowed else _narrower(wanted, now)
    pool = now.pools.get(wanted.pooling)
    return list_page(request, "institutions", form, wanted, page, now, narrower=narrower, pool=pool)


def institutions_file(request: HttpRequest) -> HttpResponseBase:
    """All that the search finds, as CSV."""
    now = kept(timezone.now())
    form, wanted = _asked(request, now)
    if form.errors:
        return institutions(request)
    return sheet("institutions", COLUMNS, institutions_all(wanted, now), lambda row: _cells(row, now))


def by_province(request: HttpRequest) -> HttpResponse:
    """How many institutions each province has: a chart with its table (design §9)."""
    now = kept(timezone.now())
    counted = now.once(("by province", language()), lambda: render_to_string("directory/provinces.html", _counted(now)))
    return render(request, "directory/by_province.html", {"counted": counted})


def _counted(now: Kept) -> dict[str, Any]:
    countries = [(root, _numbers(root.below, now)) for root in readers_first(now.tree.roots)]
    charts = [
        (root, numbers, chart([Row(place.name, (number,), digits(number)) for place, number in numbers]))
        for root, numbers in countries
        if numbers
    ]
    placed = sum(number for _root, numbers in countries for _place, number in numbers)
    return {"charts": charts, "total": now.slots().total, "elsewhere": now.slots().total - placed}


def _asked(request: HttpRequest, now: Kept) -> tuple[InstitutionForm, Wanted]:
    """The search; one for an address in a large directory names a region too."""
    form = InstitutionForm(request.GET, kept=now)
    wanted = form.wanted
    if wanted.address and not wanted.typed and now.slots(wanted.region, pooling=wanted.pooling).total > PLENTY:
        form.refuse("address", Misunderstood("region_with_address"))
    return form, wanted


def _narrower(wanted: Wanted, now: Kept) -> list[tuple[Any, int, str]]:
    """The regions directly below the chosen one that hold institutions: how many, and the address of each."""
    below = now.tree.children(wanted.region) if wanted.region else ()
    counted = ((place, now.slots(place.code).total) for place in below)
    return [(place, number, wanted.query(region=place.code)) for place, number in counted if number]


def _numbers(codes: tuple[str, ...], now: Kept) -> list[tuple[Any, int]]:
    return [(now.tree.places[code], now.slots(code).total) for code in codes]


def _cells(row: Any, now: Kept) -> tuple[Any, ...]:
    path, _lang = path_of(row.region, now)
    return (row.code, row.name, row.region, path, row.level, row.institution_class, row.address, row.phone)
