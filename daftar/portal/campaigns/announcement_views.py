"""Pages of the portal's announcements: those that stand, a new one, the end of one (S2.14)."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from daftar.portal.campaigns import announcing, selectors
from daftar.portal.campaigns.forms import AnnouncementForm
from daftar.portal.campaigns.views import for_headquarters
from daftar.portal.notices.models import Announcement, Tone
from daftar.portal.theme.forms import typed
from daftar.portal.theme.page import language
from daftar.terms.jurisdictions import jurisdictions

INVALID = 422


@for_headquarters
def announcements(request: HttpRequest) -> HttpResponse:
    """All announcements, the newest first."""
    now, code = timezone.now(), language()

    def state(each: Announcement) -> str:
        if each.ends_at and each.ends_at <= now:
            return "over"
        return "shown" if each.starts_at <= now else "coming"

    found = selectors.announcements_of(request.user)
    context = {
        "announcements": [(each, each.titles[code], state(each)) for each in found],
        "done": request.GET.get("done"),
        "zone": request.user.jurisdiction,
    }
    return render(request, "campaigns/announcements.html", context)


@for_headquarters
def announce(request: HttpRequest) -> HttpResponse:
    """A new announcement."""
    now = timezone.now()
    zone = ZoneInfo(jurisdictions()[request.user.jurisdiction].time_zone)
    form = AnnouncementForm(typed(request), zone=zone, at=now)
    if request.method == "POST" and form.is_valid():
        starts_at, ends_at = form.span()
        announcing.announcement_publish(
            tone=Tone(form.cleaned_data["tone"]),
            titles=form.said("title"),
            texts=form.said("text"),
            starts_at=starts_at,
            ends_at=ends_at,
            by=request.user,
            at=now,
        )
        return redirect(f"{reverse('campaigns:announcements')}?done=published")
    return render(request, "campaigns/announce.html", {"form": form}, status=INVALID if form.errors else 200)


@require_POST
@for_headquarters
def announcement_end(request: HttpRequest, number: int) -> HttpResponse:
    """Show an announcement no more."""
    ended = announcing.announcement_end(announcement=number, by=request.user, at=timezone.now())
    return redirect(reverse("campaigns:announcements") + ("?done=ended" if ended else ""))
