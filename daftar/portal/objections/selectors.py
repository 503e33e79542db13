"""Reading objections: the list of staff, one's own, those about an answer or a person, and how they are answered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Case
from daftar.portal.cases.numbers import grouped
from daftar.portal.directory.models import Office
from daftar.portal.objections.handling import Handling
from daftar.portal.objections.models import Objection
from daftar.portal.people.models import PersonIdentifier
from daftar.terms.cases import PENDING, CaseKind, CaseState
from daftar.terms.jurisdictions import jurisdictions

PAGE = 25
MOST_PAGES = 400
MOST_OWN = 50
DAYS_COUNTED = 90
SOON = timedelta(days=3)


class Shown(StrEnum):
    """Which objections a list shows by their state. Texts: section `objection_shown`."""

    OPEN = "open"
    WAITING = "waiting"  # nobody is at it
    HELD = "held"  # somebody is
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    ALL = "all"


STATES: dict[Shown, Q] = {
    Shown.OPEN: Q(queued_at__isnull=False),
    Shown.WAITING: Q(queued_at__isnull=False, state=CaseState.SUBMITTED),
    Shown.HELD: Q(queued_at__isnull=False, state=CaseState.IN_REVIEW),
    Shown.UPHELD: Q(state=CaseState.APPROVED),
    Shown.DISMISSED: Q(state=CaseState.REFUSED),
    Shown.WITHDRAWN: Q(state=CaseState.WITHDRAWN),
    Shown.ALL: Q(),
}


class Clock(StrEnum):
    """How an open objection stands to the day by which it is to be answered. Texts: section `objection_clock`."""

    OVERDUE = "overdue"
    SOON = "soon"  # within three days
    IN_TIME = "in_time"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which objections to list; empty is all."""

    shown: Shown = Shown.OPEN
    clock: Clock | None = None
    channel: str = ""
    office: str | None = None  # an empty code is the hotline itself
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An objection in a list; `holder` and `office` are names, `clock` is empty when it does not run."""

    row: Case
    number: str
    about: Objection
    clock: Clock | None
    holder: str
    office: str
    mine: bool


def clock_of(due_on: date, today: date) -> Clock:
    """How a day stands to today."""
    if due_on < today:
        return Clock.OVERDUE
    return Clock.SOON if due_on - today <= SOON else Clock.IN_TIME


def listed(handling: Handling, wanted: Wanted, *, today: date) -> QuerySet[Case]:
    """The objections that an account looks into, those due first at the top; decided ones the newest first."""
    found = handling.cases.filter(STATES[wanted.shown])
    if wanted.clock:
        found = found.filter(_due(wanted.clock, today), queued_at__isnull=False)
    if wanted.channel:
        found = found.filter(objection__channel=wanted.channel)
    if wanted.office is not None:
        found = found.filter(office=wanted.office)
    if wanted.holder:
        found = found.filter(claimed_by=wanted.holder)
    running = wanted.shown in (Shown.OPEN, Shown.WAITING, Shown.HELD)
    return found.order_by(*(("objection__due_on", "id") if running else ("-id",))).defer("sealed")


def page_of(found: QuerySet[Case], number: int) -> tuple[list[Case], bool]:
    """A page, counted from 1, and whether there are more."""
    first = (number - 1) * PAGE
    rows = list(found[first : first + PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def lines(cases: Iterable[Case], *, user: str, today: date) -> list[Line]:
    """Objections as lines of a list that an account reads."""
    cases = list(cases)
    names = names_of({each.claimed_by for each in cases})
    offices = dict(Office.objects.filter(code__in={each.office for each in cases}).values_list("code", "name"))
    return [
        Line(
            row=each,
            number=grouped(each.number),
            about=each.objection,
            clock=clock_of(each.objection.due_on, today) if each.state in PENDING else None,
            holder=names.get(each.claimed_by, each.claimed_by),
            office=offices.get(each.office, each.office),
            mine=bool(each.claimed_by) and each.claimed_by == user,
        )
        for each in cases
    ]


def names_of(users: Iterable[str]) -> dict[str, str]:
    """What accounts of staff are called; a citizen is not called anything here."""
    found = Account.objects.filter(user__in={*users} - {""}, person_key=None)
    return {each.user: each.name_shown for each in found}


def own_objections(person: UUID) -> list[Case]:
    """What a person has objected to, and what was objected to for them; the newest first."""
    theirs = Q(applicant=person) | Q(person=person)
    found = Case.objects.filter(theirs, kind=CaseKind.OBJECTION, submitted_at__isnull=False, objection__isnull=False)
    return list(found.select_related("objection").order_by("-id").defer("sealed")[:MOST_OWN])


def about_answer(handling: Handling, inquiry: int) -> list[Case]:
    """Objections to an answer that an account looks into, in any state."""
    return list(handling.cases.filter(objection__inquiry=inquiry).order_by("-id").defer("sealed")[:PAGE])


def about_person(handling: Handling, key: UUID) -> list[Case]:
    """Objections of whoever has an identifier, in any state."""
    person = PersonIdentifier.objects.filter(key=key).values_list("person_key", flat=True).first() or key
    return list(handling.cases.filter(person__in={person, key}).order_by("-id").defer("sealed")[:PAGE])


@dataclass(slots=True)
class Numbers:
    """Open objections by their clock, and how those of the last days were answered."""

    open: dict[Clock, int]
    upheld: int = 0
    dismissed: int = 0
    late: int = 0
    days: float = 0.0
    reasons: Sequence[tuple[str, int, int]] = ()  # reason of the answer, how many, how many of them upheld
    channels: Counter[str] = field(default_factory=Counter)

    @property
    def answered(self) -> int:
        """All that were answered."""
        return self.upheld + self.dismissed


def numbers(handling: Handling, *, at: datetime, today: date) -> Numbers:
    """Counted by the database where that is one pass, and in here where it is about time."""
    waiting = handling.cases.filter(queued_at__isnull=False)
    found = Numbers({clock: waiting.filter(_due(clock, today)).count() for clock in Clock})
    by_reason: Counter[str] = Counter()
    upheld: Counter[str] = Counter()
    decided = handling.cases.filter(decided_at__gt=at - timedelta(days=DAYS_COUNTED))
    columns = ("state", "made_at", "decided_at", "objection__due_on", "objection__answer_reason")
    took, country = timedelta(), jurisdictions()[handling.jurisdiction]
    for state, made_at, decided_at, due_on, reason in decided.values_list(*columns).iterator():
        by_reason[reason] += 1
        upheld[reason] += state == CaseState.APPROVED
        found.late += country.today(decided_at) > due_on
        took += decided_at - made_at
    found.upheld = upheld.total()
    found.dismissed = by_reason.total() - found.upheld
    found.days = took / timedelta(days=1) / by_reason.total() if by_reason else 0.0
    found.reasons = [(reason, count, upheld[reason]) for reason, count in by_reason.most_common()]
    since = handling.cases.filter(made_at__gt=at - timedelta(days=DAYS_COUNTED))
    grouped_by = since.values_list("objection__channel").annotate(count=Count("id")).order_by()
    found.channels = Counter(dict(grouped_by))
    return found


def _due(clock: Clock, today: date) -> Q:
    if clock == Clock.OVERDUE:
        return Q(objection__due_on__lt=today)
    if clock == Clock.SOON:
        return Q(objection__due_on__gte=today, objection__due_on__lte=today + SOON)
    return Q(objection__due_on__gt=today + SOON)
