"""Suspending an organisation at once, whatever its agreements say, and letting it in again (S1.2, S2.11)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from daftar.answers import Entry
from daftar.portal.journal.services import looks_record
from daftar.portal.organisations.models import AccessChange, Organisation
from daftar.terms.outcomes import Channel, Ground

MODE = "suspension"


@transaction.atomic
def organisation_suspend(*, code: str, suspended: bool, reason: str, by: str, at: datetime) -> bool:
    """Suspend an organisation, or end that; gates know within a second. False when it is so already."""
    changed = Organisation.objects.filter(code=code, withdrawn=False, suspended=not suspended)
    if not changed.update(suspended=suspended):
        return False
    AccessChange.objects.filter(id=1).update(version=F("version") + 1)
    entry = Entry(
        channel=Channel.WEB,
        mode=MODE,
        key=settings.SECRETS.key("organisation", code),  # nobody's: the row is about the organisation
        outcome="suspended" if suspended else "let_in",
        reason="suspended" if suspended else "let_in",
        ground=Ground.DUTY,
        shown="",
        account=by,
        reference=f"{code}: {reason}",
    )
    looks_record([entry], at=at)
    return True
