"""The review console by Django's client: queue, case, decisions, looking up, files (S3.16, S3.17, S3.19, S3.25)."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from daftar.portal.affiliation.models import Dependency
from daftar.portal.cases import review_services
from daftar.portal.cases.models import Case
from daftar.portal.cases.numbers import grouped
from daftar.portal.cases.procedures import Policy
from daftar.portal.cases.selectors import PAGE
from daftar.portal.journal.models import Inquiry
from daftar.portal.review import case_shown
from daftar.terms.cases import CaseState, Way
from daftar.terms.digits import to_persian
from tests.portal import world
from tests.portal.acting import told, words
from tests.portal.casework import CITY, COUNTY, MEMBER, STRANGER, Recorded, recorded, reviewers_person, submitted, who
from tests.portal.reviewing import entered, handed_in, headquarters, lies, picture, two_pages

pytestmark = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)

QUEUE = "/en/review/queue/"


@pytest.fixture(autouse=True)
def procedure(portal: str, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    return recorded(monkeypatch)


def now() -> datetime:
    return datetime.now(UTC)


def waiting(user: str = "county", **options: object) -> Case:
    """A real submission of the principal for the member, taken up by a reviewer."""
    case = submitted(at=now() - timedelta(hours=1), **options)
    return review_services.case_claim(case=case.pk, by=who(user), at=now()) if user else case


def address(case: Case, act: str = "case") -> str:
    return reverse(f"review:{act}", args=[case.number])


def post(client: Client, case: Case, act: str, **values: object) -> object:
    version = Case.objects.get(pk=case.pk).version
    return client.post(address(case, act), {"version": version, **values})


def numbers_of(response: object) -> list[str]:
    """The case numbers of a list, in its order."""
    return [line.row.number for line in response.context["cases"]]


def test_the_queue_pages_by_what_was_shown_last_and_filters_stand_in_the_address() -> None:
    made = [lies(at=now() - timedelta(hours=n + 1)) for n in range(PAGE + 3)]
    late = lies(at=now() - timedelta(days=9), kind="filing")
    held = lies(CaseState.IN_REVIEW, claimed_by="county", at=now() - timedelta(days=4))
    client = entered("county")
    first = client.get(QUEUE)
    assert numbers_of(first) == [late.number, held.number, *(case.number for case in reversed(made))][:PAGE]
    assert "More than seven days" in words(first)
    assert "Pending: 30. Of these, 1 are being reviewed." in words(first)
    second = client.get(f"{QUEUE}?{first.context['next']}")
    assert len(numbers_of(second)) == 5
    assert not set(numbers_of(second)) & set(numbers_of(first))
    assert numbers_of(client.get(f"{QUEUE}?kind=filing")) == [late.number]
    assert numbers_of(client.get(f"{QUEUE}?state=in_review")) == [held.number]
    assert numbers_of(client.get(f"{QUEUE}?age=waiting")) == [held.number]
    assert numbers_of(client.get(f"{QUEUE}?holder=mine")) == [held.number]
    assert numbers_of(client.get(f"{QUEUE}?kind=objection")) == []
    kept = client.get(f"{QUEUE}?kind=enrolment").context["next"]
    assert "kind=enrolment" in kept


@pytest.mark.parametrize("typed", ["kind=x", "state=draft", "age=old", "holder=' OR 1=1"])
def test_a_filter_that_says_nothing_is_told_so(typed: str) -> None:
    lies()
    answer = entered("county").get(f"{QUEUE}?{typed}")
    assert (answer.status_code, numbers_of(answer)) == (422, [])
    assert "There is a problem" in words(answer)


@pytest.mark.parametrize("after", ["", "x", "1-1-1", "9" * 40 + "-1", "1-" + "9" * 40, "-1--1", "9999999999999999-1"])
def test_a_place_that_is_none_is_the_first_page_or_an_empty_one(after: str) -> None:
    lies()
    assert entered("county").get(QUEUE, {"after": after}).status_code == 200


def test_by_certificate_number_everything_about_a_person_and_nothing_in_the_address() -> None:
    case, other = waiting(""), lies()
    client = entered("county")
    answer = client.post("/en/review/people/", {"type": MEMBER[0], "number": MEMBER[1]})
    assert MEMBER[1] not in answer.url
    page = client.get(answer.url)
    assert numbers_of(page) == [case.number]
    assert other.number not in page.content.decode()
    row = told(case.person)[-1]
    assert (row.mode, row.outcome, row.shown, row.account) == ("case_search", "shown", "cases", "county")
    nobody = client.post("/en/review/people/", {"type": STRANGER[0], "number": STRANGER[1]})
    assert "Nothing that you review is known under this number." in words(client.get(nobody.url))
    assert told(world.key_of(STRANGER))[-1].outcome == "not_found"
    assert client.post("/en/review/people/", {"type": MEMBER[0], "number": "1"}).status_code == 422
    assert entered("city").get(page.request["PATH_INFO"]).status_code == 404  # the handle is of one session


def test_a_case_number_leads_to_its_case_in_any_writing() -> None:
    case, client = waiting(""), entered("county")
    for typed in (case.number, grouped(case.number), to_persian(case.number)):
        assert client.get("/en/review/number/", {"number": typed}).url == address(case)
    wrong = client.get("/en/review/number/", {"number": case.number[:-1]})
    assert (wrong.status_code, numbers_of(wrong)) == (422, [case.number])


@pytest.mark.parametrize("number", ["1", "x", "%00", "0" * 200, "%F0%9D%9F%8E"])
def test_an_address_without_a_case_is_no_page(number: str) -> None:
    client = entered("county")
    assert client.get(f"/en/review/cases/{number}/").status_code == 404
    assert client.post(f"/en/review/cases/{number}/claim/").status_code == 404
    assert client.get(f"/en/review/cases/{number}/material/{uuid4()}/").status_code == 404


def test_who_takes_up_a_case_decides_it_and_the_other_is_told() -> None:
    """Two reviewers at once."""
    case = waiting("")
    first, second = entered("county"), entered("county-b")
    assert "Take up this case" in words(first.get(address(case)))
    assert first.post(address(case, "claim")).url == address(case)
    assert first.post(address(case, "claim")).status_code == 302  # once more changes nothing
    late = second.post(address(case, "claim"))
    assert late.status_code == 409
    assert "Another reviewer is at this case." in words(late)
    assert "county is at this case." in words(late)
    refused = post(second, case, "approve")
    assert refused.status_code == 409
    assert Case.objects.get(pk=case.pk).claimed_by == "county"
    assert first.post(address(case, "release")).url.startswith(QUEUE)
    assert second.post(address(case, "claim")).status_code == 302


def test_headquarters_put_back_what_another_holds() -> None:
    headquarters()
    case, client = waiting(), entered("boss")
    assert "Put it back into the queue" in words(client.get(address(case)))
    client.post(address(case, "release"))
    assert Case.objects.get(pk=case.pk).state == CaseState.SUBMITTED


def test_the_next_case_is_the_longest_waiting_that_one_may_take_up() -> None:
    lies(CaseState.IN_REVIEW, claimed_by="county-b", at=now() - timedelta(days=9))
    confirmed = {"four_eyes": True, "confirmed_by": "county", "confirmed_at": now()}
    for _ in range(PAGE + 1):
        lies(at=now() - timedelta(days=8), **confirmed)
    mine, later = lies(at=now() - timedelta(days=7)), lies(at=now() - timedelta(days=6))
    client = entered("county")
    assert client.post("/en/review/queue/next/").url == address(mine)
    assert client.post("/en/review/queue/next/").url == address(later)
    nothing = client.post("/en/review/queue/next/").url
    assert "No case waits that you could take up now." in words(client.get(nothing))


def test_approval_makes_the_facts_once_however_often_it_is_pressed(procedure: Recorded) -> None:
    case, client = waiting(), entered("county")
    for _ in range(2):
        answer = post(client, case, "approve")
        assert answer.url == f"{address(case)}?done=approve"
    assert "The case is approved" in words(client.get(answer.url))
    assert [number for number, *_ in procedure.approvals] == [case.number]


def test_nobody_decides_what_they_have_not_seen(procedure: Recorded) -> None:
    """Sent back, corrected and taken up again since the page was opened."""
    case, client = waiting(), entered("county")
    Case.objects.filter(pk=case.pk).update(version=7)
    answer = client.post(address(case, "approve"), {"version": "2"})
    assert (answer.status_code, procedure.approvals) == (409, [])
    assert "The case was changed since you opened this page." in words(answer)
    for version in ("", "x", "9" * 30):
        assert client.post(address(case, "approve"), {"version": version}).status_code == 409


def test_two_pairs_of_eyes(procedure: Recorded) -> None:
    procedure.policies = Policy(Way.MANUAL, four_eyes=True)
    case, first, second = waiting(), entered("county"), entered("county-b")
    assert "Find it right, as the first of two" in words(first.get(address(case)))
    answer = post(first, case, "approve")
    assert "Found right; a second reviewer decides" in words(first.get(answer.url))
    assert first.post(address(case, "claim")).status_code == 409
    assert "found right by county" in words(second.get(address(case)))
    second.post(address(case, "claim"))
    assert "Find it right" not in words(second.get(address(case)))
    post(second, case, "approve")
    assert Case.objects.get(pk=case.pk).state == CaseState.APPROVED


def test_nothing_is_sent_back_or_refused_without_a_reason_and_what_was_typed_stays() -> None:
    case, client = waiting(), entered("county")
    for act, prefix in (("send_back", "back"), ("refuse", "refuse")):
        answer = post(client, case, act, **{f"{prefix}-note": "第二页不清楚"})
        assert answer.status_code == 422
        assert "第二页不清楚" in answer.content.decode()
        assert "There is a problem" in words(answer)
        wrong = post(client, case, act, **{f"{prefix}-reasons": "no such reason", f"{prefix}-note": "x" * 1001})
        assert wrong.status_code == 422
    assert Case.objects.get(pk=case.pk).state == CaseState.IN_REVIEW


def test_a_case_is_sent_back_with_its_reasons_and_a_note() -> None:
    case, client = waiting(), entered("county")
    given = {"back-reasons": ["material_unreadable", "data_differ"], "back-note": "第二页不清楚\n请重新拍照"}
    answer = post(client, case, "send_back", **given)
    assert post(client, case, "send_back", **given).url == answer.url
    page = words(client.get(answer.url))
    for said in ("sent back to the applicant", "Material cannot be read", "Form and material", "请重新拍照"):
        assert said in page


def test_a_case_is_refused_with_a_reason_of_the_list() -> None:
    case, client = waiting(), entered("county")
    page = client.get(post(client, case, "refuse", **{"refuse-reasons": "insured_elsewhere"}).url)
    assert "The case is refused" in words(page)
    assert "Already insured elsewhere" in words(page)


def test_the_page_shows_the_form_the_proxy_and_every_look_once() -> None:
    case = waiting()
    handed_in(case, "出生证.jpg", picture())
    page = words(entered("county").get(address(case)))
    for said in ("a form", "王小明", MEMBER[1], "王伟", "family proxy", "出生证.jpg", "the applicant", "Taken up"):
        assert said in page
    rows = Inquiry.objects.filter(account="county", outcome="shown", reference=case.number)
    assert sorted(rows.values_list("shown", flat=True)) == ["case number", "material", "name"]


def test_material_is_drawn_beside_the_form_and_fetched_as_a_file() -> None:
    case, client = waiting(), entered("county")
    photograph, scan = handed_in(case, "照片.jpg", picture()), handed_in(case, "扫描.pdf", two_pages(), pages=2)
    page = client.get(address(case), {"material": scan.pk})
    shown = page.context["shown"]
    drawn = []
    for number in (1, 2):
        answer = client.get(reverse("review:page", args=[shown.token, number]))
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        drawn.append(Image.open(BytesIO(answer.content)))
    assert [each.getpixel((each.width // 2, each.height // 2))[0] > 200 for each in drawn] == [False, True]
    assert max(drawn[0].size) <= 2000
    file = client.get(reverse("review:material", args=[case.number, photograph.pk]))
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.content == picture()
    assert client.get(address(case), {"material": "x"}).context["shown"].chosen.row == photograph
    assert client.get(reverse("review:material", args=[case.number, uuid4()])).status_code == 404


def test_a_token_is_over_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    case, client = waiting(), entered("county")
    token = case_shown.token_for(who("county"), handed_in(case, "照片.jpg", picture()).pk)
    monkeypatch.setattr(case_shown, "TOKEN_SECONDS", -1)
    assert client.get(reverse("review:page", args=[token, 1])).status_code == 404


def test_who_turns_out_to_be_a_relative_lets_go() -> None:
    case, client = waiting(), entered("county")
    Dependency.objects.create(
        key=case.person,
        main_key=reviewers_person(103),
        starts=now().date(),
        relation="son",
        office="x",
        recorded_at=now(),
    )
    page = client.get(address(case))
    assert page.status_code == 403
    assert "王小明" not in page.content.decode()
    assert client.post(address(case, "release")).url.startswith(QUEUE)
    assert client.get(address(case)).status_code == 404


def test_who_is_not_on_record_is_told_what_is_missing() -> None:
    headquarters_without = entered("boss").get(QUEUE)
    assert headquarters_without.status_code == 403
    assert "Headquarters can record it." in words(headquarters_without)


def test_what_was_decided_is_looked_up_by_state_kind_decider_and_day() -> None:
    """«公服待办业务查询», «已审核»; «异地安置登记» (S3.17, S3.25)."""
    ruled = lies(CaseState.APPROVED, at=now() - timedelta(days=3), kind="filing")
    reviewed = lies(CaseState.REFUSED, at=now() - timedelta(days=2), decided_by="city", reasons="asked_twice")
    pending, gone = lies(), lies(CaseState.WITHDRAWN)
    back = lies(CaseState.SENT_BACK, at=now() - timedelta(days=2), reasons="data_differ")
    older = lies(CaseState.SENT_BACK, at=now() - timedelta(days=4), kind="filing")
    client = entered("county")

    def found(query: str = "", page: str = "lookup") -> list[str]:
        return numbers_of(client.get(f"/en/review/{page}/?{query}"))

    assert found() == [reviewed.number, ruled.number]
    assert found("state=approved") == [ruled.number]
    assert found("state=refused") == [reviewed.number]
    assert found("state=pending") == [pending.number]
    assert found("state=sent_back") == [back.number, older.number]
    assert found("state=sent_back&kind=filing") == [older.number]
    assert found(f"state=sent_back&day_to={days_of(older)}") == [older.number]
    said = words(client.get("/en/review/lookup/?state=sent_back"))
    assert "Form and material say different things" in said
    assert "Sent back and not corrected yet: 2" in words(client.get(QUEUE))
    assert "Cases sent back by kind" in words(client.get("/en/review/numbers/"))
    assert found("decider=rules") == [ruled.number]
    assert found("decider=reviewers") == [reviewed.number]
    assert found("kind=filing") == [ruled.number]
    assert found("", "placements") == [ruled.number]
    assert found("kind=enrolment", "placements") == []
    day = days_of(reviewed, "decided_at")
    assert found(f"day_from={day}") == [reviewed.number]
    assert found(f"day_to={day - timedelta(days=1)}") == [ruled.number]
    assert gone.number not in client.get("/en/review/lookup/").content.decode()
    assert "Already asked for and decided" in words(client.get("/en/review/lookup/"))
    assert client.get("/en/review/lookup/?day_from=2026-02-02&day_to=2026-02-01").status_code == 422


def days_of(case: Case, moment: str = "sent_back_at") -> date:
    """The day of a moment where the case lies."""
    return getattr(case, moment).astimezone(ZoneInfo("Asia/Shanghai")).date()


def test_looking_up_pages_on() -> None:
    made = [lies(CaseState.APPROVED, at=now() - timedelta(hours=n // 2 + 2)) for n in range(PAGE + 5)]
    client = entered("city")
    first = client.get("/en/review/lookup/")
    second = client.get(f"/en/review/lookup/?{first.context['next']}")
    assert numbers_of(first) + numbers_of(second) == [
        case.number for case in sorted(made, key=lambda case: (case.decided_at, case.pk), reverse=True)
    ]


def test_lists_are_fetched_as_files_and_that_is_on_record() -> None:
    wanted, other = lies(kind="filing", office="=1+1"), lies()
    decided = lies(CaseState.REFUSED, decided_by="rules", reasons="not_enrolled")
    client = entered("hq")
    queue = b"".join(client.post("/en/review/queue/file/", {"kind": "filing"})).decode("utf-8-sig")
    assert wanted.number in queue
    assert other.number not in queue
    assert "'=1+1" in queue
    row = Inquiry.objects.filter(mode="cases_exported").latest("id")
    assert (row.account, row.reference, row.outcome) == ("hq", "1", "exported")
    looked_up = b"".join(client.post("/en/review/lookup/file/", {})).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in looked_up] == ["case_number", decided.number]
    assert client.post("/en/review/placements/file/", {"state": "x"}).url.endswith(
        "state=x&kind=&decider=&day_from=&day_to="
    )


def test_numbers_are_those_of_the_cases_that_one_sees() -> None:
    lies(at=now() - timedelta(hours=5))
    lies(at=now() - timedelta(days=8), kind="filing")
    lies(at=now() - timedelta(days=8), region=CITY)
    lies(person=reviewers_person(103), region=COUNTY)
    for hours in (3, 50, 100, 400):
        lies(CaseState.APPROVED, at=now() - timedelta(hours=hours + 1), decided_by="city", decided_at=now())
    lies(CaseState.APPROVED, at=now() - timedelta(hours=9))
    page = entered("county").get("/en/review/numbers/")
    assert {(each.kind, each.age): each.count for each in page.context["totals"].numbers} == {
        ("enrolment", "fresh"): 1,
        ("filing", "late"): 1,
    }
    assert (page.context["pace"].by_rules, page.context["pace"].by_reviewers) == (1, 4)
    assert [count for _, count in page.context["took"]] == [1, 1, 1, 1]
    assert "within three days" in words(page)
