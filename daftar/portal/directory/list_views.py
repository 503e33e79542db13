"""The smaller lists: regions, pooling regions (S4.4, S4.5), offices (S4.9, S4.26). No log-in (S4.3)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daftar.portal.directory.answering import NOT_FOUND, NOTHING, list_page
from daftar.portal.directory.entries import entries_all, entries_page
from daftar.portal.directory.forms import FindForm, readers_country, readers_first
from daftar.portal.directory.institutions import institutions_page
from daftar.portal.directory.kept import Kept, kept
from daftar.portal.directory.models import Office, PoolingRegion, Region
from daftar.portal.directory.paging import Page, page_asked
from daftar.portal.directory.sheets import sheet
from daftar.portal.directory.shown import all_open, filings_stop, is_open, path_of, shown_on
from daftar.portal.directory.wanted import Wanted
from daftar.portal.theme.errors import error_page

REGION_NAME = _("Name of the region")
POOLING_NAME, OFFICE_NAME = _("Name of the pooling region"), _("Name of the agency or department")
REGION_COLUMNS = (*("code", "name", "level", "parent", "path", "files_to"),)
POOLING_COLUMNS = (*("code", "name", "region", "region_path", "open", "opened_on", "insurance_types"),)
OFFICE_COLUMNS = (*("code", "name", "region", "region_path", "department", "address", "phone", "postcode"),)
MOST_CODE = 16


def regions(request: HttpRequest) -> HttpResponse:
    """Administrative divisions of all countries served here."""
    now = kept(timezone.now())
    form, wanted = _asked(request, REGION_NAME, now)
    page = _page(Region.objects.all(), request, form, wanted, now)
    return list_page(request, "regions", form, wanted, page, now)


def regions_file(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV."""
    at = timezone.now()
    now = kept(at)
    form, wanted = _asked(request, REGION_NAME, now)
    if form.errors:
        return regions(request)

    def cells(row: Region) -> tuple[Any, ...]:
        return (row.code, row.name, row.level, row.parent, path_of(row.code, now)[0], filings_stop(row.code, at))

    return sheet("regions", REGION_COLUMNS, entries_all(Region.objects.all(), wanted, now), cells)


def region(request: HttpRequest, code: str) -> HttpResponse:
    """One region: where it lies, what lies in it, and what of the directory is there."""
    at = timezone.now()
    now = kept(at)
    place = now.tree.places.get(code)
    if place is None:
        return error_page(request, NOT_FOUND, _("There is no region with this code."))
    path = now.tree.path(code)[:-1]
    below = [(each, now.slots(each.code).total) for each in now.tree.children(code)]
    stops, total = filings_stop(code, at), now.slots(code).total
    context = {"place": place, "path": path, "below": below, "files_to": stops, "total": total}
    return render(request, "directory/region.html", context)


def pooling_regions(request: HttpRequest) -> HttpResponse:
    """Pooling regions by administrative region or of the whole country, open or not (S4.4)."""
    now = kept(timezone.now())
    form, wanted = _asked(request, POOLING_NAME, now)
    page = _page(PoolingRegion.objects.all(), request, form, wanted, now)
    opened = {row.code for row in page.rows if is_open(row, now.days)}
    note = _wholly_open(wanted.region, now)
    return list_page(request, "pooling_regions", form, wanted, page, now, opened=opened, **note)


def _wholly_open(region: str, now: Kept) -> dict[str, Any]:
    """That all are open which the chosen country has, or all countries (S4.4); else which places can be said so of."""
    chosen = now.tree.places.get(region)
    if chosen and chosen.level != "country":
        return {"open_in": [chosen] if all_open(region, now) else []}
    if all_open(region, now):
        return {"all_open": True}
    return {"open_in": [] if chosen else [each for each in readers_first(now.tree.roots) if all_open(each.code, now)]}


def pooling_regions_file(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV."""
    now = kept(timezone.now())
    form, wanted = _asked(request, POOLING_NAME, now)
    if form.errors:
        return pooling_regions(request)

    def cells(row: PoolingRegion) -> tuple[Any, ...]:
        is_it = "true" if is_open(row, now.days) else "false"
        return (row.code, row.name, row.region, path_of(row.region, now)[0], is_it, row.opened_on, row.insurance_types)

    return sheet("pooling-regions", POOLING_COLUMNS, entries_all(PoolingRegion.objects.all(), wanted, now), cells)


def pooling_region(request: HttpRequest, code: str) -> HttpResponse:
    """A pooling region and the designated institutions in it (S4.5)."""
    found = PoolingRegion.objects.filter(code=code, withdrawn=False).first() if is_code(code) else None
    if found is None:
        return error_page(request, NOT_FOUND, _("There is no pooling region with this code."))
    now = kept(timezone.now())
    wanted = Wanted(pooling=code)
    page = institutions_page(wanted, 1, now)
    path, lang = path_of(found.region, now)
    context = {
        "pooling": found,
        "open": is_open(found, now.days),
        "path": path,
        "lang": lang,
        "page": page,
        "shown": shown_on(page, now),
        "query": wanted.query(),
    }
    return render(request, "directory/pooling_region.html", context)


def offices(request: HttpRequest) -> HttpResponse:
    """Offices and handling agencies: by name or department, with address and telephone (S4.9, S4.26)."""
    now = kept(timezone.now())
    form, wanted = _asked(request, OFFICE_NAME, now)
    return list_page(request, "offices", form, wanted, _page(Office.objects.all(), request, form, wanted, now), now)


def offices_file(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV."""
    now = kept(timezone.now())
    form, wanted = _asked(request, OFFICE_NAME, now)
    if form.errors:
        return offices(request)

    def cells(row: Office) -> tuple[Any, ...]:
        path, _lang = path_of(row.region, now)
        return (row.code, row.name, row.region, path, row.department, row.address, row.phone, row.postcode)

    return sheet("offices", OFFICE_COLUMNS, entries_all(Office.objects.all(), wanted, now), cells)


def is_code(code: str) -> bool:
    """Whether this can be the code of an entry at all: of its length, and without controls, which no database takes."""
    return len(code) <= MOST_CODE and code.isprintable()


def _asked(request: HttpRequest, label: Promise, now: Kept) -> tuple[FindForm, Wanted]:
    form = FindForm(request.GET, kept=now, label=label)
    return form, form.wanted


def _page(entries: QuerySet[Any], request: HttpRequest, form: FindForm, wanted: Wanted, now: Kept) -> Page:
    return NOTHING if form.errors else entries_page(entries, wanted, page_asked(request), now, readers_country())
