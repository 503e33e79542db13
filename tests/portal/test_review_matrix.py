"""Who sees which case: every account on every page of every case, and nothing leaks (S3.16).

The table is written by hand; the pages ask `scope_of`.
"""

import re
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from daftar.portal.accounts.models import Role
from daftar.portal.cases.models import Case, Material
from daftar.portal.cases.numbers import grouped
from daftar.portal.journal.models import Inquiry
from daftar.portal.review.case_shown import token_for
from daftar.portal.review.selectors import ReviewState
from daftar.terms.cases import CaseState
from tests.portal.casework import CITY_ELSEWHERE, COUNTY, OTHER_COUNTY, recorded, reviewer, reviewers_person, who
from tests.portal.reviewing import entered, handed_in, headquarters, lies, picture, staff

pytestmark = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)

PLACE_OF = {"county": 103, "county-2": 104}
"""Serial numbers of the persons behind two reviewers, as `casework` numbers them."""

SEES = {
    "hq": {"here", "next door", "far away", "for county-2", "of county", "decided", "sent back"},
    "boss": {"here", "next door", "far away", "for county-2", "of county", "decided", "sent back"},
    "province": {"here", "next door", "for county-2", "of county", "decided", "sent back"},
    "city": {"here", "next door", "for county-2", "of county", "decided", "sent back"},
    "county": {"here", "decided", "sent back"},
    "county-b": {"here", "of county", "decided", "sent back"},
    "county-2": {"here", "for county-2", "of county", "decided", "sent back"},
    "elsewhere": {"far away"},
}
NOT_REVIEWING = {"unknown", "homeless", "counter-1", "hotline-1", "principal", "stranger", "member"}
SEES |= {user: set() for user in NOT_REVIEWING}
ACTS = ("claim", "release", "approve", "send_back", "refuse")


@dataclass
class Laid:
    """A case and its paper."""

    case: Case
    paper: Material
    name: str


def cases() -> dict[str, Laid]:
    """One of each sort; the name in each form is its own."""
    own = reviewers_person(PLACE_OF["county"])
    laid = {
        "here": ("甲某", lies(name="甲某", region=COUNTY)),
        "next door": ("乙某", lies(name="乙某", region=OTHER_COUNTY)),
        "far away": ("丙某", lies(name="丙某", region=CITY_ELSEWHERE)),
        "for county-2": ("丁某", lies(name="丁某", region=COUNTY, office="county-2")),
        "of county": ("戊某", lies(name="戊某", region=COUNTY, person=own)),
        "draft": ("己某", lies(CaseState.DRAFT, name="己某", region=COUNTY)),
        "decided": ("庚某", lies(CaseState.APPROVED, name="庚某", region=COUNTY)),
        "sent back": ("辛某", lies(CaseState.SENT_BACK, name="辛某", region=COUNTY)),
    }
    paper = picture()
    return {sort: Laid(case, handed_in(case, f"{name}.jpg", paper), name) for sort, (name, case) in laid.items()}


@pytest.fixture
def laid(portal: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Laid]:
    recorded(monkeypatch)
    headquarters()
    staff("unknown", Role.REVIEWER, office="county")
    staff("counter-1", Role.COUNTER, office="county")
    staff("hotline-1", Role.HOTLINE, office="county")
    reviewer("homeless", office="nowhere", serial=900)
    return cases()


def test_each_account_sees_its_cases_and_no_other(laid: dict[str, Laid]) -> None:
    """The page of a case and its material: 200, or as if there were none."""
    for user, sees in SEES.items():
        client, wrong = entered(user), 403 if user in NOT_REVIEWING else 404
        for sort, each in laid.items():
            page = client.get(reverse("review:case", args=[each.case.number]))
            assert page.status_code == (200 if sort in sees else wrong), (user, sort)
            if user not in NOT_REVIEWING or sort == "here":  # these are turned away before a case is looked for
                file = client.get(reverse("review:material", args=[each.case.number, each.paper.pk]))
                assert file.status_code == page.status_code, (user, sort)
            assert (each.name in page.content.decode()) == (sort in sees)


def test_nobody_acts_on_what_they_do_not_see(laid: dict[str, Laid]) -> None:
    for user, sees in SEES.items():
        client, wrong = entered(user), 403 if user in NOT_REVIEWING else 404
        for sort in {"here"} if user in NOT_REVIEWING else laid.keys() - sees:
            for act in ACTS:
                form = {"version": "1", "back-reasons": "data_differ", "refuse-reasons": "wrong_person"}
                answer = client.post(reverse(f"review:{act}", args=[laid[sort].case.number]), form)
                assert answer.status_code == wrong, (user, sort, act)
    for each in laid.values():
        assert Case.objects.get(pk=each.case.pk).state == each.case.state
        assert each.case.steps.count() == 0


def test_lists_files_and_searches_name_what_is_seen_and_nothing_else(laid: dict[str, Laid]) -> None:
    """The queue, the cases of each review state, their files, a case's number, a person's number."""
    for user, sees in SEES.items():
        found = everything_told(entered(user), laid if user not in NOT_REVIEWING else {"here": laid["here"]})
        for sort, each in laid.items():
            listed = {each.case.number, grouped(each.case.number)} & found.numbers
            assert bool(listed) == (sort in sees), (user, sort)
            assert each.name not in found.text  # names are shown when a case is opened, not before
            assert (sort in found.opened) == (sort in sees), (user, sort)


def test_each_case_that_is_seen_stands_in_a_review_state(laid: dict[str, Laid]) -> None:
    """«公服待办业务查询» finds by review state what was submitted and not withdrawn, on the page and in the file."""
    client, found = entered("hq"), {}
    for state in ReviewState:
        page = client.get(f"{reverse('review:lookup')}?state={state}").content.decode()
        file = b"".join(client.post(reverse("review:lookup_file"), {"state": state})).decode()
        found[state] = {sort for sort, each in laid.items() if grouped(each.case.number) in page}
        assert found[state] == {sort for sort, each in laid.items() if each.case.number in file}
    assert found[ReviewState.SENT_BACK] == {"sent back"}
    assert found[ReviewState.REVIEWED] == found[ReviewState.APPROVED] == {"decided"}
    assert set().union(*found.values()) == SEES["hq"]


def test_looks_are_on_record_and_only_those(laid: dict[str, Laid]) -> None:
    """X.5: what was shown is a row under the person, what was not is none."""
    for user in ("county", "elsewhere", "unknown"):
        client = entered(user)
        for each in laid.values():
            client.get(reverse("review:case", args=[each.case.number]))
    for sort, each in laid.items():
        by = {user for user in ("county", "elsewhere", "unknown") if sort in SEES[user]}
        assert set(Inquiry.objects.filter(key=each.case.person).values_list("account", flat=True)) == by


def test_a_token_opens_one_material_for_one_account(laid: dict[str, Laid]) -> None:
    paper = laid["here"].paper
    token = token_for(who("county"), paper.pk)
    assert entered("county").get(reverse("review:page", args=[token, 1])).status_code == 200
    assert entered("city").get(reverse("review:page", args=[token, 1])).status_code == 404
    assert entered("counter-1").get(reverse("review:page", args=[token, 1])).status_code == 403
    assert entered("county").get(reverse("review:page", args=[f"{token}x", 1])).status_code == 404
    assert entered("county").get(reverse("review:page", args=[token, 2])).status_code == 404


def test_without_a_log_in_there_is_nothing(laid: dict[str, Laid]) -> None:
    for name, arguments in (("queue", []), ("lookup", []), ("case", [laid["here"].case.number])):
        answer = Client().get(reverse(f"review:{name}", args=arguments))
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/en/accounts/log-in/")


@dataclass
class Told:
    """What lists told an account."""

    text: str
    numbers: set[str]
    opened: set[str]


def everything_told(client: Client, laid: dict[str, Laid]) -> Told:
    """All that lists, files and searches say."""
    pages = [client.get(reverse(f"review:{name}")) for name in ("queue", "lookup", "placements", "numbers")]
    pages += [client.get(f"{reverse('review:lookup')}?state={state}") for state in ReviewState]
    pages += [client.post(reverse(f"review:{name}"), {}) for name in ("queue_file", "placements_file")]
    pages += [client.post(reverse("review:lookup_file"), {"state": state}) for state in ReviewState]
    text = " ".join((b"".join(page) if page.streaming else page.content).decode() for page in pages)
    opened = set()
    for sort, each in laid.items():
        answer = client.get(reverse("review:number"), {"number": each.case.number})
        opened |= {sort} if answer.status_code == 302 else set()
    return Told(text, set(re.findall(r"\b\d{14}\b|\b\d{4}-\d{5}-\d{5}\b", text)), opened)
