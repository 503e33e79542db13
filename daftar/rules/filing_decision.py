"""The decision about a filing, by rules alone, with every reason («根据校验规则系统自动审核», S3.24, S3.26).

Facts and the day are arguments. The law of the filing's first day says which categories there are, what they need and
where the filing counts; the law of the day on which it is handed in says how far from that day it may begin.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from daftar.rules.destination import NOWHERE, Opened, Scope, where_it_counts
from daftar.rules.filing import (
    CATEGORIES,
    DAYS_AHEAD,
    DAYS_BACK,
    IDENTITY,
    NO_NEED_WITHIN,
    Materials,
    categories,
    lacking,
    materials,
)
from daftar.rules.parameters import LawSet
from daftar.rules.regions import law_of
from daftar.terms.filings import FilingCategory, FilingState
from daftar.terms.periods import Period, merge


class FilingReason(StrEnum):
    """Why a filing is approved, or each thing that stands against it. Texts: section `filing_reason`."""

    APPROVED = "approved"  # nothing stands against it
    NO_RULE = "no_rule"  # the law of the day knows no filings
    DECEASED = "deceased"  # a death is recorded before the filing would begin
    NOT_ENROLLED = "not_enrolled"  # no affiliation that holds from the day of handing in to the first day
    NOT_ACTIVE = "not_active"  # enrolled, and not covered on the day of handing in
    INSURED_REGION_UNKNOWN = "insured_region_unknown"  # the registry does not say where the person is insured
    CATEGORY_UNKNOWN = "category_unknown"  # no category of the first day's law
    DATES_REVERSED = "dates_reversed"  # it ends before it begins
    STARTS_TOO_EARLY = "starts_too_early"  # it begins before the days that the law allows
    STARTS_TOO_LATE = "starts_too_late"  # it begins after them
    DESTINATION_IS_INSURED_REGION = "destination_is_insured_region"  # treatment there is at home
    NO_NEED_WITHIN_PROVINCE = "no_need_within_province"  # inside the own province nothing is filed
    DESTINATION_NOT_OPEN = "destination_not_open"  # no pooling region there settles directly on the first day
    OVERLAPPING_FILING = "overlapping_filing"  # another filing holds on some of the days
    MATERIALS_MISSING = "materials_missing"  # something that the category needs was not handed in


@dataclass(frozen=True, slots=True)
class WantedFiling:
    """What somebody hands in: `destination` is a path, `given` the kinds of material; `ends` None is open."""

    category: str
    starts: date
    ends: date | None
    destination: Sequence[str]
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StandingFiling:
    """A filing on record; `state` is the word of its source."""

    starts: date
    ends: date | None
    state: str = ""


@dataclass(frozen=True, slots=True)
class PoolingRegion:
    """A pooling region by the path of its region; it takes all insurance types where it names none (S4.4)."""

    path: Sequence[str]
    opened_on: date | None
    insurance_types: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """What the registry knows of the person on the day of handing in, and the pooling regions of the destination."""

    insured: Sequence[str] = ()
    insurance_type: str = ""
    died: date | None = None
    enrolled: Sequence[Period] = ()
    covered: Sequence[Period] = ()
    filings: Sequence[StandingFiling] = ()
    pooling: Sequence[PoolingRegion] = ()


@dataclass(frozen=True, slots=True)
class FilingVerdict:
    """All reasons in the order of FilingReason; what is missing, of each entry one; where the filing counts."""

    reasons: tuple[FilingReason, ...]
    missing: tuple[Materials, ...] = ()
    scope: Scope = NOWHERE

    @property
    def approved(self) -> bool:
        """Whether nothing stands against it."""
        return self.reasons == (FilingReason.APPROVED,)


def decide(wanted: WantedFiling, facts: FilingFacts, *, jurisdiction: str, day: date) -> FilingVerdict:
    """Decide about a filing that is handed in on `day`; `jurisdiction` is the person's."""
    law = law_of(jurisdiction)
    known = wanted.category in categories(jurisdiction, wanted.starts)
    if not _has_rule(law, wanted, known, day):
        return FilingVerdict((FilingReason.NO_RULE,))
    needed = materials(jurisdiction, FilingCategory(wanted.category), wanted.starts) if known else ()
    missing = lacking(needed, wanted.given)
    scope = where_it_counts(wanted.destination, wanted.starts) if wanted.destination else NOWHERE
    against = [
        *_person(wanted, facts, day),
        *(() if known else (FilingReason.CATEGORY_UNKNOWN,)),
        *_days(wanted, law, day),
        *_destination(wanted, facts, scope, law),
        *_others(wanted, facts),
        *((FilingReason.MATERIALS_MISSING,) if missing else ()),
    ]
    return FilingVerdict(tuple(against) or (FilingReason.APPROVED,), missing, scope)


def _has_rule(law: LawSet, wanted: WantedFiling, known: bool, day: date) -> bool:
    """Whether everything that the decision uses has a value."""
    named = [CATEGORIES, IDENTITY, *([f"filing/materials_{wanted.category}"] if known else [])]
    used = [*((name, wanted.starts) for name in named), (DAYS_BACK, day), (DAYS_AHEAD, day)]
    return all(name in law and law[name].at(on) is not None for name, on in used)


def _person(wanted: WantedFiling, facts: FilingFacts, day: date) -> Iterator[FilingReason]:
    """Enrolled and active: cover can be known on the day of handing in, affiliation for the days to come as well."""
    if facts.died and facts.died < max(day, wanted.starts):
        yield FilingReason.DECEASED
    elif not any(day in spell and wanted.starts in spell for spell in merge(facts.enrolled)):
        yield FilingReason.NOT_ENROLLED
    elif not any(day in span for span in facts.covered):
        yield FilingReason.NOT_ACTIVE
    if not facts.insured:
        yield FilingReason.INSURED_REGION_UNKNOWN


def _days(wanted: WantedFiling, law: LawSet, day: date) -> Iterator[FilingReason]:
    if wanted.ends and wanted.ends < wanted.starts:
        yield FilingReason.DATES_REVERSED
    if wanted.starts < day - timedelta(days=law[DAYS_BACK].number(day) or 0):
        yield FilingReason.STARTS_TOO_EARLY
    if wanted.starts > day + timedelta(days=law[DAYS_AHEAD].number(day) or 0):
        yield FilingReason.STARTS_TOO_LATE


def _destination(wanted: WantedFiling, facts: FilingFacts, scope: Scope, law: LawSet) -> Iterator[FilingReason]:
    """One of the three: what is at home needs no opening."""
    province, insured_in = tuple(wanted.destination[:1]), tuple(facts.insured[:1])
    if any(_lies_in(facts.insured, opened) for opened in scope.opens):
        yield FilingReason.DESTINATION_IS_INSURED_REGION
    elif province and province == insured_in and province[0] in law[NO_NEED_WITHIN].codes(wanted.starts):
        yield FilingReason.NO_NEED_WITHIN_PROVINCE
    elif not any(_open(each, scope, facts.insurance_type, wanted.starts) for each in facts.pooling):
        yield FilingReason.DESTINATION_NOT_OPEN


def _open(pooling: PoolingRegion, scope: Scope, insurance_type: str, day: date) -> bool:
    """Whether a pooling region lies in what the filing opens, and settles for this insurance on the day."""
    if pooling.opened_on is None or pooling.opened_on > day:
        return False
    if insurance_type and pooling.insurance_types and insurance_type not in pooling.insurance_types:
        return False
    return any(_lies_in(pooling.path, opened) for opened in scope.opens)


def _lies_in(path: Sequence[str], opened: Opened) -> bool:
    return opened.region in path if opened.below else tuple(path) == (opened.region,)


def _others(wanted: WantedFiling, facts: FilingFacts) -> Iterator[FilingReason]:
    if wanted.ends and wanted.ends < wanted.starts:
        return
    days = Period(wanted.starts, wanted.ends)
    if any(days.overlaps(each) for each in map(_standing, facts.filings) if each):
        yield FilingReason.OVERLAPPING_FILING


def _standing(filing: StandingFiling) -> Period | None:
    """The days of a filing on record; None where it holds no more, or where its source has them the wrong way round."""
    gone = filing.state == FilingState.CANCELLED or (filing.state == FilingState.ENDED and filing.ends is None)
    if gone or (filing.ends and filing.ends < filing.starts):
        return None
    return Period(filing.starts, filing.ends)
