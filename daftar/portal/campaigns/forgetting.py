"""Messages of campaigns that are finished are counted into the campaign and forgotten, some thousands at a time.

The outbox holds of a campaign to a nation what is under way, and the page that counts it reads little.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from daftar.portal.campaigns.models import Campaign, State
from daftar.portal.notices.models import Delivery, OutboxMessage
from daftar.portal.notices.sending import in_hands

PIECE = 5_000
PIECES = 20
"""Of one campaign and state at a turn."""
FINISHED_KEPT = timedelta(minutes=5)
ACCEPTED_KEPT = timedelta(days=7)
"""A telephone may be off for days: until then its report still counts."""
DOUBT_KEPT = timedelta(days=1)
"""Handed over, never answered nor reported, and the gateway's store cannot be asked: then it is given up."""
JUST_HANDED = timedelta(seconds=40)
"""Longer than the gateway is waited for; what is in doubt is looked at each minute anew (ADR 0020)."""


def finished_fold(at: datetime) -> int:
    """Forget what is old enough; how many messages."""
    campaigns = Campaign.objects.exclude(state=State.DRAFT).filter(forgotten_at=None).order_by("pk")
    return sum(_fold(each, at) for each in list(campaigns))


def _fold(campaign: Campaign, at: datetime) -> int:
    kept = {Delivery.DELIVERED: FINISHED_KEPT, Delivery.FAILED: FINISHED_KEPT, Delivery.ACCEPTED: ACCEPTED_KEPT}
    if campaign.channel == "mail":
        kept[Delivery.ACCEPTED] = FINISHED_KEPT  # nobody reports of a mail
    _give_up(campaign, at)
    done = sum(_forget(campaign, state, _newest(at - age)) for state, age in kept.items())
    if campaign.state == State.STOPPED:
        done += _take_back(campaign, at)
    if campaign.state != State.SENDING and not OutboxMessage.objects.filter(campaign=campaign.pk).exists():
        Campaign.objects.filter(pk=campaign.pk).update(forgotten_at=at)
    return done


def _give_up(campaign: Campaign, at: datetime) -> None:
    """It counts as failed, so that the campaign ends; nobody knows whether it arrived."""
    long_ago = at - DOUBT_KEPT
    doubtful = OutboxMessage.objects.filter(campaign=campaign.pk, state=Delivery.HANDED, created_at__lte=long_ago)
    untried = Q(next_try_at=None) | Q(next_try_at__lte=long_ago)
    doubtful.filter(untried, handed_at__lte=at - JUST_HANDED).update(state=Delivery.FAILED, sealed=b"")


@transaction.atomic
def _take_back(campaign: Campaign, at: datetime) -> int:
    """What was in somebody's hands when the campaign was stopped, and came back: no sender takes it any more."""
    waiting = OutboxMessage.objects.filter(campaign=campaign.pk, state=Delivery.WAITING)
    gone, _ = waiting.exclude(in_hands(at)).delete()
    Campaign.objects.filter(pk=campaign.pk).update(withdrawn=F("withdrawn") + gone)
    return gone


def _newest(until: datetime) -> int:
    """The last message that was put in before a moment: later ones have higher numbers."""
    found = OutboxMessage.objects.filter(created_at__lte=until).order_by("-created_at").values_list("id", flat=True)
    return found.first() or 0


def _forget(campaign: Campaign, state: Delivery, newest: int) -> int:
    done = 0
    for _ in range(PIECES):
        old = OutboxMessage.objects.filter(campaign=campaign.pk, state=state, id__lte=newest).order_by("id")
        piece = list(old.values_list("id", flat=True)[:PIECE])
        if not piece:
            break
        done += _forget_piece(campaign, state, piece[-1])
    return done


@transaction.atomic
def _forget_piece(campaign: Campaign, state: Delivery, last: int) -> int:
    gone, _ = OutboxMessage.objects.filter(campaign=campaign.pk, state=state, id__lte=last).delete()
    column = {Delivery.DELIVERED: "delivered", Delivery.FAILED: "failed"}.get(state)
    if column:  # what was accepted is what remains when all others are taken off
        Campaign.objects.filter(pk=campaign.pk).update(**{column: F(column) + gone})
    return gone
