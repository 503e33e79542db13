"""Putting a campaign's messages in the outbox, batch by batch; from there they leave like any other.

A batch is one transaction that holds the campaign's row: several senders send nothing twice, one that dies loses
nothing. Few messages of campaigns wait in the outbox at a time, so that a one-time code behind them is not late, and a
campaign that is stopped stops at once. SMS go out by day only.
"""

import threading
import traceback
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import msgspec
import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction

from daftar.disclosure.outbox import TABLE, Message
from daftar.portal.campaigns.models import Campaign, CampaignReceiver, State
from daftar.portal.campaigns.receivers import Reach, Receiver, Wanted, reach
from daftar.portal.directory.kept import kept
from daftar.portal.notices.models import Delivery, OutboxMessage
from daftar.terms.jurisdictions import jurisdictions

EVERY_SECONDS = 2.0
BATCH = 200
MOST_WAITING = 200
"""Messages of campaigns that may wait in the outbox at a time, by channel."""
MOST_REFUSED = 2_000
"""Of those that the gateway did not take at once: with more, it takes nothing now, and nothing more is put."""
DAY_BEGINS, DAY_ENDS = time(8), time(21)
"""When SMS of campaigns may leave, in the time of the country."""

log = structlog.get_logger()


def keep_sending(stop: threading.Event) -> None:
    """Go on with every campaign that was let go, until told to stop."""
    while not stop.wait(EVERY_SECONDS):
        try:
            send_due(datetime.now(UTC))
        except DatabaseError as error:
            log.warning("campaigns not sent", error=type(error).__name__)
        finally:
            close_old_connections()


def send_due(at: datetime) -> int:
    """Put what there is room for; how many messages were put."""
    waiting = Campaign.objects.filter(state=State.SENDING).order_by("pk").values_list("pk", flat=True)
    return sum(_tried(each, at) for each in list(waiting))


def _tried(number: int, at: datetime) -> int:
    """One campaign's turn; a defect in one must not end the others."""
    try:
        return _go_on(number, at)
    except DatabaseError:
        raise
    except Exception as error:  # frames only: its text may hold an address
        frames = traceback.format_tb(error.__traceback__)
        log.error("campaign failed", campaign=number, error=type(error).__name__, at=frames)
        return 0


def reach_of(campaign: Campaign, at: datetime) -> Reach:
    """How the group of a campaign is reached."""
    country = jurisdictions()[campaign.jurisdiction]
    wanted = Wanted(campaign.jurisdiction, country.language, country.today(at), **campaign.chosen)
    found = reach(campaign.group, campaign.channel, wanted, kept(at).tree)
    if found is None:
        raise ValueError(f"{campaign.group} cannot be reached by {campaign.channel}")
    return found


def by_day(campaign: Campaign, at: datetime) -> bool:
    """Whether messages of the campaign may leave now: mail always, SMS by day."""
    local = at.astimezone(ZoneInfo(jurisdictions()[campaign.jurisdiction].time_zone)).time()
    return campaign.channel != "sms" or DAY_BEGINS <= local < DAY_ENDS


def _go_on(number: int, at: datetime) -> int:
    """Batches until there is no room or nobody left."""
    put, more = 0, True
    while more:
        done, more = _batch(number, at)
        put += done
    return put


@transaction.atomic
def _batch(number: int, at: datetime) -> tuple[int, bool]:
    """One batch: how many messages were put, and whether there may be more to put now."""
    locking = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    campaign = Campaign.objects.select_for_update(**locking).filter(pk=number, state=State.SENDING).first()
    if campaign is None or not by_day(campaign, at):
        return 0, False
    room = min(BATCH, MOST_WAITING - _waiting(campaign.channel))
    if room <= 0:
        return 0, False
    found = reach_of(campaign, at).after(campaign.mark, room)
    put = _put(campaign, found, at)
    campaign.put += put
    if found:
        campaign.mark = found[-1].mark
    if len(found) < room:
        campaign.state, campaign.ended_at = State.DONE, at
        CampaignReceiver.objects.filter(campaign=campaign.pk).delete()
    campaign.save(update_fields=["put", "mark", "state", "ended_at"])
    return put, campaign.state == State.SENDING


def _waiting(channel: str) -> int:
    rows = OutboxMessage.objects.filter(channel=channel, campaign__isnull=False, sent_at=None)
    waiting = rows.filter(state=Delivery.WAITING)
    if waiting.filter(tries__gt=0).count() >= MOST_REFUSED:
        return MOST_WAITING
    return waiting.filter(tries=0).count()  # what was refused once waits for long, in nobody's way


def _put(campaign: Campaign, found: list[Receiver], at: datetime) -> int:
    """Messages to those of a batch whose address has none yet."""
    first = {each.address_key: each for each in reversed(found) if each.address}
    had = CampaignReceiver.objects.filter(campaign=campaign.pk, address_key__in=list(first))
    for key in had.values_list("address_key", flat=True):
        del first[key]
    receivers = sorted(first.values(), key=lambda each: each.mark)
    CampaignReceiver.objects.bulk_create(
        [CampaignReceiver(campaign=campaign.pk, address_key=each.address_key) for each in receivers]
    )
    OutboxMessage.objects.bulk_create([_message(campaign, each, at) for each in receivers])
    return len(receivers)


def _message(campaign: Campaign, to: Receiver, at: datetime) -> OutboxMessage:
    language = to.language if to.language in campaign.texts else jurisdictions()[campaign.jurisdiction].language
    message = Message(to=to.address, text=campaign.texts[language], subject=campaign.subjects.get(language, ""))
    return OutboxMessage(
        channel=campaign.channel,
        language=language,
        sealed=settings.SECRETS.seal(msgspec.json.encode(message), about=TABLE),
        created_at=at,
        campaign=campaign.pk,
    )
