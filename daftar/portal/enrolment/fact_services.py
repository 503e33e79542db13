"""What an approved enrolment does: the affiliation and with it the cover, in the transaction of the decision."""

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter

from django.conf import settings

from daftar import coverage
from daftar.portal.affiliation.models import Affiliation
from daftar.portal.cases.models import Case
from daftar.portal.cases.stepping import CaseNotDone
from daftar.portal.directory.region_picker import path_of
from daftar.portal.enrolment.checking import facts_of, known_of
from daftar.portal.enrolment.filled import INSURANCE_TYPE, starts_of
from daftar.portal.journal.services import raw_connection
from daftar.store.dialect import execute, marks, rows
from daftar.store.keys import Key
from daftar.store.sealing import Fields, seal_fields
from daftar.terms.cases import NotDone
from daftar.terms.outcomes import Kind
from daftar.terms.periods import Period

TABLE = "affiliation"
INSURED_IN = "SELECT insured_region FROM person WHERE key = ? AND NOT withdrawn"
INSURED_ANEW = "UPDATE person SET insured_region = ? WHERE key = ?"


def affiliation_make(case: Case, fields: Fields, *, at: datetime) -> None:
    """Write the affiliation of an approved case and rebuild the person's cover; call it inside `atomic()`.

    Raises CaseNotDone `facts_changed` when the person has died or is insured meanwhile, or the pooling region is gone.
    That is looked for last: the rebuild holds the person's row, so of two enrolments at once the second sees the first.
    """
    number, starts = f"case-{case.number}", starts_of(fields)
    Affiliation.objects.create(
        affiliation_id=number,
        key=case.person,
        kind=Kind.RESIDENT,
        starts=starts,
        insurance_type=INSURANCE_TYPE,
        category=fields["category"],
        pooling_region=fields["pooling_region"],
        sealed=seal_fields(settings.SECRETS, TABLE, {name: fields.get(name) for name in ("unit", "unit_name", "town")}),
        office=_office(known_of(case).path),
        recorded_at=at,
    )
    coverage.rebuild(raw_connection(), [Key(case.person)], at=at)
    facts = facts_of(case.person, but=number)
    if (facts.died and facts.died < starts) or any(each.overlaps(Period(starts)) for each in facts.enrolled):
        raise CaseNotDone(NotDone.FACTS_CHANGED)
    _insured_in(case, known_of(case).pooled)


def _office(path: Sequence[str]) -> str:
    """The handling agency of the region or of the next one above; empty where there is none."""
    sql = f"SELECT region, code FROM office WHERE kind = 'handling' AND NOT withdrawn AND region IN ({marks(path)})"
    found = rows(raw_connection(), sql, path) if path else []
    by_region: dict[str, str] = dict(sorted(found, key=itemgetter(1), reverse=True))
    return next((by_region[code] for code in reversed(path) if code in by_region), "")


def _insured_in(case: Case, region: str) -> None:
    """The person is insured in the pooling region; a county of it that is known already says more, and stays."""
    known = rows(raw_connection(), INSURED_IN, [case.person])
    if not known or not region:
        raise CaseNotDone(NotDone.FACTS_CHANGED)
    if region not in {each.code for each in path_of(known[0][0])}:
        execute(raw_connection(), INSURED_ANEW, [region, case.person])
