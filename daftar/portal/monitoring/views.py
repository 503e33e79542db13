"""The status page, which is everybody's (S2.14-S2.16)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from daftar.portal.monitoring.channel_states import DISTURBED, DOWN, UNKNOWN, WORKS, channels_seen
from daftar.portal.notices.announcements import announcements_shown
from daftar.portal.theme.page import language
from daftar.terms.jurisdictions import Jurisdiction, jurisdictions


def status(request: HttpRequest) -> HttpResponse:
    """How each channel works now, announcements, the last ninety days."""
    at, jurisdiction = timezone.now(), _readers()
    channels = channels_seen(jurisdiction, at)
    states = {each.state for each in channels}
    overall = next((each for each in (DOWN, DISTURBED, UNKNOWN, WORKS) if each in states), UNKNOWN)
    context = {
        "channels": channels,
        "overall": overall,
        "at": at,
        "zone": jurisdiction.code,
        "hotline": jurisdiction.hotline,
        "announcements": announcements_shown(None, at),
    }
    return render(request, "monitoring/status.html", context)


def _readers() -> Jurisdiction:
    """Whose days a reader of this language counts by."""
    known = jurisdictions()
    return next((each for each in known.values() if each.language == language()), known["ir"])
