"""How every list of the directory answers: the page, or to htmx what was found as one types. No log-in (S4.3)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from daftar.portal.directory.forms import FindForm
from daftar.portal.directory.kept import Kept
from daftar.portal.directory.paging import Page
from daftar.portal.directory.shown import shown_on
from daftar.portal.directory.wanted import Wanted

FOUND = "found"
"""Id of the part of the page that typing brings anew."""
NOT_FOUND, INVALID = 404, 422
NOTHING = Page((), 1, 0)
"""What a search finds that could not be understood."""


def list_page(
    request: HttpRequest, name: str, form: FindForm, wanted: Wanted, page: Page, kept: Kept, **more: Any
) -> HttpResponse:
    """The list `name`; a page beyond the last is 404, a search that cannot be understood 422, each with its message."""
    context = {
        "form": form,
        "wanted": wanted,
        "page": page,
        "shown": shown_on(page, kept),
        "query": wanted.query(),
        "pages": _addresses(wanted, page),
        "table": f"directory/{name}_table.html",
        "file": f"directory:{name}_file",
        **more,
    }
    if request.htmx and request.htmx.target == FOUND and not request.htmx.history_restore_request:
        response = render(request, "directory/found.html", context | {"fetched": True})
        response.headers["HX-Replace-Url"] = request.path + wanted.query()
        return response
    status = INVALID if form.errors else NOT_FOUND if page.beyond else 200
    return render(request, f"directory/{name}.html", context, status=status)


def _addresses(wanted: Wanted, page: Page) -> dict[str, str]:
    """Of the pages beside this one, and of the last."""
    return {
        "previous": wanted.query(page=page.previous) if page.previous else "",
        "next": wanted.query(page=page.next) if page.next else "",
        "last": wanted.query(page=page.last),
    }
