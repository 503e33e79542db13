"""The entries that staff find: of one kind, in the account's area, by the beginning of a name or code."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from daftar.portal.directory.beginning import beginning
from daftar.portal.directory.kept import kept
from daftar.portal.directory.mending import MENDABLE
from daftar.portal.directory.paging import SIZE, Page, first_of, page_asked
from daftar.portal.directory.shown import shown_on

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
    return {
        "page": page,
        "entries": shown_on(page, kept(timezone.now())),
        "q": typed[:LONGEST],
        "too_long": len(typed) > LONGEST,
        "query": "&" + urlencode({"kind": kind, "q": typed[:LONGEST]}),
    }
