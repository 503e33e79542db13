"""The queue against a slow reading of all cases: scope, filters, pages, numbers; one's own progress (S3.16, S3.18)."""

import random
from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import transaction

from daftar.portal.cases import review_services, selectors, services
from daftar.portal.cases.models import Case
from daftar.portal.cases.numbers import new_case_number
from daftar.portal.cases.scope import Scope, places, scope_of
from daftar.portal.cases.selectors import AGES, PAGE, Age, Wanted
from daftar.portal.review.selectors import LookedUp, ReviewState, all_looked_up
from daftar.store.sealing import seal_fields
from daftar.terms.cases import PENDING, CaseKind, CaseState
from tests.portal import world
from tests.portal.casework import (
    CITY,
    CITY_ELSEWHERE,
    COUNTY,
    MEMBER,
    NOW,
    OTHER_COUNTY,
    Recorded,
    claimed,
    later,
    recorded,
    reviewers_person,
    saved,
    submitted,
    who,
)

AT = NOW + timedelta(days=1)
REVIEWERS = ("county", "county-2", "city", "province", "elsewhere", "hq")


@pytest.fixture(autouse=True)
def procedure(portal: str, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    return recorded(monkeypatch)


def scope(user: str) -> Scope:
    """What a reviewer may see."""
    with transaction.atomic():
        found = scope_of(who(user))
    assert isinstance(found, Scope)
    return found


def many(count: int = 300) -> list[Case]:
    """Cases of all kinds, states, places and ages, several of the same moment; some are of reviewers themselves."""
    dice = random.Random(5)
    persons = [*(reviewers_person(100 + n) for n in range(6)), *(uuid4() for _ in range(30))]
    return Case.objects.bulk_create(_any(dice, dice.choice(persons)) for _ in range(count))


def _any(dice: random.Random, person: UUID) -> Case:
    state, at = dice.choice(list(CaseState)), AT - timedelta(hours=12 * dice.randrange(30))
    decided = state in (CaseState.APPROVED, CaseState.REFUSED)
    return Case(
        number=new_case_number(),
        kind=dice.choice(list(CaseKind)),
        state=state,
        jurisdiction="cn",
        person=person,
        applicant=uuid4(),
        matter=str(uuid4()),
        office=dice.choice(["", "", "county", "city"]),
        made_at=at,
        submitted_at=None if state == CaseState.DRAFT else at,
        queued_at=at if state in PENDING else None,
        sent_back_at=at if state == CaseState.SENT_BACK else None,
        way="manual",
        claimed_by=dice.choice(["county", "city"]) if state == CaseState.IN_REVIEW else "",
        claimed_at=at if state == CaseState.IN_REVIEW else None,
        decided_by="rules" if decided else "",
        decided_at=at if decided else None,
        sealed=seal_fields(settings.SECRETS, "case", {}),
        **places(dice.choice([CITY, COUNTY, OTHER_COUNTY, CITY_ELSEWHERE])),
    )


def wanted_slowly(user: str, cases: list[Case], wanted: Wanted) -> list[Case]:
    """The same by looking at every case."""
    seen = scope(user)
    found = [case for case in cases if case.queued_at and seen.refusal(case) is None]
    found = [case for case in found if not wanted.kinds or case.kind in wanted.kinds]
    found = [case for case in found if not wanted.states or case.state in wanted.states]
    found = [case for case in found if not wanted.age or selectors.age_of(case.queued_at, AT) == wanted.age]
    found = [case for case in found if not wanted.claimed_by or case.claimed_by == wanted.claimed_by]
    return sorted(found, key=lambda case: (case.queued_at, case.pk))


def paged(user: str, wanted: Wanted) -> list[int]:
    """All pages of the queue one after the other."""
    found, place = selectors.queue(scope(user), wanted, at=AT)
    ids = [case.pk for case in found]
    while place:
        assert len(found) == PAGE
        found, place = selectors.queue(scope(user), wanted, at=AT, after=place)
        ids += [case.pk for case in found]
    return ids


WANTED = [
    Wanted(),
    Wanted(kinds=[CaseKind.FILING]),
    Wanted(kinds=[CaseKind.FILING, CaseKind.OBJECTION], states=[CaseState.SUBMITTED]),
    Wanted(states=[CaseState.IN_REVIEW], claimed_by="county"),
    *(Wanted(age=age) for age in Age),
    Wanted(kinds=[CaseKind.ENROLMENT], age=Age.LATE),
]


def test_the_queue_is_what_a_slow_reading_finds() -> None:
    cases = many()
    shown = 0
    for user in REVIEWERS:
        for wanted in WANTED:
            expected = [case.pk for case in wanted_slowly(user, cases, wanted)]
            assert paged(user, wanted) == expected, (user, wanted)
            shown += len(expected)
    assert shown > 500


def test_the_numbers_are_what_a_slow_reading_counts() -> None:
    cases = many()
    for user in REVIEWERS:
        slow = wanted_slowly(user, cases, Wanted())
        expected = Counter((case.kind, case.state, selectors.age_of(case.queued_at, AT)) for case in slow)
        counted = selectors.numbers(scope(user), at=AT)
        assert {(each.kind, each.state, each.age): each.count for each in counted} == expected
        waiting = selectors.counted(scope(user), at=AT)
        ages = {age: sum(each.count for each in counted if each.age == age) for age in Age}
        assert (waiting.ages, waiting.all) == (ages, len(slow))
        assert waiting.held == sum(case.state == CaseState.IN_REVIEW for case in slow)
        seen = scope(user)
        back = [case for case in cases if case.sent_back_at and seen.refusal(case) is None]
        kinds = Counter((case.kind, selectors.age_of(case.sent_back_at, AT)) for case in back)
        shown = selectors.numbers_sent_back(seen, at=AT)
        assert {(each.kind, each.age): each.count for each in shown} == kinds
        assert waiting.sent_back == len(back)


def test_a_case_that_is_decided_between_two_pages_shifts_nothing() -> None:
    many()
    first, place = selectors.queue(scope("hq"), Wanted(), at=AT)
    rest = paged("hq", Wanted())[PAGE:]
    Case.objects.filter(pk=first[0].pk).update(state="withdrawn", queued_at=None, claimed_by="", claimed_at=None)
    assert [case.pk for case in selectors.queue(scope("hq"), Wanted(), at=AT, after=place)[0]] == rest[:PAGE]


def test_ages_end_where_they_end() -> None:
    for age, end in AGES.items():
        assert selectors.age_of(AT - end + timedelta(seconds=1), AT) == age
        assert selectors.age_of(AT - end, AT) != age


def test_everything_about_a_person_is_found_in_any_state_but_draft() -> None:
    """S3.16: by certificate number."""
    waiting = submitted()
    ended = services.case_withdraw(case=submitted(region=CITY_ELSEWHERE).pk, by=who("principal"), at=later(1))
    saved()
    for key in (waiting.person, waiting.applicant):
        assert [case.pk for case in selectors.about_person(scope("hq"), key)] == [ended.pk, waiting.pk]
        assert [case.pk for case in selectors.about_person(scope("county"), key)] == [waiting.pk]
        assert selectors.about_person(scope("county-2"), reviewers_person(104)) == []


def test_progress_is_shown_to_both_persons_and_a_draft_to_one() -> None:
    case, draft = claimed(), saved()
    principal, member = world.key_of(world.RESIDENT), world.key_of(MEMBER)
    assert [each.pk for each in selectors.own_cases(principal)] == [draft.pk, case.pk]
    assert [each.pk for each in selectors.own_cases(member)] == [case.pk]
    assert selectors.own_cases(uuid4()) == []
    assert [step.act for step in selectors.timeline(case)] == ["begin", "submit", "claim"]
    review_services.case_release(case=case.pk, by=who("county"), at=later(2))
    assert selectors.timeline(case)[-1].act == "release"


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("state", "index"),
    [(ReviewState.REVIEWED, "decided"), (ReviewState.PENDING, "queue"), (ReviewState.SENT_BACK, "back")],
)
def test_each_review_state_is_read_in_order_from_an_index_of_the_place(state: ReviewState, index: str) -> None:
    """Whatever the level of the office, nothing is sorted and no table is read whole."""
    many()
    for user in ("hq", "province", "city", "county"):
        seen = scope(user)
        plan = all_looked_up(seen, LookedUp(state)).explain()
        assert f"case_{index}_{seen.column}" in plan, (user, plan)
        assert "B-TREE" not in plan
