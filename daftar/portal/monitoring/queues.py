"""What waits, and which offices are silent (S2.15)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from daftar.portal.directory.models import Office
from daftar.portal.feeds.models import CoverageDue, FeedOffice, FeedPending
from daftar.portal.monitoring.models import AlertCall
from daftar.portal.monitoring.waiting import (
    MOST_COUNTED,
    counted,
    oldest_cover,
    oldest_pending,
    oldest_unsent,
    unsent,
)

MOST_OFFICES = 30


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: its entry in the catalogues, how many wait (or more than so many), since when the oldest does."""

    name: str
    waiting: int
    more: bool
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


def queues_seen() -> list[Queue]:
    """Everything that waits to be done."""
    calls = AlertCall.objects.filter(sent_at=None)  # a month of alerts, at most
    return [
        _outbox("mail"),
        _outbox("sms"),
        _queue("cover", counted(CoverageDue.objects), oldest_cover()),
        _queue("pending", counted(FeedPending.objects), oldest_pending()),
        _queue("calls", counted(calls), calls.order_by("id").values_list("created_at", flat=True).first()),
    ]


def _outbox(channel: str) -> Queue:
    oldest = (oldest_unsent(channel, of_campaigns=each) for each in (False, True))
    return _queue(f"outbox_{channel}", counted(unsent(channel)), min(filter(None, oldest), default=None))


def _queue(name: str, waiting: int, oldest: datetime | None) -> Queue:
    return Queue(name, min(waiting, MOST_COUNTED), waiting > MOST_COUNTED, oldest)


def offices_of(jurisdiction: str) -> QuerySet[Office]:
    """The offices of a country: by their region, or by their code where that is not on record."""
    here = f"{jurisdiction}-"
    return Office.objects.filter(Q(region__startswith=here) | Q(region="", code__startswith=here))


def offices_silent(jurisdiction: str, at: datetime) -> list[OfficeSeen]:
    """Offices of a country by their last contact, the longest silent first; one that no list names goes by its code."""
    listed = Q(office__in=offices_of(jurisdiction).values("code"))
    unlisted = Q(office__startswith=f"{jurisdiction}-") & ~Q(office__in=Office.objects.values("code"))
    found = (
        FeedOffice.objects.filter(listed | unlisted)
        .values_list("office")
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
