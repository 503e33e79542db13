"""Operations pages for the insurer's administrators: now, and over time by place (S2.15, S2.16)."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import for_roles
from daftar.portal.directory.kept import kept
from daftar.portal.monitoring import drawing
from daftar.portal.monitoring.alerts_seen import alerts_of
from daftar.portal.monitoring.channel_states import channels_seen
from daftar.portal.monitoring.forms import HistoryFilter
from daftar.portal.monitoring.models import Scope
from daftar.portal.monitoring.queues import offices_of, offices_silent, queues_seen
from daftar.portal.monitoring.rates import by_place, per_second, slots_seen, sums_of
from daftar.portal.monitoring.traffic_seen import doors_seen
from daftar.portal.organisations.seats import organisations_of
from daftar.terms.jurisdictions import jurisdictions

MOST_ALERTS = 50
MOST_ORGANISATIONS = 200
AN_HOUR = timedelta(hours=1)
NOWHERE = "-"
"""The code of no place."""


@for_roles(Role.INSURER_ADMIN)
def now(request: HttpRequest) -> HttpResponse:
    """Channels, inquiries a second, latency, errors, queues, silent offices, alerts."""
    at, zone = timezone.now(), request.user.jurisdiction
    slots = slots_seen(zone, at)
    channels, outcomes = per_second(zone, at)
    alerts = alerts_of(zone).order_by("-raised_at")
    context = {
        "at": at,
        "zone": zone,
        "states": channels_seen(jurisdictions()[zone], at),
        "alerts": list(alerts.filter(resolved_at=None)[:MOST_ALERTS]),
        "past": list(alerts.filter(resolved_at__gt=at - timedelta(days=7))[:MOST_ALERTS]),
        "channels": drawing.rates(channels),
        "outcomes": drawing.rates(outcomes),
        "slots": slots,
        "by_channel": drawing.slots(slots, "channels", zone),
        "by_outcome": drawing.slots(slots, "outcomes", zone),
        "doors": doors_seen(at - AN_HOUR, at),
        "queues": queues_seen(),
        "offices": offices_silent(zone, at),
    }
    return render(request, "monitoring/operations.html", context)


@for_roles(Role.INSURER_ADMIN)
def history(request: HttpRequest) -> HttpResponse:
    """Inquiries of a year at most: of the country, a province, a responsible office, an organisation."""
    at, zone = timezone.now(), request.user.jurisdiction
    provinces = _provinces(zone, at)
    form = HistoryFilter(request.GET, provinces=provinces.items())
    if not form.is_valid():
        return render(request, "monitoring/history.html", {"form": form}, status=422)
    first, last = form.span(jurisdictions()[zone].today(at))
    scope, place = form.place(zone)
    known = _known(scope, place, zone)
    sums = sums_of(scope, place if known else NOWHERE, first, last)
    context = {
        "form": form,
        "first": first,
        "last": last,
        "sums": sums,
        "days": drawing.days(sums.days, first, last),
        "channels": drawing.counts(sums.channels, "channel"),
        "outcomes": drawing.counts(sums.outcomes, "inquiry_outcome"),
        "places": _below(scope, place, provinces, (first, last), form.cleaned_data["days"], zone) if known else [],
        "heading": _("By province") if scope == Scope.JURISDICTION else _("By organisation"),
        "known": known,
    }
    return render(request, "monitoring/history.html", context)


def _known(scope: Scope, place: str, zone: str) -> bool:
    """Whether the place is one of the administrator's own country."""
    if scope == Scope.ORGANISATION:
        return organisations_of(zone).filter(code=place).exists()
    if scope == Scope.OFFICE:
        return offices_of(zone).filter(code=place).exists()
    return True


def _provinces(zone: str, at: datetime) -> dict[str, str]:
    return {each.code: each.name for each in kept(at).tree.children(zone)}


def _below(
    scope: Scope, place: str, provinces: dict[str, str], span: tuple[date, date], days: str, zone: str
) -> list[tuple[str, str, int]]:
    """Address, name and inquiries of what lies below: provinces of the country, organisations of the others."""
    names, inner = provinces, Scope.PROVINCE
    if scope == Scope.ORGANISATION:
        return []
    if scope != Scope.JURISDICTION:
        of: dict[str, Any] = {scope.value: place}
        found = organisations_of(zone).filter(**of, withdrawn=False).order_by("name", "code")
        names, inner = dict(found.values_list("code", "name")[:MOST_ORGANISATIONS]), Scope.ORGANISATION
    counted = by_place(inner, names, *span)
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return [("?" + urlencode({"days": days, inner.value: code}), names[code], asked) for code, asked in ordered]
