"""The insurer's report of overlaps: whom several basic insurers cover at once, and what there is about each (S2.5)."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import for_roles
from daftar.portal.directory.sheets import sheet
from daftar.portal.entitlement.overlap_forms import NO_OFFICE, OverlapFilter, mark_read, mark_written, together
from daftar.portal.entitlement.overlap_services import COLUMNS, NAMED_COLUMNS, overlap_open, overlaps_export
from daftar.portal.entitlement.overlaps import Numbers, Wanted, in_order, numbers, office_names, page_of
from daftar.portal.theme.bars import Chart, Row, chart
from daftar.portal.theme.templatetags.words import digits
from daftar.terms.jurisdictions import jurisdictions

INVALID = 422
MOST_OFFICES = 15
"""Lines of the chart and table of offices; the filter has them all."""


@for_roles(Role.INSURER_ADMIN)
def report(request: HttpRequest) -> HttpResponse:
    """Numbers with their pictures, and the list; the filter is in the address. It names nobody."""
    form, names, everything = _filtered(request, request.GET)
    valid = form.is_valid()
    wanted = form.wanted() if valid else form.on_day()
    found = everything if wanted == form.on_day() else numbers(wanted)
    after = mark_read(request.GET.get("after", ""))
    rows, more = page_of(wanted, after)
    kept = form.kept() if valid else {}
    context = {
        "form": form,
        "day": wanted.day,
        "found": found,
        "rows": [(row, together(wanted, row.insurers), _office(names, row.office)) for row in rows],
        "next": urlencode({**kept, "after": mark_written(rows[-1].starts, rows[-1].id)}) if more else "",
        "paged": after is not None,
        "kept": kept,
        "kept_query": urlencode(kept),
    }
    context |= _by_insurers(found, wanted, kept) | _by_offices(found, names, kept)
    return render(request, "entitlement/overlaps.html", context, status=200 if valid else INVALID)


def _by_insurers(found: Numbers, wanted: Wanted, kept: dict[str, str]) -> dict[str, object]:
    named = [(each, together(wanted, each), persons) for each, persons in found.insurers]
    return {
        "insurers": [
            (name, in_order(each, wanted.day, wanted.jurisdiction)[0][0], persons) for each, name, persons in named
        ],
        "insurers_chart": _chart([(name, persons, {"insurers": each}) for each, name, persons in named], kept),
    }


def _by_offices(found: Numbers, names: dict[str, str], kept: dict[str, str]) -> dict[str, object]:
    named = [(code, _office(names, code), persons) for code, persons in found.offices[:MOST_OFFICES]]
    lines = [(name, persons, {"office": code or NO_OFFICE}) for code, name, persons in named]
    return {
        "offices": [(name, persons) for name, persons, _chosen in lines],
        "offices_chart": _chart(
            [(name, persons, {"office": code or NO_OFFICE}) for code, name, persons in named], kept
        ),
        "offices_left_out": max(0, len(found.offices) - MOST_OFFICES),
    }


@for_roles(Role.INSURER_ADMIN)
def overlap(request: HttpRequest, number: int) -> HttpResponse:
    """One overlap with the person and the covers that meet; the look is on record."""
    now = timezone.now()
    jurisdiction = jurisdictions()[request.user.jurisdiction]
    seen = overlap_open(
        number=number, jurisdiction=jurisdiction.code, day=jurisdiction.today(now), by=request.user, at=now
    )
    if seen is None:
        raise Http404
    office = seen.overlap.office
    context = {"seen": seen, "overlap": seen.overlap, "office": _office(office_names([office]), office)}
    return render(request, "entitlement/overlap.html", context)


@require_POST
@for_roles(Role.INSURER_ADMIN)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a file, with the numbers of persons when that is ticked; each export is on record."""
    form, _names, _everything = _filtered(request, request.POST)
    if not form.is_valid():
        return redirect(f"{reverse('entitlement:overlaps')}?{urlencode(form.kept())}")
    named = bool(request.POST.get("named"))
    lines = overlaps_export(form.wanted(), named=named, by=request.user, at=timezone.now())
    return sheet("overlaps", NAMED_COLUMNS if named else COLUMNS, lines, lambda line: line)


def _filtered(request: HttpRequest, data: QueryDict) -> tuple[OverlapFilter, dict[str, str], Numbers]:
    """The filter with what can be chosen, names of the offices, and the numbers of the day."""
    jurisdiction = jurisdictions()[request.user.jurisdiction]
    form = OverlapFilter(data, jurisdiction=jurisdiction, today=jurisdiction.today(timezone.now()))
    everything = numbers(form.on_day())
    names = office_names([code for code, _persons in everything.offices])
    form.offer(everything, names)
    return form, names, everything


def _office(names: dict[str, str], code: str) -> str:
    return names.get(code, code) or gettext("none named")


def _chart(lines: list[tuple[str, int, dict[str, str]]], kept: dict[str, str]) -> Chart:
    return chart(
        [Row(name, (persons,), digits(persons), f"?{urlencode(kept | chosen)}") for name, persons, chosen in lines]
    )
