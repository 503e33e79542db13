"""Reading cases: a reviewer's queue, everything about one number, one's own progress, how much waits how long."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from daftar.portal.cases.models import Case, CaseStep
from daftar.portal.cases.scope import Scope
from daftar.terms.cases import CaseAct, CaseKind, CaseState

PAGE = 25


class Age(StrEnum):
    """How long a case has waited."""

    FRESH = "fresh"  # less than three days
    WAITING = "waiting"  # less than a week
    LATE = "late"


AGES = {Age.FRESH: timedelta(days=3), Age.WAITING: timedelta(days=7)}
"""An age ends here; what is older is late."""

QUEUED, SENT_BACK = "queued_at", "sent_back_at"
"""Since when a case waits: for a reviewer, or to be corrected."""


def age_of(since: datetime, at: datetime) -> Age:
    """In which age a waiting case is."""
    return next((age for age, end in AGES.items() if at - since < end), Age.LATE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pending cases to show; empty is all."""

    kinds: Collection[CaseKind] = ()
    states: Collection[CaseState] = ()
    age: Age | None = None
    claimed_by: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the queue ended."""

    queued_at: datetime
    id: int


def queue(scope: Scope, wanted: Wanted, *, at: datetime, after: Place | None = None) -> tuple[list[Case], Place | None]:
    """A page of the pending cases that a reviewer may see, the longest waiting first, and where the next one begins."""
    found = waiting(scope, wanted, at=at)
    if after:
        found = found.filter(queued_at__gte=after.queued_at).exclude(queued_at=after.queued_at, id__lte=after.id)
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], Place(last.queued_at, last.id) if last else None


def waiting(scope: Scope, wanted: Wanted, *, at: datetime) -> QuerySet[Case]:
    """All pending cases that a reviewer may see, the longest waiting first."""
    return _waiting(scope, wanted, at).exclude(scope.related).order_by("queued_at", "id").defer("sealed")


def about_person(scope: Scope, person: UUID) -> list[Case]:
    """Cases about a person or submitted by them that a reviewer may see, in any state, the newest first (S3.16)."""
    found = Case.objects.filter(scope.place, Q(person=person) | Q(applicant=person), submitted_at__isnull=False)
    found = found.exclude(scope.related)
    return list(found.order_by("-id").defer("sealed")[:PAGE])


def own_cases(person: UUID) -> list[Case]:
    """What a person submitted or began, and what others submitted for them; the newest first (S3.18)."""
    theirs = Q(applicant=person) | Q(person=person, submitted_at__isnull=False)
    return list(Case.objects.filter(theirs).order_by("-id").defer("sealed")[: 4 * PAGE])


def timeline(case: Case) -> Sequence[CaseStep]:
    """What was done to a case, the oldest first, without the savings in between (S3.18)."""
    return list(CaseStep.objects.filter(case=case).exclude(act=CaseAct.SAVE).order_by("id"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many pending cases there are of each age, at how many of them a reviewer is; how many wait for applicants."""

    ages: Mapping[Age, int]
    held: int
    sent_back: int

    @property
    def all(self) -> int:
        """All of them."""
        return sum(self.ages.values())


def counted(scope: Scope, *, at: datetime) -> Waiting:
    """The head of the queue in numbers, relatives' cases taken off: nothing is grouped, so an index is only walked."""
    theirs = _of_relatives(scope, QUEUED, at)
    ages = {age: _waiting(scope, Wanted(age=age), at).count() for age in Age}
    held = _waiting(scope, Wanted(states=[CaseState.IN_REVIEW]), at).count()
    for (_kind, state, age), count in theirs.items():
        ages[Age(age)] -= count
        held -= count if state == CaseState.IN_REVIEW else 0
    back = _standing(scope, SENT_BACK).count() - _of_relatives(scope, SENT_BACK, at).total()
    return Waiting(ages, held, back)


@dataclass(frozen=True, slots=True)
class Number:
    """How many cases of a kind there are in a state and age."""

    kind: CaseKind
    state: CaseState
    age: Age
    count: int


def numbers(scope: Scope, *, at: datetime) -> list[Number]:
    """The pending cases that a reviewer may see, counted; for the table and the chart beside it."""
    return _numbers(scope, QUEUED, at)


def numbers_sent_back(scope: Scope, *, at: datetime) -> list[Number]:
    """Those that wait to be corrected, by how long they do."""
    return _numbers(scope, SENT_BACK, at)


def _numbers(scope: Scope, since: str, at: datetime) -> list[Number]:
    """All of the place are counted in the index alone, and those of relatives, who are few, taken off.

    One count of both would read every row.
    """
    counted = sum((_counted(scope, since, age, at) for age in Age), Counter()) - _of_relatives(scope, since, at)
    return [Number(CaseKind(kind), CaseState(state), Age(age), n) for (kind, state, age), n in sorted(counted.items())]


def _of_relatives(scope: Scope, since: str, at: datetime) -> Counter[tuple[str, str, str]]:
    """Cases of the place that wait and that the reviewer does not see, by kind, state and age.

    Found by their persons alone: asked for place and persons at once, a database may read the whole queue for them.
    """
    counted: Counter[tuple[str, str, str]] = Counter()
    for case in Case.objects.filter(scope.related).defer("sealed"):
        moment = getattr(case, since)
        if moment and scope.holds(case):
            counted[case.kind, case.state, age_of(moment, at).value] += 1
    return counted


def _counted(scope: Scope, since: str, age: Age, at: datetime) -> Counter[tuple[str, str, str]]:
    """Those of one age, which is a stretch of the index: the age as a word to group by costs more than the rest."""
    aged = _aged(_standing(scope, since), since, age, at)
    grouped = aged.values_list("kind", "state").annotate(count=Count("id")).order_by()
    return Counter({(kind, state, age.value): count for kind, state, count in grouped})


def _waiting(scope: Scope, wanted: Wanted, at: datetime) -> QuerySet[Case]:
    """Pending cases of a place, relatives' too; judged in an index `case_queue_…`, who holds them in `case_held`."""
    found = _standing(scope, QUEUED)
    if wanted.kinds:
        found = found.filter(kind__in=sorted(wanted.kinds))
    if wanted.states:
        found = found.filter(state__in=sorted(wanted.states))
    if wanted.claimed_by:
        found = found.filter(claimed_by=wanted.claimed_by, claimed_at__isnull=False)  # as in the index `case_held`
    return _aged(found, QUEUED, wanted.age, at) if wanted.age else found


def _standing(scope: Scope, since: str) -> QuerySet[Case]:
    """Cases of a place that wait for a reviewer, or to be corrected, relatives' too."""
    return Case.objects.filter(scope.place, **{f"{since}__isnull": False})


def _aged(found: QuerySet[Case], since: str, age: Age, at: datetime) -> QuerySet[Case]:
    """Those of one age."""
    if age in AGES:
        found = found.filter(**{f"{since}__gt": at - AGES[age]})
    if age != Age.FRESH:
        younger = list(AGES.values())[list(Age).index(age) - 1]
        found = found.filter(**{f"{since}__lte": at - younger})
    return found
