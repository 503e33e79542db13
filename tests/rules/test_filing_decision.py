"""Filings and revocations decided by rules (S3.24, S3.26): situations a lawyer reads, and a plain oracle."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from daftar.rules import revocation
from daftar.rules.filing_decision import FilingFacts, FilingReason, PoolingRegion, StandingFiling, WantedFiling, decide
from daftar.rules.parameters import FOLDER
from daftar.rules.revocation import RevocationReason, Stay
from daftar.terms.filings import FilingCategory
from daftar.terms.materials import MaterialKind
from daftar.terms.periods import Period
from tests.rules.services import (
    facts,
    filing_facts,
    filing_question,
    revocation_question,
    situations,
    standing,
    stays,
    with_law,
)
from tests.rules.test_destination import oracle as opened

DECISIONS, REVOCATIONS = situations("filing/decisions"), situations("filing/revocations")


@pytest.mark.parametrize("situation", DECISIONS)
def test_situation(situation: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_law(situation.get("law", []), tmp_path / "law", monkeypatch)
    known = filing_facts(situation["facts"])
    for sentence in situation["questions"]:
        day, wanted, reasons, missing = filing_question(sentence)
        verdict = decide(wanted, known, jurisdiction="cn", day=day)
        assert list(verdict.reasons) == reasons, sentence
        assert {kind for each in verdict.missing for kind in each} == missing, sentence
        assert verdict.approved == (reasons == ["approved"])


def test_the_situations_meet_every_reason() -> None:
    questions = [sentence for each in DECISIONS for sentence in each.values[0]["questions"]]  # type: ignore[index]
    met = {reason for sentence in questions for reason in filing_question(sentence)[2]}
    assert met == set(FilingReason)


def test_where_nothing_is_filed_there_is_no_rule() -> None:
    wanted = WantedFiling("referral", date(2026, 11, 22), None, ("cn-310000",))
    for jurisdiction in ("ir", "xx"):
        verdict = decide(wanted, FilingFacts(), jurisdiction=jurisdiction, day=date(2026, 11, 22))
        assert verdict.reasons == (FilingReason.NO_RULE,)


def test_the_verdict_says_where_the_filing_counts() -> None:
    wanted = WantedFiling("referral", date(2026, 11, 22), None, ("cn-330000", "cn-330100"))
    verdict = decide(wanted, FilingFacts(), jurisdiction="cn", day=date(2026, 11, 22))
    assert verdict.scope.files_to == "cn-330100"


PLACES = [
    ("cn-110000",),
    ("cn-110000", "cn-110101"),
    ("cn-330000",),
    ("cn-330000", "cn-330100"),
    ("cn-330000", "cn-330200", "cn-330203"),
    ("cn-360000", "cn-360100"),
    ("cn-360000", "cn-360600", "cn-360602"),
]
DAYS = [date(2017, 12, 31), date(2018, 1, 1)]
DAYS += [date(2022, 12, 31) + timedelta(days=n) for n in range(3)]
DAYS += [date(2023, 3, 31) + timedelta(days=n) for n in range(3)]
DAYS += [date(2024, 3, 30), date(2024, 4, 1)]
DAY = st.sampled_from(DAYS)
PERIODS = st.builds(lambda a, b, endless: Period(min(a, b), None if endless else max(a, b)), DAY, DAY, st.booleans())
WANTED = st.builds(
    WantedFiling,
    st.sampled_from([*FilingCategory, "holiday"]),
    DAY,
    st.none() | DAY,
    st.sampled_from([(), *PLACES]),
    st.frozensets(st.sampled_from(list(MaterialKind)[:9]), min_size=4),
)
FACTS = st.builds(
    FilingFacts,
    st.sampled_from([(), *PLACES]),
    st.sampled_from(["", "310", "390"]),
    st.none() | DAY,
    st.lists(PERIODS, min_size=1, max_size=3),
    st.lists(PERIODS, min_size=1, max_size=2),
    st.lists(st.builds(StandingFiling, DAY, st.none() | DAY, st.sampled_from(["", "in_force", "ended", "cancelled"]))),
    st.lists(
        st.builds(PoolingRegion, st.sampled_from(PLACES), st.none() | DAY, st.sampled_from([(), ("310",)])), max_size=4
    ),
)


@cache
def in_force(name: str, day: date) -> Any:
    """The value of a parameter on a day, read from its file; None without one."""
    content = yaml.safe_load((FOLDER / f"cn/{name}.yaml").read_text(encoding="utf-8"))
    found = None
    for since in sorted(content["values"]):
        if since <= day:
            found = content["values"][since]
    return found["value"] if isinstance(found, dict) else found


def days_between(first: date, last: date) -> list[date]:
    """Each day, both ends included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def holds(starts: date, ends: date | None, day: date) -> bool:
    """Whether a stretch of days holds on one."""
    return starts <= day <= (ends or date.max)


def oracle(wanted: WantedFiling, known: FilingFacts, day: date) -> set[str]:
    """The decision once more, day by day and place by place, from the files."""
    first = wanted.starts
    listed = in_force("filing/categories", first)
    if listed is None or in_force("filing/days_back", day) is None:
        return {"no_rule"}
    found = set() if wanted.category in listed else {"category_unknown"}
    found |= person(known, day, first) | dates(wanted, known, day) | place(wanted, known)
    for name in ("identity", wanted.category) if wanted.category in listed else ():
        kinds = in_force(f"filing/materials_{name}", first)
        if kinds and not any(kind in wanted.given for kind in kinds):
            found.add("materials_missing")
    return found or {"approved"}


def person(known: FilingFacts, day: date, first: date) -> set[str]:
    """What stands against the person."""
    found = set() if known.insured else {"insured_region_unknown"}
    if known.died and (known.died < day or known.died < first):
        return found | {"deceased"}
    between = days_between(min(day, first), max(day, first))
    if not all(any(holds(each.starts, each.ends, one) for each in known.enrolled) for one in between):
        return found | {"not_enrolled"}
    return found if any(holds(each.starts, each.ends, day) for each in known.covered) else found | {"not_active"}


def dates(wanted: WantedFiling, known: FilingFacts, day: date) -> set[str]:
    """What stands against the days."""
    found = set()
    if (day - wanted.starts).days > in_force("filing/days_back", day):
        found.add("starts_too_early")
    if (wanted.starts - day).days > in_force("filing/days_ahead", day):
        found.add("starts_too_late")
    if wanted.ends is not None and wanted.ends < wanted.starts:
        return found | {"dates_reversed"}
    for other in known.filings:
        gone = other.state == "cancelled" or (other.state == "ended" and other.ends is None)
        shared = [
            one for one in DAYS if holds(wanted.starts, wanted.ends, one) and holds(other.starts, other.ends, one)
        ]
        if shared and not gone:
            found.add("overlapping_filing")
    return found


def place(wanted: WantedFiling, known: FilingFacts) -> set[str]:
    """What stands against the destination."""
    opens = opened(wanted.destination, wanted.starts)[2] if wanted.destination else set()
    inside = [
        each for each in PLACES if any((region in each) if below else each == (region,) for region, below in opens)
    ]
    if known.insured in inside:
        return {"destination_is_insured_region"}
    at_home = wanted.destination and known.insured and wanted.destination[0] == known.insured[0]
    if at_home and known.insured[0] in (in_force("filing/no_need_within", wanted.starts) or []):
        return {"no_need_within_province"}
    for pooling in known.pooling:
        fits = not known.insurance_type or known.insurance_type in (pooling.insurance_types or [known.insurance_type])
        if pooling.path in inside and fits and pooling.opened_on and pooling.opened_on <= wanted.starts:
            return set()
    return {"destination_not_open"}


@given(wanted=WANTED, known=FACTS, day=DAY)
def test_any_filing_is_decided_as_the_oracle_says(wanted: WantedFiling, known: FilingFacts, day: date) -> None:
    verdict = decide(wanted, known, jurisdiction="cn", day=day)
    order = list(FilingReason)
    assert set(verdict.reasons) == oracle(wanted, known, day)
    assert sorted(verdict.reasons, key=order.index) == list(verdict.reasons)
    assert bool(verdict.missing) == (FilingReason.MATERIALS_MISSING in verdict.reasons)


@pytest.mark.parametrize("situation", REVOCATIONS)
def test_revocation(situation: dict[str, Any]) -> None:
    found = facts(situation["facts"])
    (filing,) = standing(found)
    for sentence in situation["questions"]:
        day, reason, last_day = revocation_question(sentence)
        verdict = revocation.decide(filing, stays(found), day=day)
        assert verdict.reason == reason, sentence
        assert verdict.approved == (reason == "approved")
        if verdict.approved:
            assert verdict.last_day == last_day, sentence


def test_the_revocations_meet_every_reason() -> None:
    questions = [sentence for each in REVOCATIONS for sentence in each.values[0]["questions"]]  # type: ignore[index]
    assert {revocation_question(sentence)[1] for sentence in questions} == set(RevocationReason)


@given(
    filing=st.builds(StandingFiling, DAY, st.none() | DAY, st.sampled_from(["", "in_force", "ended", "cancelled"])),
    stays=st.lists(
        st.builds(lambda days, settled: Stay(days.starts, days.ends, settled), PERIODS, st.none() | DAY), max_size=3
    ),
    day=DAY,
)
def test_a_revocation_takes_days_away_and_never_one_of_an_unsettled_stay(
    filing: StandingFiling, stays: list[Stay], day: date
) -> None:
    verdict = revocation.decide(filing, stays, day=day)
    before = {one for one in DAYS if holds(filing.starts, filing.ends, one)}
    waiting = [
        stay
        for stay in stays
        if (stay.settled_on is None or stay.settled_on > day)
        and any(holds(stay.admitted, stay.discharged, one) for one in before)
    ]
    if not verdict.approved:
        assert waiting or verdict.reason != RevocationReason.UNSETTLED_STAY
        return
    assert not waiting
    after = {one for one in before if verdict.last_day and one <= verdict.last_day}
    assert after == {one for one in before if one < day}
