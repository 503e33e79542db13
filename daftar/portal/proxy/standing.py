"""Whether a binding stands at a moment: it ends by the calendar even where nobody has written so yet (S3.10)."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from daftar.portal.people.models import Person
from daftar.portal.proxy.models import Ended, ProxyBinding
from daftar.terms.jurisdictions import jurisdictions

ANSWER_WITHIN = timedelta(days=7)  # assumed: how long a member may take to confirm


class State(StrEnum):
    """Where a binding is; the texts `proxy_state.*` name them."""

    ASKED = "asked"  # the member has still to confirm
    BOUND = "bound"
    ENDED = "ended"


def state_of(binding: ProxyBinding, at: datetime) -> tuple[State, Ended | None]:
    """The state at a moment, and why it is over where it is."""
    over = binding.ended_at or over_by_itself(binding)
    if over and over <= at:
        return State.ENDED, Ended(binding.ended) if binding.ended else _by_itself(binding)
    return (State.BOUND if binding.bound_at else State.ASKED), None


def over_by_itself(binding: ProxyBinding) -> datetime | None:
    """When it ends without anybody's doing: at the 16th birthday, or when an ask was not answered."""
    if binding.bound_at is None:
        return binding.asked_at + ANSWER_WITHIN
    return _day_after(binding.last_day, binding.jurisdiction) if binding.last_day else None


def stands(binding: ProxyBinding, at: datetime) -> bool:
    """Whether the principal may act at this moment: bound, not over, and both are alive and known."""
    if state_of(binding, at)[0] is not State.BOUND:
        return False
    both = [binding.principal, binding.member]
    return Person.objects.filter(key__in=both, withdrawn=False, death_date=None).count() == len(both)


def _by_itself(binding: ProxyBinding) -> Ended:
    return Ended.SIXTEEN if binding.bound_at else Ended.UNANSWERED


def _day_after(last: date, jurisdiction: str) -> datetime:
    """The moment at which the day after begins, where the member is insured."""
    zone = ZoneInfo(jurisdictions()[jurisdiction].time_zone)
    return datetime.combine(last + timedelta(days=1), time(), zone)
