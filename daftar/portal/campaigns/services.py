"""Writing campaigns: drafted, changed, discarded, let go, stopped. What is let go or stopped is journalled (S2.14)."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from daftar.answers import Entry
from daftar.portal.accounts.models import Account
from daftar.portal.campaigns.models import Campaign, State
from daftar.portal.campaigns.texts import print_of
from daftar.portal.journal.services import looks_record
from daftar.portal.notices.models import Delivery, OutboxMessage
from daftar.portal.notices.sending import in_hands
from daftar.terms.outcomes import Channel, Ground

MODE = "campaign"
COUNT = ("counted", "counted_at", "counting", "count_mark")
COUNT_HOLDS = timedelta(days=1)
"""Older, the number of receivers says too little to let a campaign go."""


@transaction.atomic
def campaign_draft(*, group: str, channel: str, written: dict[str, Any], by: Account, at: datetime) -> Campaign:
    """Keep a campaign that somebody wrote; nobody is told anything yet, and its receivers are to be counted."""
    return Campaign.objects.create(
        jurisdiction=by.jurisdiction, group=group, channel=channel, made_by=by.user, made_at=at, counting=0, **written
    )


@transaction.atomic
def campaign_change(*, campaign: int, written: dict[str, Any], by: Account) -> bool:
    """Write a draft anew; False when it is none any more."""
    found = _held(campaign, by, State.DRAFT)
    if found is None:
        return False
    for name, value in written.items():
        setattr(found, name, value)
    found.made_by, found.counted, found.counted_at = by.user, None, None
    found.counting, found.count_mark = 0, []
    found.save(update_fields=[*written, "made_by", *COUNT])
    return True


@transaction.atomic
def campaign_count(*, campaign: int, by: Account) -> bool:
    """Begin to count the receivers of a draft once more; the last count stands until then. False: it is no draft."""
    found = _held(campaign, by, State.DRAFT)
    if found is None:
        return False
    if found.counting is None:
        found.counting, found.count_mark = 0, []
        found.save(update_fields=COUNT)
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
def campaign_let_go(*, campaign: int, seen: str, by: Account, at: datetime) -> bool:
    """Begin to send; `seen` is the digest of what was looked at, with the number of receivers.

    False when it is no draft any more, was changed, or its receivers are being counted, or were too long ago.
    """
    found = _held(campaign, by, State.DRAFT)
    if found is None or print_of(found) != seen or not counted_lately(found, at):
        return False
    found.state, found.confirmed_by, found.confirmed_at = State.SENDING, by.user, at
    found.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _journal(found, "let_go", by, at)
    return True


def counted_lately(campaign: Campaign, at: datetime) -> bool:
    """Whether the number of receivers is known, and from today or yesterday."""
    counted_at = campaign.counted_at
    return campaign.counting is None and counted_at is not None and at - counted_at < COUNT_HOLDS


@transaction.atomic
def campaign_stop(*, campaign: int, by: Account, at: datetime) -> bool:
    """Stop sending and take back what nobody has handed over yet; False when it is not being sent."""
    found = _held(campaign, by, State.SENDING)
    if found is None:
        return False
    waiting = OutboxMessage.objects.filter(campaign=found.pk, sent_at=None, state=Delivery.WAITING)
    found.withdrawn, _ = waiting.exclude(in_hands(at)).delete()
    found.state, found.stopped_by, found.ended_at = State.STOPPED, by.user, at
    found.save(update_fields=["withdrawn", "state", "stopped_by", "ended_at"])
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
