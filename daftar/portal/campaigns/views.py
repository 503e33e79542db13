"""Pages of campaigns: the list, to whom, the text, a last look, what became of it (S2.14)."""

from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from daftar.disclosure.outbox import DAY_BEGINS, DAY_ENDS
from daftar.portal.accounts.models import Role
from daftar.portal.accounts.roles import View, for_roles
from daftar.portal.accounts.words import ROLES
from daftar.portal.campaigns import selectors, services
from daftar.portal.campaigns.forms import CampaignForm, LetGoForm, ReachForm
from daftar.portal.campaigns.models import Campaign, State
from daftar.portal.campaigns.reaching import receivers_count
from daftar.portal.campaigns.sending import by_day
from daftar.portal.campaigns.texts import parts, print_of
from daftar.portal.campaigns.words import CHANNELS, GROUPS, REACHES, STATES
from daftar.portal.directory.kept import kept
from daftar.portal.organisations.words import OWNERSHIPS, PROVIDER_TYPES
from daftar.portal.theme.forms import typed
from daftar.portal.theme.page import HTML_LANGUAGES, direction
from daftar.terms.texts import LANGUAGES

INVALID = 422
for_headquarters = for_roles(Role.INSURER_ADMIN)


def of_a_campaign(view: View) -> View:
    """The page of one campaign of the account's country: `request.campaign`."""

    @for_headquarters
    @wraps(view)
    def guarded(request: HttpRequest, number: int) -> HttpResponse:
        request.campaign = selectors.campaign_of(request.user, number)
        if request.campaign is None:
            raise Http404
        return view(request, number)

    return guarded


@for_headquarters
def listed(request: HttpRequest) -> HttpResponse:
    """All campaigns, the newest first."""
    context = {
        "campaigns": [
            (each, GROUPS[each.group], CHANNELS[each.channel], STATES[each.state])
            for each in selectors.campaigns_of(request.user)
        ],
        "discarded": request.GET.get("done") == "discarded",
        "zone": request.user.jurisdiction,
    }
    return render(request, "campaigns/list.html", context)


@for_headquarters
def new(request: HttpRequest) -> HttpResponse:
    """To whom, by what."""
    form = ReachForm(typed(request))
    if request.method == "POST" and form.is_valid():
        return redirect("campaigns:write", form.cleaned_data["reach"])
    return render(request, "campaigns/new.html", {"form": form}, status=INVALID if form.errors else 200)


@for_headquarters
def write(request: HttpRequest, reach: str) -> HttpResponse:
    """Which of the group, and the text in three languages; it is kept as a draft."""
    if reach not in REACHES:
        raise Http404
    group, channel = reach.split("-")
    form = CampaignForm(typed(request), group=group, channel=channel, provinces=_provinces(request).items())
    if request.method == "POST" and form.is_valid():
        made = services.campaign_draft(
            group=group, channel=channel, written=form.written(), by=request.user, at=timezone.now()
        )
        receivers_count(made.pk, timezone.now())
        return redirect("campaigns:campaign", made.pk)
    context = {"form": form, "reach": REACHES[reach]}
    return render(request, "campaigns/write.html", context, status=INVALID if form.errors else 200)


@of_a_campaign
def change(request: HttpRequest, number: int) -> HttpResponse:
    """A draft, written anew."""
    campaign: Campaign = request.campaign
    if campaign.state != State.DRAFT:
        return redirect("campaigns:campaign", number)
    form = CampaignForm(
        typed(request),
        group=campaign.group,
        channel=campaign.channel,
        provinces=_provinces(request).items(),
        initial=CampaignForm.initial_of(campaign),
    )
    if request.method == "POST" and form.is_valid():
        services.campaign_change(campaign=number, written=form.written(), by=request.user)
        receivers_count(number, timezone.now())
        return redirect("campaigns:campaign", number)
    context = {"form": form, "reach": REACHES[f"{campaign.group}-{campaign.channel}"], "campaign": campaign}
    return render(request, "campaigns/write.html", context, status=INVALID if form.errors else 200)


@of_a_campaign
def campaign(request: HttpRequest, number: int) -> HttpResponse:
    """A draft before it is let go, or what became of a campaign."""
    if request.campaign.state == State.DRAFT:
        return _draft(request)
    now = timezone.now()
    context = _told(request) | {
        "deliveries": selectors.deliveries(request.campaign),
        "night": request.campaign.state == State.SENDING and not by_day(request.campaign, now),
        "percent": _percent(request.campaign),
    }
    return render(request, "campaigns/campaign.html", context)


@require_POST
@of_a_campaign
def count(request: HttpRequest, number: int) -> HttpResponse:
    """Count the receivers of a draft once more."""
    services.campaign_count(campaign=number, by=request.user)
    receivers_count(number, timezone.now())
    return redirect("campaigns:campaign", number)


@require_POST
@of_a_campaign
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Throw a draft away."""
    if services.campaign_discard(campaign=number, by=request.user):
        return redirect(f"{reverse('campaigns:list')}?done=discarded")
    return redirect("campaigns:campaign", number)


@require_POST
@of_a_campaign
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop what is being sent."""
    services.campaign_stop(campaign=number, by=request.user, at=timezone.now())
    return redirect("campaigns:campaign", number)


def _draft(request: HttpRequest) -> HttpResponse:
    """The last look: whom it reaches, what they read. Who lets it go has seen just this."""
    found: Campaign = request.campaign
    now = timezone.now()
    lately = services.counted_lately(found, now)
    form = LetGoForm(typed(request))
    if request.method == "POST" and form.is_valid():
        if lately and not found.counted:
            form.add_error(None, _("Nobody would be told: choose differently."))
        elif services.campaign_let_go(campaign=found.pk, seen=form.cleaned_data["seen"], by=request.user, at=now):
            return redirect("campaigns:campaign", found.pk)
        elif lately:
            form.add_error(None, _("A colleague has changed this campaign meanwhile. Read it once more."))
        else:
            form.add_error(None, _("Count the receivers first."))
    context = _told(request) | {"form": form, "lately": lately, "seen": print_of(found)}
    return render(request, "campaigns/draft.html", context, status=INVALID if form.errors else 200)


def _told(request: HttpRequest) -> dict[str, Any]:
    """What both pages of a campaign show."""
    found: Campaign = request.campaign
    return {
        "campaign": found,
        "reach": REACHES[f"{found.group}-{found.channel}"],
        "state": STATES[found.state],
        "chosen": _chosen(request),
        "said": [_said(found, code) for code in LANGUAGES],
        "zone": request.user.jurisdiction,
        "day_begins": f"{DAY_BEGINS:%H:%M}",
        "day_ends": f"{DAY_ENDS:%H:%M}",
    }


def _chosen(request: HttpRequest) -> list[tuple[Any, Any]]:
    chosen = request.campaign.chosen
    told = [
        (_("Type of provider"), PROVIDER_TYPES.get(chosen.get("type", ""))),
        (_("Ownership"), OWNERSHIPS.get(chosen.get("ownership", ""))),
        (_("Province"), _provinces(request).get(chosen.get("province", ""))),
        (_("Role"), ROLES.get(chosen.get("role", ""))),
        (_("Only those"), _("who may ask and have not asked for 30 days") if chosen.get("silent") else None),
    ]
    return [(name, value) for name, value in told if value]


def _said(found: Campaign, code: str) -> tuple[str, str, str, str, int]:
    """Tag and direction of a language, subject, text, and as how many short messages it leaves."""
    text = found.texts[code]
    short = parts(text) if found.channel == "sms" else 0
    return HTML_LANGUAGES[code], direction(code), found.subjects.get(code, ""), text, short


def _percent(found: Campaign) -> int:
    return min(100, found.put * 100 // found.counted) if found.counted else 0


def _provinces(request: HttpRequest) -> dict[str, str]:
    tree = kept(timezone.now()).tree
    return {place.code: place.name for place in tree.children(request.user.jurisdiction)}
