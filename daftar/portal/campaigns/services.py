"""Writing campaigns: drafted, changed, discarded, let go, stopped. What is let go or stopped is journalled (S2.14)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from daftar.answers import Entry
from daftar.portal.accounts.models import Account
from daftar.portal.campaigns.models import Campaign, CampaignReceiver, State
from daftar.portal.campaigns.texts import print_of
from daftar.portal.journal.services import looks_record
from daftar.portal.notices.models import Delivery, OutboxMessage
from daftar.terms.outcomes import Channel, Ground

MODE = "campaign"


@transaction.atomic
def campaign_draft(*, group: str, channel: str, written: dict[str, Any], by: Account, at: datetime) -> Campaign:
    """Keep a campaign that somebody wrote; nobody is told anything yet."""
    return Campaign.objects.create(
        jurisdiction=by.jurisdiction, group=group, channel=channel, made_by=by.user, made_at=at, **written
    )


@transaction.atomic
def campaign_change(*, campaign: int, written: dict[str, Any], by: Account) -> bool:
    """Write a draft anew; False when it is none any more."""
    found = _held(campaign, by, State.DRAFT)
    if found is None:
        return False
    for name, value in written.items():
        setattr(found, name, value)
    found.made_by = by.user
    found.save(update_fields=[*written, "made_by"])
    return True


@transaction.atomic
def campaign_discard(*, campaign: int, by: Account) -> bool:
    """Throw a draft away; False when it is none any more."""
    found = _held(campaign, by, State.DRAFT)
    if found is None:
        return False
    found.delete()
    return True


@transaction.atomic
def campaign_let_go(*, campaign: int, seen: str, counted: int, by: Account, at: datetime) -> bool:
    """Begin to send; `seen` is the digest of what was looked at. False when it is no draft any more, or was changed."""
    found = _held(campaign, by, State.DRAFT)
    if found is None or print_of(found) != seen:
        return False
    found.state, found.confirmed_by, found.confirmed_at, found.counted = State.SENDING, by.user, at, counted
    found.save(update_fields=["state", "confirmed_by", "confirmed_at", "counted"])
    _journal(found, "let_go", by, at)
    return True


@transaction.atomic
def campaign_stop(*, campaign: int, by: Account, at: datetime) -> bool:
    """Stop sending and take back what nobody has handed over yet; False when it is not being sent."""
    found = _held(campaign, by, State.SENDING)
    if found is None:
        return False
    waiting = OutboxMessage.objects.filter(campaign=found.pk, sent_at=None, state=Delivery.WAITING)
    found.withdrawn, _ = waiting.delete()
    found.state, found.stopped_by, found.ended_at = State.STOPPED, by.user, at
    found.save(update_fields=["withdrawn", "state", "stopped_by", "ended_at"])
    CampaignReceiver.objects.filter(campaign=found.pk).delete()
    _journal(found, "stopped", by, at)
    return True


def _held(campaign: int, by: Account, state: State) -> Campaign | None:
    rows = Campaign.objects.select_for_update()
    return rows.filter(pk=campaign, jurisdiction=by.jurisdiction, state=state).first()


def _journal(campaign: Campaign, outcome: str, by: Account, at: datetime) -> None:
    entry = Entry(
        channel=Channel.WEB,
        mode=MODE,
        key=settings.SECRETS.key("campaign", str(campaign.pk)),  # nobody's: many are told the same
        outcome=outcome,
        reason=outcome,
        ground=Ground.DUTY,
        shown="",
        account=by.user,
        office=by.office or None,
        reference=f"{campaign.pk} {campaign.channel} {campaign.group}: {campaign.counted}",
    )
    looks_record([entry], at=at)
