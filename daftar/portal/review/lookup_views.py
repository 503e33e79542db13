"""«公服待办业务查询»: cases by review state, automatic ones too; «异地安置登记»: those of filings (S3.17, S3.25)."""

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from daftar.portal.cases.models import Case
from daftar.portal.review.guards import for_reviewers
from daftar.portal.review.lookup_forms import LookupFilter
from daftar.portal.review.marks import Mark, mark_read, mark_written
from daftar.portal.review.rows import lines
from daftar.portal.review.selectors import looked_up
from daftar.terms.cases import CaseKind
from daftar.terms.jurisdictions import jurisdictions

INVALID = 422
KINDS = {"lookup": tuple(CaseKind), "placements": (CaseKind.FILING, CaseKind.REVOCATION)}


@for_reviewers
def lookup(request: HttpRequest) -> HttpResponse:
    """Every kind of case."""
    return _page(request, "lookup")


@for_reviewers
def placements(request: HttpRequest) -> HttpResponse:
    """Filings of treatment elsewhere and their revocations."""
    return _page(request, "placements")


def _page(request: HttpRequest, which: str) -> HttpResponse:
    form = LookupFilter(request.GET, kinds=KINDS[which])
    cases: list[Case] = []
    more: Mark | None = None
    kept = {name: value for name, value in request.GET.items() if name in form.fields and value}
    if form.is_valid():
        zone = ZoneInfo(jurisdictions()[request.scope.jurisdiction].time_zone)
        cases, more = looked_up(request.scope, form.wanted(zone), after=mark_read(request.GET.get("after", "")))
    context: dict[str, Any] = {
        "form": form,
        "which": which,
        "cases": lines(cases, user=request.user.user, at=timezone.now()),
        "next": urlencode({**kept, "after": mark_written(more)}) if more else "",
        "paged": bool(request.GET.get("after")),
        "kept": kept,
        "kept_query": urlencode(kept),
        "zone": request.scope.jurisdiction,
    }
    return render(request, "review/lookup.html", context, status=INVALID if form.errors else 200)
