"""The check that runs before the form is filled and once more when it is handed in (domain-facts 2.12, S3.12)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import connection

from daftar.portal.cases.models import Case
from daftar.portal.cases.services import materials_given
from daftar.portal.cases.stepping import fields_of
from daftar.portal.directory.region_picker import codes_found, codes_wanted, codes_wanted_of
from daftar.portal.enrolment.filled import pooled_found, pooled_wanted, starts_of
from daftar.portal.proxy.models import ProxyBinding, Way
from daftar.rules.enrolment import first_days, materials
from daftar.rules.enrolment_check import EnrolmentFacts, EnrolmentReason, EnrolmentVerdict, WantedEnrolment, check
from daftar.rules.filing import Materials
from daftar.store.dialect import Row, Statement, as_date, execute_together
from daftar.store.sealing import Fields
from daftar.terms.enrolments import EnrolmentCategory
from daftar.terms.materials import MaterialKind
from daftar.terms.periods import Period

OF_THE_PERSON = (EnrolmentReason.NO_RULE, EnrolmentReason.DECEASED, EnrolmentReason.ALREADY_ENROLLED)
"""What stands against it whatever is filled in."""

FOR_A_REVIEWER = frozenset({EnrolmentReason.BIRTH_DATE_UNKNOWN, EnrolmentReason.REGISTERED_ELSEWHERE})
"""What the rules cannot decide and a paper can show: it keeps nobody from handing in."""

IDENTITY = frozenset({MaterialKind.IDENTITY_DOCUMENT})

PERSON = "SELECT birth_date, death_date FROM person WHERE key = ? AND NOT withdrawn"
REGISTERED_IN = "SELECT insured_region FROM person WHERE key = ? AND NOT withdrawn"
ENROLLED = "SELECT starts, ends FROM affiliation WHERE key = ? AND NOT withdrawn AND affiliation_id <> ?"


@dataclass(frozen=True, slots=True)
class Known:
    """What a check of a filled form looks at: the person, the path of the region, the material that is there.

    `pooled` is the region of the pooling region: where one is to be insured (参保地).
    """

    facts: EnrolmentFacts
    path: Sequence[str]
    given: frozenset[str]
    pooled: str


def known_of(case: Case) -> Known:
    """What is known for a check of a case. Of one that is held and handed in it is asked once (`known_once`)."""
    kept: Known | None = getattr(case, "known", None)
    return kept or _known(case)


def known_once(case: Case) -> None:
    """Ask now for a case that is held, so that its material stays, and not again until it is decided; only the facts of
    the person may change meanwhile, and those an approval asks for anew (`affiliation_make`)."""
    case.known = _known(case)


def _known(case: Case) -> Known:
    registered = codes_wanted_of(REGISTERED_IN, [case.person])
    place = codes_wanted(case.region), pooled_wanted(fields_of(case)), registered
    known, spells, path, pooled, home = _asked([*_facts_wanted(case.person, ""), *place])
    facts = replace(_facts(known, spells), registered=codes_found(home))
    return Known(facts, codes_found(path), handed_in(case), pooled_found(pooled))


def facts_of(person: UUID, *, but: str = "") -> EnrolmentFacts:
    """What the registry knows of a person, without the affiliation `but`."""
    return _facts(*_asked(_facts_wanted(person, but)))


def _asked(statements: Sequence[Statement]) -> list[list[Row]]:
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return execute_together(connection.connection, statements)


def _facts_wanted(person: UUID, but: str) -> list[Statement]:
    return [(PERSON, [person]), (ENROLLED, [person, but])]


def _facts(known: Sequence[Row], spells: Sequence[Row]) -> EnrolmentFacts:
    born, died = known[0] if known else (None, None)
    enrolled = [Period(as_date(starts), as_date(ends)) for starts, ends in spells]
    return EnrolmentFacts(as_date(born), as_date(died), enrolled)


def person_reasons(person: UUID, jurisdiction: str, day: date) -> tuple[EnrolmentReason, ...]:
    """Why somebody cannot be enrolled at all, asked on `day`; else that they may be («该人员可以进行城乡居民参保登记»).

    The latest day on which an enrolment may begin decides: what is in force now may have ended until then.
    """
    days = first_days(jurisdiction, day)
    latest = days.ends if days and days.ends else day
    wanted = WantedEnrolment(EnrolmentCategory.ORDINARY_RESIDENT, latest, ())
    reasons = check(wanted, facts_of(person), jurisdiction=jurisdiction, day=day).reasons
    against = tuple(each for each in reasons if each in OF_THE_PERSON)
    return against or (EnrolmentReason.MAY_BE_ENROLLED,)


def verdict_of(case: Case, fields: Fields, *, day: date, with_material: bool = True) -> EnrolmentVerdict:
    """Whether the person may be enrolled as the filled form says, also before material is asked for."""
    known = known_of(case)
    given = known.given if with_material else None
    wanted = WantedEnrolment(fields["category"], starts_of(fields), known.path, given, known.pooled)
    return check(wanted, known.facts, jurisdiction=case.jurisdiction, day=day)


def handed_in(case: Case) -> frozenset[str]:
    """Kinds of material that were uploaded or shown otherwise."""
    return materials_given(case) | shown_otherwise(case)


def shown_otherwise(case: Case) -> frozenset[str]:
    """The identity, which the log-in has shown of oneself and a binding of a member, a mere promise apart."""
    if not case.acting_for:
        return IDENTITY
    bound = ProxyBinding.objects.filter(principal=case.applicant, member=case.person, bound_at__isnull=False)
    return IDENTITY if bound.exclude(way=Way.COMMITMENT).exists() else frozenset()


def needed(case: Case, fields: Fields, day: date) -> tuple[Materials, ...]:
    """Groups of material that the category needs, of each one (S3.14)."""
    category = EnrolmentCategory(fields["category"])
    return materials(case.jurisdiction, category, known_of(case).facts.born, day)


def left_to_a_reviewer(verdict: EnrolmentVerdict) -> tuple[EnrolmentReason, ...]:
    """The reasons for which the rules do not decide, whatever the city's policy."""
    return tuple(each for each in verdict.reasons if each in FOR_A_REVIEWER)


def stopping(verdict: EnrolmentVerdict) -> tuple[EnrolmentReason, ...]:
    """The reasons for which a form is not taken in."""
    passing = FOR_A_REVIEWER | {EnrolmentReason.MAY_BE_ENROLLED}
    return tuple(each for each in verdict.reasons if each not in passing)
