"""The hotline's pages: the list with its filters, an objection found, one taken down, numbers, the file (S2.12)."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from daftar.portal.cases.models import Case
from daftar.portal.journal.selectors import inquiry_row
from daftar.portal.objections import selectors, services
from daftar.portal.objections.exports import MOST_EXPORTED, as_file
from daftar.portal.objections.forms import FindForm, ListFilter, offices_of
from daftar.portal.objections.handling import HANDLING, for_handling
from daftar.portal.objections.totals import charts
from daftar.portal.theme.forms import IdentifierForm, say, typed
from daftar.portal.theme.page import language
from daftar.store.keys import Key
from daftar.terms.cases import NotDone
from daftar.terms.jurisdictions import jurisdictions

INVALID = 422
CASE_DIGITS = 14


@for_handling(*HANDLING)
def listed(request: HttpRequest) -> HttpResponse:
    """The objections that the account looks into."""
    return _list_page(request)


@require_POST
@for_handling(*HANDLING)
def find_number(request: HttpRequest) -> HttpResponse:
    """An objection by its number, or those about an answer by its tracking code."""
    form = FindForm(request.POST)
    if not form.is_valid():
        return _list_page(request, number_form=form)
    number = form.cleaned_data["wanted"]
    if len(number) == CASE_DIGITS:
        found = list(request.handling.cases.filter(number=number).defer("sealed"))
    else:
        with transaction.atomic():
            found = _about_code(request, number)
    if not found:
        form.add_error("wanted", say("objection_search.nothing"))
        return _list_page(request, number_form=form)
    return _found(request, found)


@require_POST
@for_handling(*HANDLING)
def find_person(request: HttpRequest) -> HttpResponse:
    """The objections of a person, by identifier; also that there are none is on record.

    Of the own and of relatives' nothing is said but that a colleague looks into them.
    """
    form = _person_form(request)
    if not form.is_valid():
        return _list_page(request, person_form=form)
    identifier = form.cleaned_data["identifier"]
    key = settings.SECRETS.key(identifier.type, identifier.number)
    with transaction.atomic():
        found = selectors.about_person(request.handling, key)
        services.search_record(person=key, found=len(found), by=request.user, at=timezone.now())
        close = request.handling.is_close(Key(key))
    if not found:
        form.add_error("number", say(f"case_not_done.{NotDone.RELATED}" if close else "objection_search.nothing"))
        return _list_page(request, person_form=form)
    return _found(request, found)


@require_POST
@for_handling(*HANDLING)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list of a filter as a file."""
    form = _filter(request, request.POST)
    if not form.is_valid():
        return redirect("objections:list")
    found = selectors.listed(request.handling, form.wanted(request.user.user), today=_today(request))
    services.export_record(lines=min(found.count(), MOST_EXPORTED), by=request.user, at=timezone.now())
    return as_file(found, jurisdiction=request.handling.jurisdiction)


@for_handling(*HANDLING)
def numbers(request: HttpRequest) -> HttpResponse:
    """How many wait, how long, how they were answered, and what about."""
    now = timezone.now()
    found = selectors.numbers(request.handling, at=now, today=_today(request))
    took = f"{found.days:.1f}".replace(".", "٫" if language() == "fa" else ".")
    context: dict[str, Any] = {"numbers": found, "days": selectors.DAYS_COUNTED, "took": took, **charts(found)}
    return render(request, "objections/numbers.html", context)


def _list_page(
    request: HttpRequest, *, person_form: IdentifierForm | None = None, number_form: FindForm | None = None
) -> HttpResponse:
    asked = {} if person_form or number_form else request.GET
    form, today = _filter(request, asked), _today(request)
    cases: list[Case] = []
    more, number = False, _page(request)
    if form.is_valid():
        found = selectors.listed(request.handling, form.wanted(request.user.user), today=today)
        cases, more = selectors.page_of(found, number)
    kept = {name: value for name, value in asked.items() if name in form.fields and value}
    faulty = next((each for each in (person_form, number_form, form) if each is not None and each.errors), None)
    context = {
        "filter": form,
        "form": faulty,
        "person_form": person_form or _person_form(request),
        "number_form": number_form or FindForm(),
        "lines": selectors.lines(cases, user=request.user.user, today=today),
        "kept": kept,
        "newer": urlencode({**kept, "page": number - 1}) if number > 1 else "",
        "older": urlencode({**kept, "page": number + 1}) if more else "",
        "released": request.GET.get("done") == "released",
        "zone": request.handling.jurisdiction,
    }
    return render(request, "objections/list.html", context, status=INVALID if faulty else 200)


def _found(request: HttpRequest, found: list[Case]) -> HttpResponse:
    """One opens; of several the list is shown, under no address: what was looked for came by POST."""
    if len(found) == 1:
        return redirect("console:objection", found[0].number)
    lines = selectors.lines(found, user=request.user.user, today=_today(request))
    return render(request, "objections/found.html", {"lines": lines, "zone": request.handling.jurisdiction})


def _about_code(request: HttpRequest, code: str) -> list[Case]:
    """What is found about a code is on record under the person whom it names."""
    row = inquiry_row(code)
    if row is None:
        return []
    found = selectors.about_answer(request.handling, row["id"])
    services.search_record(person=UUID(str(row["key"])), found=len(found), by=request.user, at=timezone.now())
    return found


def _filter(request: HttpRequest, values: Any) -> ListFilter:
    return ListFilter(values, offices=offices_of(request.handling.jurisdiction))


def _person_form(request: HttpRequest) -> IdentifierForm:
    types = jurisdictions()[request.handling.jurisdiction].identifier_types
    return IdentifierForm(typed(request), types=types)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    return min(max(1, number), selectors.MOST_PAGES)


def _today(request: HttpRequest) -> date:
    return jurisdictions()[request.handling.jurisdiction].today(timezone.now())
