"""What can be measured for an alert or for the operations page: each measure gives values by subject (S2.15).

A subject is a channel, a door or an office; a measure without one has the empty subject. What cannot be known gives
no value, and raises no alert.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Sum

from daftar.portal.feeds.models import FeedOffice
from daftar.portal.monitoring.models import Duty, InquiryMinute, ProbeResult
from daftar.portal.monitoring.traffic_seen import doors_seen
from daftar.portal.monitoring.waiting import oldest_cover, oldest_unsent
from daftar.terms.outcomes import Mode

Values = dict[str, float]
RECENT = timedelta(minutes=5)
FEWEST_REQUESTS = 20
"""Below it a share or a percentile says nothing."""

QUARTER = timedelta(minutes=15)
WEEK = timedelta(days=7)
FEWEST_INQUIRIES = 100
"""A week ago in that quarter of an hour; below it nobody misses any."""

INQUIRIES = (Mode.GENERAL, Mode.SPECIFIC, Mode.AFFILIATION)


def probe_failures(at: datetime) -> Values:
    """Results without the known answer, in a row until now, by channel; of the last quarter of an hour."""
    found: Values = {}
    ended: set[str] = set()
    recent = ProbeResult.objects.filter(asked_at__gt=at - QUARTER).order_by("-asked_at")
    for channel, working in recent.values_list("channel", "working"):
        found.setdefault(channel, 0)
        if working:
            ended.add(channel)
        elif channel not in ended:
            found[channel] += 1
    return found


def probe_minutes(at: datetime) -> Values:
    """Minutes since the probe last asked; nothing where it is switched off."""
    if not settings.WATCH.channels:
        return {}
    return _since(ProbeResult.objects.aggregate(last=Max("asked_at"))["last"], at)


def latency_p95(at: datetime) -> Values:
    """Milliseconds within which 95 of 100 requests of the last minutes were answered, by door."""
    return {each.door: each.p95 for each in doors_seen(at - RECENT, at) if each.requests >= FEWEST_REQUESTS}


def failed_percent(at: datetime) -> Values:
    """Of 100 requests of the last minutes those that failed by a fault of ours, by door."""
    seen = doors_seen(at - RECENT, at)
    return {each.door: 100 * each.failed / each.requests for each in seen if each.requests >= FEWEST_REQUESTS}


def missing_percent(at: datetime) -> Values:
    """Of 100 inquiries of this quarter of an hour a week ago, those that did not come now, by jurisdiction."""
    end = at - timedelta(minutes=2)  # what is not counted yet is not missing
    now, then = _asked(end - QUARTER, end), _asked(end - QUARTER - WEEK, end - WEEK)
    return {
        place: max(0.0, 100 - 100 * now.get(place, 0) / before)
        for place, before in then.items()
        if before >= FEWEST_INQUIRIES
    }


def office_hours(at: datetime) -> Values:
    """Hours since an office's database was last heard of."""
    last = FeedOffice.objects.exclude(office="").values_list("office").annotate(last=Max("last_contact"))
    return {office: (at - moment).total_seconds() / 3600 for office, moment in last}


def outbox_minutes(at: datetime) -> Values:
    """Minutes that the oldest message about one person has waited, by mail and SMS; nothing in the demo."""
    if settings.DEMO:
        return {}
    oldest = {channel: oldest_unsent(channel, of_campaigns=False) for channel in ("mail", "sms")}
    return {channel: (at - moment).total_seconds() / 60 for channel, moment in oldest.items() if moment}


def cover_minutes(at: datetime) -> Values:
    """Minutes that the oldest person whose facts have changed has waited for their cover to be made anew."""
    return _since(oldest_cover(), at)


def tally_minutes(at: datetime) -> Values:
    """Minutes since the journal was last counted; more than one or two: nobody counts, or it fails each time."""
    return _since(Duty.objects.filter(name="tally").values_list("done_at", flat=True).first(), at)


MEASURES: dict[str, Callable[[datetime], Values]] = {
    measure.__name__: measure
    for measure in (
        probe_failures,
        probe_minutes,
        latency_p95,
        failed_percent,
        missing_percent,
        office_hours,
        outbox_minutes,
        cover_minutes,
        tally_minutes,
    )
}


def _since(moment: datetime | None, at: datetime) -> Values:
    return {} if moment is None else {"": max(0.0, (at - moment).total_seconds() / 60)}


def _asked(after: datetime, until: datetime) -> Values:
    found = InquiryMinute.objects.filter(minute__gt=after, minute__lte=until, mode__in=INQUIRIES)
    return dict(found.values_list("jurisdiction").annotate(asked=Sum("asked")))
