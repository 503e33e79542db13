"""Putting a campaign's messages in the outbox, batch by batch; from there they leave like any other.

A batch is one transaction that holds the campaign's row: several senders send nothing twice, one that dies loses
nothing. Few messages of campaigns are under way at a time, between the outbox and the network: what is stopped stops at
once, at night next to nothing lies in the gateway, and several campaigns go side by side. All of it by day only.
"""

import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import Q

from daftar.disclosure.outbox import TABLE, Message, countries_by_day
from daftar.portal.campaigns.forgetting import finished_fold
from daftar.portal.campaigns.models import Campaign, State
from daftar.portal.campaigns.reaching import AT_A_TIME, counts_due, receivers_count, walk_of
from daftar.portal.campaigns.walks import Receiver
from daftar.portal.notices.forgetting import left_forget
from daftar.portal.notices.models import Delivery, OutboxMessage
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.phones import calling_code

EVERY_SECONDS = 0.5
FORGETTING_EVERY = timedelta(minutes=1)
BATCH = 200
BATCHES = 10
"""Of one campaign before the next has its turn."""
MOST_UNDER_WAY = 1_000
"""Messages of campaigns by one channel that wait in the outbox, or that the network has not acknowledged yet."""
MOST_PUT_OFF = 2_000
"""Of one campaign that wait for another try or another country's morning; with more, nothing more is put."""
ACKNOWLEDGED_WITHIN = timedelta(minutes=10)
"""What is older is no longer waited for, unless all is silent because the network is away."""

log = structlog.get_logger()


def keep_sending(stop: threading.Event) -> None:
    """Go on with every campaign, until told to stop."""
    forgetting_due = datetime.now(UTC)
    while not stop.wait(EVERY_SECONDS):
        now = datetime.now(UTC)
        turns: list[Callable[[datetime], object]] = [send_due, count_due]
        if now >= forgetting_due:
            forgetting_due = now + FORGETTING_EVERY
            turns += [finished_fold, left_forget]
        for turn in turns:
            _turn(turn, now)


def _turn(what: Callable[[datetime], object], at: datetime) -> None:
    """One of the thread's works; a defect in it must not end the thread, nor keep the others from theirs."""
    try:
        what(at)
    except DatabaseError as error:
        log.warning("campaigns not sent", error=type(error).__name__)
    except Exception as error:
        log.error("campaigns failed", error=type(error).__name__, at=traceback.format_tb(error.__traceback__))
    finally:
        close_old_connections()


def send_due(at: datetime) -> int:
    """Put what there is room for; how many messages were put."""
    waiting = Campaign.objects.filter(state=State.SENDING).order_by("pk").values_list("pk", flat=True)
    return sum(_tried(_go_on, each, at) for each in list(waiting))


def count_due(at: datetime) -> None:
    """Go on counting the receivers of drafts."""
    for each in counts_due():
        _tried(_count_on, each, at)


def by_day(campaign: Campaign, at: datetime) -> bool:
    """Whether messages of the campaign may leave now."""
    return campaign.jurisdiction in countries_by_day(at)


def _tried(what: Callable[[int, datetime], int], number: int, at: datetime) -> int:
    """One campaign's turn; a defect in one, or a query that takes too long, must not end the others."""
    try:
        return what(number, at)
    except Exception as error:  # frames only: its text may hold an address
        if isinstance(error, DatabaseError) and not connection.is_usable():
            raise
        frames = traceback.format_tb(error.__traceback__)
        log.error("campaign failed", campaign=number, error=type(error).__name__, at=frames)
        return 0


def _count_on(number: int, at: datetime) -> int:
    receivers_count(number, at, AT_A_TIME)
    return 0


def _go_on(number: int, at: datetime) -> int:
    """Batches until there is no room or nobody left."""
    put = 0
    for _ in range(BATCHES):
        done, more = _batch(number, at)
        put += done
        if not more:
            break
    return put


@transaction.atomic
def _batch(number: int, at: datetime) -> tuple[int, bool]:
    """One batch: how many messages were put, and whether there may be more to put now."""
    locking = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    campaign = Campaign.objects.select_for_update(**locking).filter(pk=number, state=State.SENDING).first()
    if campaign is None:
        return 0, False
    if campaign.all_put_at is not None:
        _end(campaign, at)
        return 0, False
    room = min(BATCH, _room(campaign, at)) if by_day(campaign, at) else 0
    if room <= 0:
        return 0, False
    met = walk_of(campaign, at).after(campaign.mark, room)
    put = _put(campaign, met.receivers, at)
    campaign.put += put
    campaign.mark = met.mark
    campaign.all_put_at = at if met.ended else None
    campaign.save(update_fields=["put", "mark", "all_put_at"])
    return put, True


def _end(campaign: Campaign, at: datetime) -> None:
    """It is done when nothing of it waits any more: until then it can be stopped."""
    under_way = OutboxMessage.objects.filter(campaign=campaign.pk, state__in=(Delivery.WAITING, Delivery.HANDED))
    if not under_way.exists():
        campaign.state, campaign.ended_at = State.DONE, at
        campaign.save(update_fields=["state", "ended_at"])


def _room(campaign: Campaign, at: datetime) -> int:
    """How many more may be put; campaigns by one channel share alike."""
    sharing = Campaign.objects.filter(state=State.SENDING, channel=campaign.channel, all_put_at=None).count()
    mine = OutboxMessage.objects.filter(campaign=campaign.pk)
    waiting = mine.filter(state=Delivery.WAITING)
    soon = waiting.filter(Q(country=None) | Q(country__in=countries_by_day(at)), tries=0).count()
    if waiting.count() - soon >= MOST_PUT_OFF:
        return 0
    handed = mine.filter(state=Delivery.HANDED).count()
    return max(1, MOST_UNDER_WAY // sharing) - soon - handed - _unacknowledged(campaign, at)


def _unacknowledged(campaign: Campaign, at: datetime) -> int:
    """SMS that the gateway holds in its own queue: with many there, the network is slower than we are."""
    if campaign.channel != "sms":
        return 0
    mine = OutboxMessage.objects.filter(campaign=campaign.pk)
    unreported = mine.filter(channel="sms", state=Delivery.ACCEPTED, reported_at=None)
    if _reports_lost(campaign, at):
        unreported = unreported.filter(sent_at__gt=at - ACKNOWLEDGED_WITHIN)
    return unreported[:MOST_UNDER_WAY].count()


def _reports_lost(campaign: Campaign, at: datetime) -> bool:
    """Whether what is long unreported is no longer in the gateway's queue.

    It is where reports of other SMS come in: the network works, and these were lost. And where none ever came: then
    nobody can know. Otherwise the network is away, and all of it still lies there.
    """
    reports = OutboxMessage.objects.filter(reported_at__isnull=False).order_by("-reported_at")
    last = reports.values_list("reported_at", flat=True).first()
    if last is None:
        return not campaign.delivered  # what arrived is forgotten soon
    return bool(last > at - ACKNOWLEDGED_WITHIN)


def _put(campaign: Campaign, receivers: list[Receiver], at: datetime) -> int:
    """A message to each of a batch."""
    home = jurisdictions()[campaign.jurisdiction].language
    reached = [(each.address, each.language if each.language in campaign.texts else home) for each in receivers]
    told = [(address, language) for address, language in reached if address]
    messages = [Message(address, campaign.texts[code], campaign.subjects.get(code, "")) for address, code in told]
    sealed = settings.SECRETS.seal_all([msgspec.json.encode(each) for each in messages], about=TABLE)
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            channel=campaign.channel,
            language=language,
            sealed=blob,
            created_at=at,
            campaign=campaign.pk,
            country=_country(campaign, address),
        )
        for (address, language), blob in zip(told, sealed, strict=True)
    )
    return len(told)


def _country(campaign: Campaign, address: str) -> str:
    """By whose day a message leaves: that of the number's country, else that of the campaign's."""
    if campaign.channel == "sms":
        for code, country in jurisdictions().items():
            if address.startswith(calling_code(country.mobile_country)):
                return code
    return campaign.jurisdiction
