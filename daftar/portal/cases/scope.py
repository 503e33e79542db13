"""Which cases an account may review: by the region and the place of its office, never its own or a relative's (S3.16).

A case lies in a region, with the city and province above it. An office sees what lies in its own region or below; of
cases addressed to one office, those of itself and of the offices below it. Headquarters see their jurisdiction.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from daftar.disclosure.kin import close_to
from daftar.portal.accounts.models import Account, Role
from daftar.portal.cases.models import Case, Reviewer
from daftar.portal.directory.models import Office, Region
from daftar.portal.directory.region_picker import DEEPEST, path_of
from daftar.portal.journal.services import raw_connection
from daftar.store.keys import Key
from daftar.terms.cases import NotDone

REVIEWING = frozenset({Role.REVIEWER, Role.INSURER_ADMIN})
HEADQUARTERS = "headquarters"
LEVELS = {"country": "jurisdiction", "province": "province", "city": "city", "county": "region"}
"""The column of `case` that holds a region of a level."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reviewer may see: `column` of a case is `code`; `offices` is None where any office's cases are seen."""

    column: str
    code: str
    jurisdiction: str
    offices: frozenset[str] | None
    close: frozenset[Key]

    @property
    def place(self) -> Q:
        """Region and office in the database; of the columns of an index `case_queue_…` alone."""
        seen = Q(**{self.column: self.code})
        return seen if self.offices is None else seen & Q(office__in=["", *sorted(self.offices)])

    @property
    def related(self) -> Q:
        """The reviewer's own cases and their relatives'."""
        return Q(person__in=self.close) | Q(applicant__in=self.close)

    def refusal(self, case: Case) -> NotDone | None:
        """Why a case may not be reviewed; None when it may. What was never submitted is nobody's to see."""
        if case.submitted_at is None or not self.holds(case):
            return NotDone.OUT_OF_SCOPE
        return NotDone.RELATED if {case.person, case.applicant} & self.close else None

    def holds(self, case: Case) -> bool:
        """Whether a case lies in the place, as `place` says in the database."""
        if getattr(case, self.column) != self.code or case.jurisdiction != self.jurisdiction:
            return False
        return self.offices is None or not case.office or case.office in self.offices


def scope_of(account: Account) -> Scope | NotDone:
    """What an account may review, or why it reviews nothing. Call it inside `atomic()`."""
    if account.role not in REVIEWING or not account.is_active:
        return NotDone.OUT_OF_SCOPE
    person = Reviewer.objects.filter(account=account.pk).values_list("key", flat=True).first()
    if person is None:
        return NotDone.REVIEWER_UNKNOWN
    close = close_to(raw_connection(), Key(person))
    office = Office.objects.filter(code=account.office, withdrawn=False).first()
    if account.role == Role.INSURER_ADMIN or (office and office.kind == HEADQUARTERS):
        return Scope("jurisdiction", account.jurisdiction, account.jurisdiction, None, close)
    region = Region.objects.filter(code=office.region, withdrawn=False).first() if office else None
    if office is None or region is None:
        return NotDone.OUT_OF_SCOPE
    column = LEVELS[region.level]
    code = account.jurisdiction if column == "jurisdiction" else region.code
    if code.partition("-")[0] != account.jurisdiction:
        return NotDone.OUT_OF_SCOPE
    return Scope(column, code, account.jurisdiction, _offices_below(office.code), close)


def places(region: str) -> Mapping[str, str]:
    """Values of a case's columns `province`, `city` and `region`; of a region that nobody knows, itself alone."""
    path = path_of(region)
    levels = {each.level: each.code for each in path if each.level in ("province", "city")}
    return {"province": levels.get("province", ""), "city": levels.get("city", ""), "region": region}


def _offices_below(code: str) -> frozenset[str]:
    """An office with those below it."""
    found, newest = {code}, {code}
    for _ in range(DEEPEST):
        newest = set(Office.objects.filter(parent__in=newest, withdrawn=False).values_list("code", flat=True)) - found
        found |= newest
    return frozenset(found)
