"""What the portal tells everybody now, in the reader's language (S2.14): on the home page and the status page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from daftar.portal.notices.models import Announcement
from daftar.portal.theme.page import language
from daftar.terms.jurisdictions import jurisdictions

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement as a page shows it."""

    jurisdiction: str
    insurer: str
    tone: str
    title: str
    text: str
    starts_at: datetime


def announcements_shown(jurisdiction: str | None, at: datetime) -> list[Announced]:
    """Those that stand at a moment, warnings first, then the newest; None: of all countries."""
    found = announcements_standing(at)
    if jurisdiction:
        found = found.filter(jurisdiction=jurisdiction)
    code = language()
    return [
        Announced(
            each.jurisdiction,
            jurisdictions()[each.jurisdiction].insurer_name[code],
            each.tone,
            each.titles[code],
            each.texts[code],
            each.starts_at,
        )
        for each in found.order_by("-tone", "-starts_at", "-id")[:MOST_SHOWN]
    ]


def announcements_standing(at: datetime) -> QuerySet[Announcement]:
    """Those that have begun and not ended."""
    return Announcement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)
