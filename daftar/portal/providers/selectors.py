"""One provider as the insurer sees it: why it may ask or not, its agreements, its days, what was done to it (S2.11)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.conf import settings

from daftar.disclosure.agreements import ELIGIBILITY
from daftar.portal.journal.models import Inquiry
from daftar.portal.organisations.models import Organisation
from daftar.portal.organisations.phones import MODE as PHONE
from daftar.portal.organisations.seats import organisations_of
from daftar.portal.organisations.selectors import AgreementSeen, agreements_seen, may_ask
from daftar.portal.organisations.suspending import MODE as SUSPENSION
from daftar.portal.providers import asked
from daftar.portal.providers.asked import Span

MOST_EVENTS = 20
WEEK = 7
LONG = 45
"""A longer period is drawn by weeks."""


class Standing(StrEnum):
    """Whether a provider may ask today on any channel, and why not."""

    MAY = "may"
    SUSPENDED = "suspended"  # by headquarters
    ENDED = "ended"  # the last agreement is over
    NOT_BEGUN = "not_begun"  # the next agreement begins later
    NONE = "none"  # no agreement, or none for eligibility


@dataclass(frozen=True, slots=True)
class ProviderSeen:
    """`day` is the last of the agreement that ended, or the first of the one to come."""

    organisation: Organisation
    agreements: Sequence[AgreementSeen]
    standing: Standing
    day: date | None


def provider_seen(code: str, *, jurisdiction: str, today: date) -> ProviderSeen | None:
    """A provider of the jurisdiction."""
    known = organisations_of(jurisdiction).filter(kind="provider", withdrawn=False, code=code)
    organisation = known.first() if code.isprintable() else None  # PostgreSQL refuses some odd bytes with an error
    if organisation is None:
        return None
    agreements = agreements_seen(organisation, today)
    return ProviderSeen(organisation, agreements, *_standing(organisation, agreements, today))


def _standing(
    organisation: Organisation, agreements: Sequence[AgreementSeen], today: date
) -> tuple[Standing, date | None]:
    if organisation.suspended:
        return Standing.SUSPENDED, None
    if may_ask(organisation, ELIGIBILITY, today):
        return Standing.MAY, None
    coming = [each.starts for each in agreements if each.starts > today]
    if coming:
        return Standing.NOT_BEGUN, min(coming)
    over = [each.ends for each in agreements if each.ends and each.ends < today]
    return (Standing.ENDED, max(over)) if over and len(over) == len(agreements) else (Standing.NONE, None)


@dataclass(frozen=True, slots=True)
class Days:
    """One provider's inquiries of a period. `stretches`: first and last day, number; by days or by weeks."""

    stretches: Sequence[tuple[date, date, int]]
    channels: Sequence[tuple[str, int]]
    asked: int
    days: int


def days_of(code: str, span: Span) -> Days:
    """Inside `atomic()`."""
    by_day: Counter[date] = Counter()
    by_channel: Counter[str] = Counter()
    for day, channel, number in asked.asked_by(code, span):
        by_day[day] += number
        by_channel[channel] += number
    step = timedelta(days=WEEK if (span.last - span.first).days > LONG else 1)
    stretches = []
    last = span.last
    while last >= span.first:
        first = max(last - step + timedelta(days=1), span.first)
        stretches.append((first, last, sum(number for day, number in by_day.items() if first <= day <= last)))
        last = first - timedelta(days=1)
    return Days(stretches, by_channel.most_common(), by_day.total(), len(by_day))


@dataclass(frozen=True, slots=True)
class Event:
    """What was done to a provider, by whom."""

    at: datetime
    by: str
    what: str
    reason: str


def events_of(code: str) -> list[Event]:
    """The newest changes of its mobiles and suspensions, from the journal."""
    key = settings.SECRETS.key("organisation", code)
    found = Inquiry.objects.filter(key=key, mode__in=[PHONE, SUSPENSION]).exclude(outcome="shown")
    return [
        Event(
            row.asked_at,
            row.account or "",
            f"{row.mode}.{row.reason}",
            (row.reference or "").partition(": ")[2] if row.mode == SUSPENSION else "",
        )
        for row in found.order_by("-asked_at")[:MOST_EVENTS]
    ]
