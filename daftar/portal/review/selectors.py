"""Reading cases by review state: «公服待办业务查询» with automatic ones; how long reviewers took (S3.17, S3.25)."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from daftar.portal.cases.machine import RULES
from daftar.portal.cases.models import Case
from daftar.portal.cases.scope import Scope
from daftar.portal.cases.selectors import PAGE, QUEUED, SENT_BACK
from daftar.portal.review.marks import Mark
from daftar.terms.cases import CaseKind, CaseState

DAYS_COUNTED = 30


class ReviewState(StrEnum):
    """The guide's review states («审核状态»)."""

    REVIEWED = "reviewed"  # 已审核: decided, whichever way and by whomever
    APPROVED = "approved"
    REFUSED = "refused"
    PENDING = "pending"  # 未审核
    SENT_BACK = "sent_back"  # 已退回: waits for its applicant to correct it


MOMENTS = {ReviewState.PENDING: QUEUED, ReviewState.SENT_BACK: SENT_BACK}
"""The column by whose moment cases of a review state are listed; of those that were decided, of the decision."""


class Decider(StrEnum):
    """Who decided (S3.15)."""

    RULES = "rules"  # automatically
    REVIEWERS = "reviewers"


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Which cases to look up; empty is all. Moments are of the decision, of pending ones since when they wait."""

    state: ReviewState = ReviewState.REVIEWED
    kinds: Collection[CaseKind] = ()
    decider: Decider | None = None
    since: datetime | None = None
    before: datetime | None = None

    @property
    def moment(self) -> str:
        """The column of the moment."""
        return MOMENTS.get(self.state, "decided_at")


def looked_up(scope: Scope, wanted: LookedUp, *, after: Mark | None = None) -> tuple[list[Case], Mark | None]:
    """A page of cases, the newest first, and where the next one begins."""
    found, moment = all_looked_up(scope, wanted), wanted.moment
    if after:
        found = found.filter(**{f"{moment}__lte": after[0]}).exclude(**{moment: after[0], "id__gte": after[1]})
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], (getattr(last, moment), last.pk) if last else None


def all_looked_up(scope: Scope, wanted: LookedUp) -> QuerySet[Case]:
    """Every case that is looked for and that the reviewer may see; read from an index of the moment and the place."""
    moment = wanted.moment
    found = Case.objects.filter(scope.place, **{f"{moment}__isnull": False}).exclude(scope.related)
    if wanted.state in (ReviewState.APPROVED, ReviewState.REFUSED):
        found = found.filter(state=CaseState(wanted.state))
    if wanted.kinds:
        found = found.filter(kind__in=sorted(wanted.kinds))
    if wanted.decider == Decider.RULES:
        found = found.filter(decided_by=RULES)
    if wanted.decider == Decider.REVIEWERS:
        found = found.exclude(decided_by=RULES)
    if wanted.since:
        found = found.filter(**{f"{moment}__gte": wanted.since})
    if wanted.before:
        found = found.filter(**{f"{moment}__lt": wanted.before})
    return found.order_by(f"-{moment}", "-id").defer("sealed")


TERMS = {"day": timedelta(days=1), "three": timedelta(days=3), "week": timedelta(days=7)}
"""How long a decision took: within so much; what took longer is `longer`."""
LONGER = "longer"


@dataclass(slots=True)
class Pace:
    """What was decided in the last days: by the rules, by reviewers, and how long these took since submission."""

    by_rules: int = 0
    approved: int = 0
    refused: int = 0
    took: Counter[str] = field(default_factory=Counter)
    days: Counter[date] = field(default_factory=Counter)

    @property
    def by_reviewers(self) -> int:
        """Decisions of reviewers."""
        return self.approved + self.refused


def pace(scope: Scope, *, at: datetime, zone: ZoneInfo) -> Pace:
    """The last thirty days, counted."""
    decided = Case.objects.filter(scope.place, decided_at__gt=at - timedelta(days=DAYS_COUNTED))
    found = Pace(by_rules=decided.filter(decided_by=RULES).count())
    columns = ("state", "submitted_at", "decided_at")
    for state, submitted_at, decided_at in decided.exclude(decided_by=RULES).values_list(*columns).iterator():
        found.approved += state == CaseState.APPROVED
        found.refused += state == CaseState.REFUSED
        found.took[_term(decided_at - submitted_at)] += 1
        found.days[decided_at.astimezone(zone).date()] += 1
    return found


def days_counted(at: datetime, zone: ZoneInfo) -> Sequence[date]:
    """The days of `pace`, the newest last."""
    today = at.astimezone(zone).date()
    return [today - timedelta(days=back) for back in range(DAYS_COUNTED - 1, -1, -1)]


def _term(took: timedelta) -> str:
    return next((name for name, end in TERMS.items() if took <= end), LONGER)
