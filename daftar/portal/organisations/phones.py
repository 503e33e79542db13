"""Mobiles from which a provider may ask by SMS and USSD: read, registered and ended by the insurer (S2.19).

Feeds write them too; whatever was recorded last stands. Each change raises `access_change`, so that gates know.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from daftar.answers import Entry
from daftar.portal.journal.services import looks_record
from daftar.portal.organisations.models import AccessChange, Organisation, ProviderPhone
from daftar.store.sealing import open_fields, seal_fields
from daftar.terms.mobiles import Mobile
from daftar.terms.outcomes import Channel, Ground

TABLE = "provider_phone"
MODE = "provider_phone"


@dataclass(frozen=True, slots=True)
class Phone:
    """A registered mobile, opened. `standing`: it may be asked from today."""

    key: UUID
    mobile: str
    holder: str
    starts: date | None
    ends: date | None
    standing: bool


@transaction.atomic
def phones_seen(organisation: str, *, today: date, by: str, at: datetime) -> list[Phone]:
    """The mobiles of a provider, those that stand first; that they were looked at is journalled."""
    found = [_opened(row, today) for row in _rows(organisation)]
    if found:
        _journal(organisation, "shown", "shown", by=by, at=at)
    return sorted(found, key=lambda each: (not each.standing, each.mobile))


def phones_standing(organisation: str, *, today: date) -> int:
    """How many mobiles a provider may ask from; none of them is opened."""
    return sum(_stands(row, today) for row in _rows(organisation))


@transaction.atomic
def phone_register(
    *, organisation: Organisation, mobile: Mobile, holder: str, today: date, by: str, at: datetime
) -> bool:
    """Register a mobile from today on; False when it stands already."""
    key = settings.SECRETS.mobile_key(mobile)
    before = ProviderPhone.objects.select_for_update().filter(organisation=organisation.code, mobile_key=key).first()
    if before is not None and _stands(before, today):
        return False
    written = {
        "sealed": seal_fields(settings.SECRETS, TABLE, {"mobile": mobile, "holder": holder}),
        "starts": today,
        "ends": None,
        "recorded_at": max(at, before.recorded_at) if before else at,  # also where the feed's clock is ahead of ours
        "withdrawn": False,
    }
    ProviderPhone.objects.update_or_create(organisation=organisation.code, mobile_key=key, defaults=written)
    _tell_gates()
    _journal(organisation.code, "recorded", "registered", by=by, at=at)
    return True


@transaction.atomic
def phone_end(*, organisation: str, key: UUID, at_once: bool, today: date, by: str, at: datetime) -> bool:
    """Let a mobile ask no more, from tomorrow on or at once; False when it stands no more."""
    row = ProviderPhone.objects.select_for_update().filter(organisation=organisation, mobile_key=key).first()
    if row is None or not _stands(row, today):
        return False
    row.ends = today - timedelta(days=1) if at_once else today
    row.starts = min(row.starts, row.ends) if row.starts else row.starts
    row.recorded_at = max(at, row.recorded_at)
    row.save(update_fields=["starts", "ends", "recorded_at"])
    _tell_gates()
    _journal(organisation, "ended", "lost" if at_once else "ended", by=by, at=at)
    return True


def _rows(organisation: str) -> list[ProviderPhone]:
    return list(ProviderPhone.objects.filter(organisation=organisation, withdrawn=False))


def _stands(row: ProviderPhone, today: date) -> bool:
    begun = row.starts is None or row.starts <= today
    return not row.withdrawn and begun and (row.ends is None or today <= row.ends)


def _opened(row: ProviderPhone, today: date) -> Phone:
    fields = open_fields(settings.SECRETS, TABLE, row.sealed)
    mobile, holder = fields.get("mobile", ""), fields.get("holder", "")
    return Phone(row.mobile_key, mobile, holder, row.starts, row.ends, _stands(row, today))


def _tell_gates() -> None:
    AccessChange.objects.filter(id=1).update(version=F("version") + 1)


def _journal(organisation: str, outcome: str, reason: str, *, by: str, at: datetime) -> None:
    entry = Entry(
        channel=Channel.WEB,
        mode=MODE,
        key=settings.SECRETS.key("organisation", organisation),  # nobody's: the row is about the organisation
        outcome=outcome,
        reason=reason,
        ground=Ground.DUTY,
        shown="mobile" if outcome == "shown" else "",
        account=by,
        reference=organisation,
    )
    looks_record([entry], at=at)
