"""Lines of the lists: what a reviewer needs to choose a case by. Names are shown when a case is opened, not before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from daftar.portal.accounts.models import Account
from daftar.portal.cases.machine import RULES
from daftar.portal.cases.models import Case
from daftar.portal.cases.numbers import grouped
from daftar.portal.cases.selectors import Age, age_of
from daftar.portal.cases.steps import reasons_of
from daftar.portal.directory.kept import kept
from daftar.portal.directory.models import Office
from daftar.portal.directory.shown import path_of


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list. `age` is empty when it does not wait; `holder` and `decider` are names, not accounts."""

    row: Case
    number: str
    region: str
    lang: str
    office: str
    age: Age | None
    holder: str
    decider: str
    by_rules: bool
    reasons: Sequence[str]
    mine: bool


def lines(cases: Iterable[Case], *, user: str, at: datetime) -> list[Line]:
    """Cases as lines of a list that an account reads."""
    cases = list(cases)
    names = names_of({each.claimed_by for each in cases} | {each.decided_by for each in cases})
    found = Office.objects.filter(code__in={each.office for each in cases if each.office})
    offices = dict(found.values_list("code", "name"))
    return [_line(each, names, offices, user, at) for each in cases]


def names_of(users: Iterable[str]) -> dict[str, str]:
    """What accounts of staff are called on the pages; a citizen is not called anything here."""
    found = Account.objects.filter(user__in={*users} - {"", RULES}, person_key=None)
    return {each.user: each.name_shown for each in found}


def _line(case: Case, names: dict[str, str], offices: dict[str, str], user: str, at: datetime) -> Line:
    region, lang = path_of(case.region, kept(at))
    return Line(
        row=case,
        number=grouped(case.number),
        region=region,
        lang=lang,
        office=offices.get(case.office, case.office),
        age=age_of(case.queued_at, at) if case.queued_at else None,
        holder=names.get(case.claimed_by, case.claimed_by),
        decider=names.get(case.decided_by, case.decided_by),
        by_rules=case.decided_by == RULES,
        reasons=reasons_of(case),
        mine=case.claimed_by == user,
    )
