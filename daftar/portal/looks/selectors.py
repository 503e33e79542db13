"""Reading who looked: the journal's rows about a person, under each of their identifiers, without hidden ones."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from daftar.portal.directory.models import Office
from daftar.portal.journal.models import Inquiry
from daftar.portal.journal.services import TRACKING
from daftar.portal.looks.hidings import HidingSeen, hidden_now, hidings_of
from daftar.portal.looks.initiators import NOBODY_ELSE, Initiator, initiator_of, own_looks, rules_acts
from daftar.portal.organisations.models import Organisation
from daftar.portal.people.models import PersonIdentifier
from daftar.portal.people.selectors import person_seen
from daftar.terms.outcomes import NAMED_BESIDE, Ground
from daftar.terms.tracking_codes import TrackingCode

PAGE = 20
MOST_EXPORTED = 100_000
CHUNK = 1_000

BY_NAME = (Ground.PROXY, Ground.CONSENT)
"""Grounds on which somebody looks for an adult, who has a right to know who it was."""

OTHERS = "others"
ALL = "all"
WHO: dict[str, Q] = {
    OTHERS: Q(),
    "organisations": Q(organisation__isnull=False),
    "proxies": Q(ground=Ground.PROXY),
    "insurer": Q(ground=Ground.DUTY, organisation__isnull=True),
    ALL: Q(),
}
"""Whose looks. Those that the person made themself (`own_looks`) and the rules' acts are shown with `all`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which looks to show; `account` is the one by which the person reads them."""

    account: str
    who: str = OTHERS
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class LookSeen:
    """One look, with the names of Estonia's data tracker: `row.asked_at` is logTime, `code` queryId."""

    code: TrackingCode
    row: Inquiry
    initiator: str  # initiatorOrg: name of an organisation or office; empty for the person and where none is named
    hiding: HidingSeen | None  # it was hidden until then
    proxy: str = ""  # name of who looked for the person: a proxy, or a main insured by consent
    by: Initiator = Initiator.INSURER
    told: bool = True  # whether the person themself reads it; else somebody who reads about them

    @property
    def purpose(self) -> str:
        """Code of what it was asked for; a row without one is called by its mode."""
        return self.row.purpose or {"general": "eligibility", "specific": "eligibility"}.get(self.row.mode, "")

    @property
    def questionable(self) -> bool:
        """Whether somebody else looked, or may have: the person may ask what for."""
        return self.by not in NOBODY_ELSE

    @property
    def beside(self) -> bool:
        """Whether the person was only named, as the main insured, in an answer about a dependant."""
        return self.row.mode == NAMED_BESIDE


def keys_of(person: UUID) -> list[UUID]:
    """The person's key and those of all their identifiers: inquiries are journalled under the one that was typed."""
    others = PersonIdentifier.objects.filter(person_key=person).values_list("key", flat=True)
    return list({person, *others})


def looks(person: UUID, wanted: Wanted, at: datetime) -> QuerySet[Inquiry]:
    """The looks at a person that are not hidden, the newest first."""
    keys = keys_of(person)
    found = Inquiry.objects.filter(WHO[wanted.who], key__in=keys).exclude(id__in=hidden_now(keys, at))
    if wanted.who == OTHERS:
        found = found.exclude(own_looks(wanted.account))
    if wanted.who != ALL:
        found = found.exclude(rules_acts())
    if wanted.since:
        found = found.filter(asked_at__gte=wanted.since)
    if wanted.before:
        found = found.filter(asked_at__lt=wanted.before)
    return found.order_by("-asked_at", "-id")


def with_beside(inquiry: int) -> list[Inquiry]:
    """A look's row and, directly behind it, that of the main insured whom its answer named, if it named one."""
    found = Inquiry.objects.filter(Q(id=inquiry) | Q(id=inquiry + 1, mode=NAMED_BESIDE))
    return list(found.order_by("id"))


def hidden_count(person: UUID, at: datetime) -> int:
    """How many looks are hidden; the person is told nothing else of them."""
    return len(hidden_now(keys_of(person), at))


def page_of(person: UUID, wanted: Wanted, at: datetime, number: int) -> tuple[list[LookSeen], bool]:
    """The looks of a page, counted from 1, and whether there are more."""
    first = (number - 1) * PAGE
    rows = list(looks(person, wanted, at)[first : first + PAGE + 1])
    return seen(rows[:PAGE], wanted.account), len(rows) > PAGE


def all_of(person: UUID, wanted: Wanted, at: datetime) -> Iterator[LookSeen]:
    """The looks for an export."""
    rows: list[Inquiry] = []
    for row in looks(person, wanted, at)[:MOST_EXPORTED].iterator(chunk_size=CHUNK):
        rows.append(row)
        if len(rows) == CHUNK:
            yield from seen(rows, wanted.account)
            rows = []
    yield from seen(rows, wanted.account)


def look_of(person: UUID, account: str, id: int | None, at: datetime) -> LookSeen | None:
    """One look at a person; None when there is none, it was at somebody else, or it is hidden."""
    rows = list(looks(person, Wanted(account, who=ALL), at).filter(id=id)) if id is not None else []
    return seen(rows, account)[0] if rows else None


def seen(rows: Sequence[Inquiry], account: str = "") -> list[LookSeen]:
    """Rows with their codes, and the names of those who looked.

    `account` is that of the person looked at, who reads them; empty where somebody else does.
    """
    organisations = _names(Organisation, {row.organisation for row in rows if row.organisation})
    offices = _names(Office, {row.office for row in rows if row.office})
    hidings = hidings_of([row.id for row in rows])
    codes = TRACKING.codes([row.id for row in rows])
    proxies = _proxies({row.acting_for for row in rows if row.acting_for and row.ground in BY_NAME})
    places = [organisations.get(row.organisation or "") or offices.get(row.office or "", "") for row in rows]
    return [
        LookSeen(
            code,
            row,
            place,
            hidings.get(row.id),
            proxies.get(row.acting_for, "") if row.ground in BY_NAME else "",
            initiator_of(row, account, placed=bool(place)),
            told=bool(account),
        )
        for code, row, place in zip(codes, rows, places, strict=True)
    ]


def _proxies(persons: set[UUID]) -> dict[UUID | None, str]:
    """Names of principals, as the registry has them; the member has a right to know who it was."""
    return {key: seen.name for key in persons if (seen := person_seen(key))}


def _names(model: type[Organisation] | type[Office], codes: Collection[str | None]) -> dict[str, str]:
    """Names by code; a code that the registry has lost is its own name."""
    known = dict(model.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
    return {str(code): known.get(code, str(code)) for code in codes}
