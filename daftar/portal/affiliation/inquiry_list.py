"""A list of affiliation inquiries: its filter, its pages, the same as a file (S1.29). For supervisors and insurer."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, StreamingHttpResponse

from daftar.portal.affiliation import selectors
from daftar.portal.affiliation.forms import FilterForm
from daftar.portal.affiliation.selectors import Asked, InquirySeen
from daftar.portal.directory.sheets import sheet
from daftar.terms.jurisdictions import jurisdictions

FIELDS = ("account", "organisation", "outcome", "day_from", "day_to")
EXPORTED = (*("organisation", "account", "channel", "outcome", "period_from", "period_to", "reference", "shown"),)
"""Columns of the journal in the file, after tracking code and time."""


class InquiryList:
    """What a page of the list is made of; `kept` is the filter as this session keeps it."""

    def __init__(self, request: HttpRequest, form: FilterForm, organisation: str = "") -> None:
        self.zone = ZoneInfo(jurisdictions()[request.user.jurisdiction].time_zone)
        values = form.cleaned_data if form.is_bound and form.is_valid() else {}
        since, before = form.span(self.zone)
        self.asked = Asked(
            organisation=organisation or values.get("organisation", ""),
            account=form.account_name(values),
            outcome=values.get("outcome", ""),
            since=since,
            before=before,
        )

    def context(self, request: HttpRequest) -> dict[str, Any]:
        """Of the page that the address asks for."""
        number = _page(request)
        seen, more = selectors.page_of(self.asked, number)
        return {
            "inquiries": seen,
            "page": number,
            "newer": number - 1,
            "older": number + 1 if more else 0,
            "zone": request.user.jurisdiction,
        }

    def lines(self) -> int:
        """How many lines the file has."""
        return min(selectors.inquiries(self.asked).count(), selectors.MOST_EXPORTED)

    def as_file(self) -> StreamingHttpResponse:
        """The list as CSV; times in the reader's time zone."""
        return sheet("inquiries", ("tracking_code", "asked_at", *EXPORTED), selectors.all_of(self.asked), self._cells)

    def _cells(self, each: InquirySeen) -> list[Any]:
        asked_at = each.row.asked_at.astimezone(self.zone).isoformat(" ", "seconds")
        return [each.code, asked_at, *(getattr(each.row, name) for name in EXPORTED)]


def filter_typed(request: HttpRequest, name: str) -> Mapping[str, Any] | None:
    """The filter that is being sent, be it nothing, or else the one that this session keeps under `name`."""
    return request.POST if request.method == "POST" else request.session.get(name)


def kept_filter(values: Mapping[str, Any]) -> dict[str, str]:
    """What a session keeps of a filter: the fields as typed."""
    return {name: str(values[name]) for name in FIELDS if values.get(name)}


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1
