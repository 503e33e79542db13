"""Reading campaigns: the list, one of them, and what became of its messages."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from daftar.portal.accounts.models import Account
from daftar.portal.campaigns.models import Campaign
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
    """Counted from what is under way; what is neither that nor delivered nor failed has been accepted."""
    open_or_new = [state for state in Delivery if state != Delivery.ACCEPTED]  # of those there may be millions
    rows = OutboxMessage.objects.filter(campaign=campaign.pk, state__in=open_or_new)
    counts = dict(rows.values_list("state").annotate(Count("id")).order_by())
    waiting = counts.get(Delivery.WAITING, 0) + counts.get(Delivery.HANDED, 0)
    delivered = campaign.delivered + counts.get(Delivery.DELIVERED, 0)
    failed = campaign.failed + counts.get(Delivery.FAILED, 0)
    accepted = campaign.put - campaign.withdrawn - waiting - delivered - failed
    return Deliveries(waiting, max(0, accepted), delivered, failed)


def announcements_of(account: Account) -> QuerySet[Announcement]:
    """The announcements of the account's country, the newest first."""
    return Announcement.objects.filter(jurisdiction=account.jurisdiction).order_by("-pk")[:MOST_LISTED]
