"""Which providers check and which do not: counted by type, ownership and province, listed, as a file (S2.11)."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daftar.answers import Entry
from daftar.portal.directory.kept import kept
from daftar.portal.directory.paging import SIZE, Page, first_of, page_asked
from daftar.portal.directory.sheets import sheet
from daftar.portal.journal.services import looks_record
from daftar.portal.organisations.words import OWNERSHIPS, PROVIDER_TYPES
from daftar.portal.providers import asked
from daftar.portal.providers.asked import Group, Provider, Wanted
from daftar.portal.providers.checking import CHECKINGS, NOT_SAID, OBLIGED
from daftar.portal.providers.forms import ProvidersFilter
from daftar.portal.providers.guards import for_headquarters
from daftar.portal.providers.totals import Total, add_up, drawn, whole
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Channel, Ground

INVALID, NOT_FOUND = 422, 404
MOST_EXPORTED = 200_000
COLUMNS = ("code", "name", "type", "ownership", "province", "checking", "inquiries", "days_asked", "from", "to")


@for_headquarters
def report(request: HttpRequest) -> HttpResponse:
    """The counts with their charts, then the list."""
    now = timezone.now()
    provinces = _provinces(request)
    form = ProvidersFilter(request.GET, provinces=provinces.items())
    if not form.is_valid():
        return render(request, "providers/report.html", {"form": form}, status=INVALID)
    wanted = form.wanted(jurisdictions()[request.user.jurisdiction], now)
    order, number = form.cleaned_data["order"] or "name", page_asked(request)
    with transaction.atomic():
        groups = asked.groups(wanted)
        total = _listed(groups, wanted)
        found = asked.listed(wanted, order, min(first_of(number), total), SIZE)
        newest = asked.last_asked([each.code for each in found])
    page = Page(found, number, total)
    context = {
        "form": form,
        "wanted": wanted,
        "page": page,
        "rows": [(each, newest.get(each.code), provinces.get(each.province, "")) for each in found],
        "pages": {name: _query(form, page=at) for name, at in _turns(page)},
        "kept": form.kept(),
        "days": (wanted.span.last - wanted.span.first).days + 1,
        "checkings": CHECKINGS,
        "types": PROVIDER_TYPES,
        "ownerships": OWNERSHIPS,
        **_totals(form, groups, provinces),
    }
    return render(request, "providers/report.html", context, status=NOT_FOUND if page.beyond else 200)


@require_POST
@for_headquarters
def report_file(request: HttpRequest) -> HttpResponseBase:
    """The whole list of a filter; that it was fetched is journalled."""
    form = ProvidersFilter(request.POST, provinces=_provinces(request).items())
    if not form.is_valid():
        return redirect(f"{reverse('providers:report')}?{urlencode(form.kept())}")
    now = timezone.now()
    wanted = form.wanted(jurisdictions()[request.user.jurisdiction], now)
    with transaction.atomic():
        found = asked.listed(wanted, form.cleaned_data["order"] or "name", 0, MOST_EXPORTED)
        _journal_export(request, len(found))
    span = (wanted.span.first.isoformat(), wanted.span.last.isoformat())

    def cells(each: Provider) -> Sequence[object]:
        told = (each.code, each.name, each.type, each.ownership, each.province, each.checking, each.asked, each.days)
        return (*told, *span)

    return sheet("providers", COLUMNS, found, cells)


def _totals(form: ProvidersFilter, groups: list[Group], provinces: dict[str, str]) -> dict[str, Any]:
    unknown = {each.province: each.province or str(NOT_SAID) for each in groups}
    by = {
        "type": {code: str(name) for code, name in PROVIDER_TYPES.items()} | {"": str(NOT_SAID)},
        "ownership": {code: str(name) for code, name in OWNERSHIPS.items()} | {"": str(NOT_SAID)},
        "province": provinces | {code: name for code, name in unknown.items() if code not in provinces},
    }
    headings = {"type": _("Type of provider"), "ownership": _("Ownership"), "province": _("Province")}
    tables = []
    for name, labels in by.items():
        hrefs = {code: _query(form, **{name: code}) for code in labels if code in dict(form.fields[name].choices)}
        totals: list[Total] = add_up(groups, name, labels, hrefs | {"": ""})
        tables.append((name, headings[name], totals, drawn(totals)))
    return {"tables": tables, "sum": whole(groups, _("Sum")), "obliged": OBLIGED}


def _provinces(request: HttpRequest) -> dict[str, str]:
    tree = kept(timezone.now()).tree
    return {place.code: place.name for place in tree.children(request.user.jurisdiction)}


def _listed(groups: list[Group], wanted: Wanted) -> int:
    return sum(each.providers for each in groups if wanted.checking in ("", each.checking))


def _turns(page: Page) -> list[tuple[str, int]]:
    return [("previous", page.previous), ("next", page.next), ("last", page.last)]


def _query(form: ProvidersFilter, **changes: object) -> str:
    """The address of the same page with changes; the first page needs no number."""
    if changes.get("page") == 0:
        return ""
    values = form.kept() | {name: value for name, value in changes.items() if (name, value) != ("page", 1)}
    return "?" + urlencode({name: value for name, value in values.items() if value})


def _journal_export(request: HttpRequest, lines: int) -> None:
    entry = Entry(
        channel=Channel.FILE,
        mode="providers_exported",
        key=settings.SECRETS.key("organisation", ""),  # nobody's: the list names organisations
        outcome="exported",
        reason="exported",
        ground=Ground.DUTY,
        shown="",
        account=request.user.user,
        office=request.user.office or None,
        reference=str(lines),
    )
    looks_record([entry], at=timezone.now())
