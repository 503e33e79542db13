"""One provider: whether it may ask, how often it did, its mobiles, suspended and let in again (S2.11, S2.19)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daftar.portal.directory.kept import kept
from daftar.portal.directory.models import Office
from daftar.portal.directory.shown import path_of
from daftar.portal.journal.words import CHANNELS
from daftar.portal.organisations.phones import Phone, phone_end, phone_register, phones_seen, phones_standing
from daftar.portal.organisations.suspending import organisation_suspend
from daftar.portal.organisations.words import OWNERSHIPS, PROVIDER_TYPES
from daftar.portal.providers import asked, selectors
from daftar.portal.providers.asked import Span
from daftar.portal.providers.forms import PERIOD, PERIODS, PhoneEndForm, PhoneForm, SuspendForm
from daftar.portal.providers.guards import of_a_provider
from daftar.portal.providers.words import EVENTS, STANDINGS
from daftar.portal.theme.bars import Row, chart
from daftar.portal.theme.forms import typed
from daftar.portal.theme.templatetags.words import day, digits
from daftar.terms.jurisdictions import jurisdictions

INVALID = 422
DONE = {
    "registered": _("The mobile is registered. It may ask by SMS and USSD at once."),
    "ended": _("The mobile is ended."),
    "suspended": _("The provider is suspended. It is refused on every channel within a second."),
    "let_in": _("The provider is let in again, as far as its agreement reaches."),
}


@of_a_provider
def provider(request: HttpRequest, code: str) -> HttpResponse:
    """Everything about one provider; its mobiles are on a page of their own, which is journalled."""
    period = request.GET.get("days", PERIOD)
    period = period if period in PERIODS else PERIOD
    span = Span(request.today - timedelta(days=int(period) - 1), request.today)
    with transaction.atomic():
        days = selectors.days_of(code, span)
        newest = asked.last_asked([code]).get(code)
    organisation = request.provider.organisation
    region, lang = path_of(organisation.province, kept(timezone.now())) if organisation.province else ("", "")
    context = {
        "seen": request.provider,
        "organisation": organisation,
        "type": PROVIDER_TYPES.get(organisation.provider_type, ""),
        "ownership": OWNERSHIPS.get(organisation.ownership, ""),
        "province": region,
        "lang": lang,
        "office": Office.objects.filter(code=organisation.office).values_list("name", flat=True).first(),
        "standing": STANDINGS[request.provider.standing],
        "days": days,
        "stretches_chart": chart([Row(_stretch(*each), (each[2],), digits(each[2])) for each in days.stretches]),
        "stretches": [(_stretch(*each), each[2]) for each in days.stretches],
        "channels": [(CHANNELS.get(name, name), number) for name, number in days.channels],
        "newest": newest,
        "period": period,
        "periods": PERIODS.items(),
        "phones": phones_standing(code, today=request.today),
        "events": [(each, EVENTS[each.what]) for each in selectors.events_of(code) if each.what in EVENTS],
        "done": DONE.get(request.GET.get("done", "")),
        "zone": request.user.jurisdiction,
    }
    return render(request, "providers/provider.html", context)


@of_a_provider
def phones(request: HttpRequest, code: str) -> HttpResponse:
    """The mobiles of a provider, and the form to register one."""
    country = jurisdictions()[request.user.jurisdiction].mobile_country
    form = PhoneForm(typed(request), country=country)
    if request.method == "POST" and form.is_valid():
        registered = phone_register(
            organisation=request.provider.organisation,
            mobile=form.cleaned_data["mobile"],
            holder=form.cleaned_data["holder"] or "",
            today=request.today,
            by=request.user.user,
            at=timezone.now(),
        )
        if registered:
            return redirect(f"{reverse('providers:phones', args=[code])}?done=registered")
        form.add_error("mobile", _("This mobile is registered for this provider already."))
    context = {
        "seen": request.provider,
        "organisation": request.provider.organisation,
        "form": form,
        "phones": _phones(request, code),
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "providers/phones.html", context, status=INVALID if form.errors else 200)


@of_a_provider
def phone_stop(request: HttpRequest, code: str, phone: UUID) -> HttpResponse:
    """Ask from when on a mobile may not ask any more."""
    form = PhoneEndForm(typed(request))
    if request.method == "POST" and form.is_valid():
        phone_end(
            organisation=code,
            key=phone,
            at_once=form.cleaned_data["when"] == "now",
            today=request.today,
            by=request.user.user,
            at=timezone.now(),
        )
        return redirect(f"{reverse('providers:phones', args=[code])}?done=ended")
    found = next((each for each in _phones(request, code) if each.key == phone and each.standing), None)
    if found is None:
        raise Http404
    context: dict[str, Any] = {"organisation": request.provider.organisation, "phone": found, "form": form}
    return render(request, "providers/phone_end.html", context, status=INVALID if form.errors else 200)


@of_a_provider
def suspend(request: HttpRequest, code: str) -> HttpResponse:
    """Suspend a provider, or let it in again; either wants a reason."""
    organisation = request.provider.organisation
    form = SuspendForm(typed(request))
    if request.method == "POST" and form.is_valid():
        wanted = request.POST.get("suspended") == "yes"
        organisation_suspend(
            code=code,
            suspended=wanted,
            reason=form.cleaned_data["reason"],
            by=request.user.user,
            at=timezone.now(),
        )
        return redirect(f"{reverse('providers:provider', args=[code])}?done={'suspended' if wanted else 'let_in'}")
    context = {"organisation": organisation, "form": form}
    return render(request, "providers/suspend.html", context, status=INVALID if form.errors else 200)


def _phones(request: HttpRequest, code: str) -> list[Phone]:
    return phones_seen(code, today=request.today, by=request.user.user, at=timezone.now())


def _stretch(first: date, last: date, _number: int) -> str:
    return day(first) if first == last else f"{day(first)} – {day(last)}"
