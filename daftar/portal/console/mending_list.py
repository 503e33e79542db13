"""The entries that staff find: of one kind, in the account's area, by the beginning of a name or code."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from daftar.portal.directory.beginning import beginning
from daftar.portal.directory.mending import MENDABLE
from daftar.portal.directory.models import Region
from daftar.portal.directory.paging import SIZE, Page, first_of, page_asked

LONGEST = 100


def found_entries(request: HttpRequest, kind: str, area: Collection[str] | None) -> dict[str, Any]:
    """Context of the list: the page, the names of its regions, and what was typed."""
    typed = request.GET.get("q", "").strip()
    found = MENDABLE[kind].model._default_manager.filter(withdrawn=False)
    if area is not None:
        found = found.filter(region__in=area)
    if typed:
        found = beginning(found, typed[:LONGEST])
    number = page_asked(request)
    rows = list(found.order_by("code")[first_of(number) :][:SIZE])
    page = Page(rows, number, found.count())
    regions = dict(Region.objects.filter(code__in={row.region for row in rows}).values_list("code", "name"))
    return {
        "page": page,
        "entries": [(row, regions.get(row.region, row.region)) for row in rows],
        "q": typed[:LONGEST],
        "too_long": len(typed) > LONGEST,
        "query": "&" + urlencode({"kind": kind, "q": typed[:LONGEST]}),
    }
