"""Publishing and ending announcements of the portal; either is journalled (S2.14)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from daftar.answers import Entry
from daftar.portal.accounts.models import Account
from daftar.portal.journal.services import looks_record
from daftar.portal.notices.models import Announcement, Tone
from daftar.terms.outcomes import Channel, Ground

MODE = "announcement"


@transaction.atomic
def announcement_publish(
    *,
    tone: Tone,
    titles: dict[str, str],
    texts: dict[str, str],
    starts_at: datetime,
    ends_at: datetime | None,
    by: Account,
    at: datetime,
) -> Announcement:
    """Show an announcement to everybody between two moments."""
    made = Announcement.objects.create(
        jurisdiction=by.jurisdiction,
        tone=tone,
        titles=titles,
        texts=texts,
        starts_at=starts_at,
        ends_at=ends_at,
        made_by=by.user,
        made_at=at,
    )
    _journal(made, "published", by, at)
    return made


@transaction.atomic
def announcement_end(*, announcement: int, by: Account, at: datetime) -> bool:
    """Show it no more from now on, or never where it has not begun; False when it is over already."""
    rows = Announcement.objects.select_for_update().filter(pk=announcement, jurisdiction=by.jurisdiction)
    found = rows.filter(Q(ends_at=None) | Q(ends_at__gt=at)).first()
    if found is None:
        return False
    found.starts_at, found.ends_at = min(found.starts_at, at), at
    found.save(update_fields=["starts_at", "ends_at"])
    _journal(found, "ended", by, at)
    return True


def _journal(announcement: Announcement, outcome: str, by: Account, at: datetime) -> None:
    entry = Entry(
        channel=Channel.WEB,
        mode=MODE,
        key=settings.SECRETS.key("announcement", str(announcement.pk)),  # nobody's: everybody reads it
        outcome=outcome,
        reason=outcome,
        ground=Ground.DUTY,
        shown="",
        account=by.user,
        office=by.office or None,
        reference=str(announcement.pk),
    )
    looks_record([entry], at=at)
