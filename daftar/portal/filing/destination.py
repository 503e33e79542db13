"""The public page "where does my filing count?" (S4.7, S4.8): for any destination, or the rule as a whole."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from daftar.portal.directory.models import Region
from daftar.portal.directory.region_picker import city_part, region_name
from daftar.portal.filing.forms import DestinationForm, filing_countries
from daftar.portal.filing.scope import counted, notice
from daftar.rules.destination import capitals, files_to_province, where_it_counts
from daftar.terms.jurisdictions import jurisdictions

INVALID = 422


def destination(request: HttpRequest) -> HttpResponse:
    """Choose a destination; the answer stands on the same page, and the address can be passed on."""
    country = next(iter(filing_countries()), None)
    if country is None:
        raise Http404
    today = jurisdictions()[country].today(timezone.now())
    form = DestinationForm(request.GET or None, today=today, here=request.path)
    valid = form.is_bound and form.is_valid()
    part = city_part(request, form)
    if part is not None:
        return part
    context: dict[str, Any] = {"form": form, "rule": _rule(country, today), "today": today}
    if valid and form.picked:
        context |= {"place": region_name(form.picked.code), "pieces": counted(form.picked.code, form.period)}
    return render(request, "filing/destination.html", context, status=INVALID if form.errors else 200)


def _rule(country: str, day: date) -> dict[str, Any]:
    """The rule in force: which provinces are enough, which are the capitals of the others, and by what."""
    enough = files_to_province(country, day)
    others = capitals(country, day)
    named = {each.code: each for each in Region.objects.filter(code__in=enough | others, withdrawn=False)}
    capital = next((named[code] for code in sorted(others) if code in named), None)
    return {
        "enough": [named[code] for code in sorted(enough & named.keys())],
        "enough_by": _by(min(enough), day) if enough else "",
        "capitals": [named[code] for code in sorted(others & named.keys()) if named[code].parent not in enough],
        "capitals_by": _by(capital.parent, day) if capital else "",
    }


def _by(province: str, day: date) -> str:
    return notice(where_it_counts([province], day).reference)
