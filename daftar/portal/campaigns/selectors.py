"""Reading campaigns: the list, one of them, and what became of its messages."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet

from daftar.portal.accounts.models import Account
from daftar.portal.campaigns.models import Campaign
from daftar.portal.campaigns.sending import reach_of
from daftar.portal.notices.models import Announcement, Delivery, OutboxMessage

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What became of the messages of a campaign. `delivered` is what telephones confirmed; mail knows no such word."""

    waiting: int
    accepted: int
    delivered: int
    failed: int

    @property
    def put(self) -> int:
        """All that were put in the outbox and not taken out again."""
        return self.waiting + self.accepted + self.delivered + self.failed


def campaigns_of(account: Account) -> list[Campaign]:
    """The campaigns of the account's country, the newest first."""
    return list(Campaign.objects.filter(jurisdiction=account.jurisdiction).order_by("-pk")[:MOST_LISTED])


def campaign_of(account: Account, number: int) -> Campaign | None:
    """One of them."""
    return Campaign.objects.filter(jurisdiction=account.jurisdiction, pk=number).first()


def deliveries(campaign: Campaign) -> Deliveries:
    """Counted from the outbox, which keeps a message's state when its text is gone."""
    rows = OutboxMessage.objects.filter(campaign=campaign.pk).values_list("state").annotate(Count("id")).order_by()
    counts = dict(rows)
    return Deliveries(
        waiting=counts.get(Delivery.WAITING, 0) + counts.get(Delivery.HANDED, 0),
        accepted=counts.get(Delivery.ACCEPTED, 0),
        delivered=counts.get(Delivery.DELIVERED, 0),
        failed=counts.get(Delivery.FAILED, 0),
    )


@transaction.atomic
def receivers(campaign: Campaign, at: datetime) -> int:
    """How many addresses a campaign would reach now."""
    return reach_of(campaign, at).count()


def announcements_of(account: Account) -> QuerySet[Announcement]:
    """The announcements of the account's country, the newest first."""
    return Announcement.objects.filter(jurisdiction=account.jurisdiction).order_by("-pk")[:MOST_LISTED]
