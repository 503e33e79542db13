"""GET /api/v1/regions, /pooling-regions, /institutions, /offices (contracts §3)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from daftar.portal.api.answers import answered
from daftar.portal.api.cursors import cursor_after, read_cursor
from daftar.portal.api.filters import PAGE, page_length, read_query
from daftar.portal.api.listings import EVERYWHERE, LISTINGS
from daftar.portal.api.selectors import entries_after
from daftar.terms.problems import Problem


@answered
def listing(request: HttpRequest, *, name: str) -> dict[str, Any]:
    """A page of a list: `{"<name>": [...], "next": cursor or null}`."""
    kind = LISTINGS[name]
    readers = {**EVERYWHERE, **kind.filters}
    wanted = read_query(request.GET, {**readers, "limit": page_length, "cursor": str})
    filters = {each: str(wanted[each]) for each in readers if each in wanted}
    limit = wanted.get("limit", PAGE)
    after = read_cursor(wanted["cursor"], name, filters) if "cursor" in wanted else ""
    rows = entries_after(kind, wanted, after, limit + 1, timezone.now())
    following = cursor_after(rows[limit - 1].code, name, filters) if len(rows) > limit else None
    return {name.replace("-", "_"): [kind.told(row) for row in rows[:limit]], "next": following}


@answered
def nothing_here(request: HttpRequest) -> dict[str, Any]:
    """Whatever else is asked for under /api/v1."""
    raise Problem("not-found")
