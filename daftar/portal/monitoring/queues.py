"""What waits, and which offices are silent (S2.15)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from daftar.portal.directory.models import Office
from daftar.portal.feeds.models import CoverageDue, FeedOffice, FeedPending
from daftar.portal.monitoring.models import AlertCall
from daftar.portal.notices.models import Delivery, OutboxMessage

MOST_OFFICES = 30


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: its entry in the catalogues, how many wait, since when the oldest does."""

    name: str
    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class OfficeSeen:
    """When an office was last heard of, and how new its newest fact is; `above` is the office that is over it."""

    code: str
    name: str
    above: str
    last_contact: datetime
    newest_fact: datetime
    hours: int


def queues_seen(at: datetime) -> list[Queue]:
    """Everything that waits to be done."""
    waiting = OutboxMessage.objects.filter(state__in=(Delivery.WAITING, Delivery.HANDED))
    outbox = {
        channel: Queue(f"outbox_{channel}", number, oldest)
        for channel, number, oldest in waiting.values_list("channel").annotate(Count("id"), Min("created_at"))
    }
    cover = CoverageDue.objects.aggregate(number=Count("key"), oldest=Min("since"))
    pending = FeedPending.objects.aggregate(number=Count("id"), oldest=Min("received_at"))
    calls = AlertCall.objects.filter(sent_at=None).aggregate(number=Count("id"), oldest=Min("created_at"))
    return [
        outbox.get("mail", Queue("outbox_mail", 0, None)),
        outbox.get("sms", Queue("outbox_sms", 0, None)),
        Queue("cover", cover["number"], cover["oldest"]),
        Queue("pending", pending["number"], pending["oldest"]),
        Queue("calls", calls["number"], calls["oldest"]),
    ]


def offices_silent(at: datetime) -> list[OfficeSeen]:
    """Offices by their last contact, the longest silent first."""
    found = (
        FeedOffice.objects.values_list("office")
        .annotate(last=Max("last_contact"), newest=Max("newest_fact"))
        .order_by("last")[:MOST_OFFICES]
    )
    seen = list(found)
    offices = {each.code: each for each in Office.objects.filter(code__in=[office for office, *_ in seen])}
    above = dict(Office.objects.filter(code__in=[each.parent for each in offices.values()]).values_list("code", "name"))
    return [
        OfficeSeen(
            office,
            offices[office].name if office in offices else "",
            above.get(offices[office].parent, "") if office in offices else "",
            last,
            newest,
            int((at - last).total_seconds() // 3600),
        )
        for office, last, newest in seen
    ]
