"""Who may be enrolled, and who decides about it (S3.12-S3.17): situations a lawyer reads, and a plain oracle."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.rules.enrolment import Review, categories, first_days, materials, review_policy
from daftar.rules.enrolment_check import EnrolmentFacts, EnrolmentReason, WantedEnrolment, check
from daftar.terms.enrolments import EnrolmentCategory
from daftar.terms.materials import MaterialKind
from daftar.terms.periods import Period
from tests.rules.services import enrolment_facts, enrolment_question, path, sentence_of, situations, with_law
from tests.rules.test_filing_decision import in_force

CHECKS = situations("enrolment/checks")
REVIEW = sentence_of(r"(?P<path>\D+) on (?P<day>\S+) is (?:not offered|(?P<review>\w+) by the rule of (?P<region>\D+))")


@pytest.mark.parametrize("situation", CHECKS)
def test_situation(situation: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_law(situation.get("law", []), tmp_path / "law", monkeypatch)
    known = enrolment_facts(situation["facts"])
    for sentence in situation["questions"]:
        day, wanted, reasons, missing = enrolment_question(sentence)
        verdict = check(wanted, known, jurisdiction="cn", day=day)
        assert list(verdict.reasons) == reasons, sentence
        assert {kind for each in verdict.missing for kind in each} == missing, sentence
        assert verdict.allowed == (reasons == ["may_be_enrolled"])


def test_the_situations_meet_every_reason() -> None:
    questions = [sentence for each in CHECKS for sentence in each.values[0]["questions"]]  # type: ignore[index]
    assert {reason for each in questions for reason in enrolment_question(each)[2]} == set(EnrolmentReason)


@pytest.mark.parametrize("situation", situations("enrolment/reviews"))
def test_review(situation: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_law(situation.get("law", []), tmp_path / "law", monkeypatch)
    for sentence in situation["questions"]:
        words = REVIEW(sentence)
        policy = review_policy(path(words["path"]), date.fromisoformat(words["day"]))
        told = (policy.review, policy.region) if policy else None
        assert told == ((words["review"], path(words["region"])[-1]) if words["review"] else None), sentence
        assert policy is None or policy.reference


def test_who_is_insured_nowhere_has_no_review() -> None:
    assert review_policy((), date(2026, 11, 22)) is None
    assert review_policy(("xx-1",), date(2026, 11, 22)) is None


def test_the_days_on_which_an_enrolment_may_begin() -> None:
    assert first_days("cn", date(2026, 11, 22)) == Period(date(2026, 11, 22), date(2027, 11, 22))
    assert first_days("cn", date(2024, 7, 2)) is None
    assert first_days("ir", date(2026, 11, 22)) is None


def test_each_way_of_review_is_met_in_the_parameters() -> None:
    codes = [("cn-360000", "cn-360100"), ("cn-360000", "cn-360600"), ("cn-360000", "cn-360700")]
    policies = [review_policy(each, date(2026, 11, 22)) for each in codes]
    assert {policy.review for policy in policies if policy} == set(Review)


def test_where_residents_are_not_enrolled_there_is_no_category() -> None:
    assert set(categories("cn", date(2026, 11, 22))) == set(EnrolmentCategory)
    assert categories("ir", date(2026, 11, 22)) == categories("cn", date(2024, 7, 2)) == ()
    assert materials("ir", EnrolmentCategory.NEWBORN, None, date(2026, 11, 22)) == ()
    wanted = WantedEnrolment("newborn", date(2026, 11, 22), ("ir-8",))
    verdict = check(wanted, EnrolmentFacts(), jurisdiction="ir", day=date(2026, 11, 22))
    assert verdict.reasons == (EnrolmentReason.NO_RULE,)


DAYS = [date(2024, 7, 2), date(2024, 7, 3), date(2025, 7, 2), date(2025, 7, 3), date(2025, 7, 4)]
DAY = st.sampled_from(DAYS)
BORN = st.none() | st.sampled_from(
    [*DAYS, date(2007, 7, 2), date(2007, 7, 3), date(2007, 7, 4), date(2024, 5, 1), date(2025, 4, 4), date(2025, 4, 3)]
)
PLACES = st.sampled_from([(), ("cn-330000", "cn-330100"), ("cn-360000", "cn-360600", "cn-360602")])
KINDS = st.none() | st.frozensets(st.sampled_from(list(MaterialKind)), min_size=3)
WANTED = st.builds(
    WantedEnrolment,
    st.sampled_from([*EnrolmentCategory, "visitor"]),
    DAY | BORN.filter(bool),
    PLACES,
    KINDS,
    st.sampled_from([None, "", "cn-330100", "cn-360600"]),
)
PERIODS = st.builds(lambda a, b, endless: Period(min(a, b), None if endless else max(a, b)), DAY, DAY, st.booleans())
FACTS = st.builds(EnrolmentFacts, BORN, st.none() | DAY, st.lists(PERIODS, max_size=2), PLACES)


def years_old(born: date, day: date) -> int:
    """Full years, one birthday after the other."""
    years = 0
    while (born.year + years + 1, born.month, born.day) <= (day.year, day.month, day.day):
        years += 1
    return years


def oracle(wanted: WantedEnrolment, known: EnrolmentFacts, day: date) -> set[str]:
    """The check once more, from the files."""
    listed = in_force("enrolment/categories", day)
    if listed is None:
        return {"no_rule"}
    found = set()
    if known.died and (known.died < day or known.died < wanted.starts):
        found.add("deceased")
    if any(each.ends is None or each.ends >= wanted.starts for each in known.enrolled):
        found.add("already_enrolled")
    if "cn-360000" not in wanted.region:
        found.add("region_not_served")
    if wanted.pooled is not None and all(code != wanted.pooled for code in known.registered):
        found.add("registered_elsewhere")
    if wanted.category not in listed:
        found.add("category_unknown")
    first = min(day, known.born) if wanted.category == "newborn" and known.born else day
    if wanted.starts < first:
        found.add("starts_too_early")
    if wanted.starts > day + timedelta(days=in_force("enrolment/days_ahead", day)):
        found.add("starts_too_late")
    if lacks(wanted, known, day):
        found.add("materials_missing")
    return found | against_age(wanted.category, known.born, day) or {"may_be_enrolled"}


def against_age(category: str, born: date | None, day: date) -> set[str]:
    """What stands against the age."""
    if category not in ("newborn", "ordinary_resident"):
        return set()
    if born is None:
        return {"birth_date_unknown"}
    if category == "newborn":
        fits = 0 <= (day - born).days <= in_force("enrolment/newborn_days", day)
    else:
        fits = years_old(born, day) >= in_force("enrolment/child_age", day)
    return set() if fits else {"category_not_for_age"}


def lacks(wanted: WantedEnrolment, known: EnrolmentFacts, day: date) -> bool:
    """Whether something that was asked for was not handed in."""
    if wanted.given is None or wanted.category == "visitor":
        return False
    asked = [in_force("enrolment/materials_identity", day)]
    child = known.born is not None and years_old(known.born, day) < in_force("enrolment/child_age", day)
    if wanted.category != "student_or_child" or not child:
        asked.append(in_force(f"enrolment/materials_{wanted.category}", day))
    return any(kinds and not set(kinds) & wanted.given for kinds in asked)


@given(wanted=WANTED, known=FACTS, day=DAY)
def test_anybody_is_checked_as_the_oracle_says(wanted: WantedEnrolment, known: EnrolmentFacts, day: date) -> None:
    verdict = check(wanted, known, jurisdiction="cn", day=day)
    assert set(verdict.reasons) == oracle(wanted, known, day)
    assert sorted(verdict.reasons, key=list(EnrolmentReason).index) == list(verdict.reasons)
