"""Writing persons at an office counter; feeds write them in bulk (daftar.feeds)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daftar.answers import Entry
from daftar.portal.journal.services import looks_record
from daftar.portal.people.models import Person
from daftar.store.sealing import OF_FEED, open_fields, seal_fields
from daftar.terms.mobiles import Mobile
from daftar.terms.outcomes import Channel, Ground


@transaction.atomic
def mobile_register(*, key: UUID, mobile: Mobile, office: str, by: str, at: datetime) -> None:
    """Register a person's mobile after an office has seen them and their identity document (S2.9).

    `by` is the account's name. The mobile has a clock of its own: it stands until a feed brings one recorded later, or
    another one in a row that says no time, and holds back nothing else that the feeds say of the person.
    Raises Person.DoesNotExist when nobody is known.
    """
    row = Person.objects.select_for_update().get(key=key, withdrawn=False)
    fields = open_fields(settings.SECRETS, "person", row.sealed)
    if row.mobile_recorded_at is None:  # what a feed says once more is not said later than this
        fields[OF_FEED] = fields.get("mobile", "")
    fields["mobile"] = mobile
    row.sealed = seal_fields(settings.SECRETS, "person", fields)
    row.mobile_key = settings.SECRETS.mobile_key(mobile)
    row.mobile_verified = True
    row.mobile_recorded_at = max(at, row.recorded_at)  # also where the feed's clock is ahead of ours
    row.save(update_fields=["sealed", "mobile_key", "mobile_verified", "mobile_recorded_at"])
    entry = Entry(
        channel=Channel.COUNTER,
        mode="mobile_recorded",
        key=key,
        outcome="recorded",
        reason="identity_checked",
        ground=Ground.DUTY,
        shown="mobile",
        account=by,
        office=office or None,
    )
    looks_record([entry], at=at)
