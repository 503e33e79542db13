"""S4 in the guide's words: «首次点击"跨省异地就医费用查询"，需要进一步身份认证，点击"开始答题"» (S4.17-S4.22, S4.28).

In Chromium, on SQLite and on PostgreSQL; Chinese pages as people see them.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from daftar.portal.settlement.models import Settlement
from tests.disclosure.quizzing import wait_out_midnight
from tests.portal import quizzing, settling, world
from tests.portal.quizzing import attempts, row
from tests.portal.settling import HOSPITAL_NAME, MAIL
from tests.portal.walking import fill, log_in

TITLE = "跨省异地就医费用查询"
OTHERS = "不影响其他服务事项"


@pytest.fixture
def citizen(page: Page) -> Page:
    """«参保人» with one stay in Shanghai, logged in."""
    wait_out_midnight()
    quizzing.city()
    settling.settle("S1")
    settling.citizen()
    page.goto("/zh/accounts/log-in/")
    fill(page, login=MAIL, password=world.PASSWORD)
    return page


def open_service(page: Page) -> None:
    """Click «跨省异地就医费用查询»."""
    page.goto("/zh/settlements/expenses/")


def begin(page: Page) -> None:
    """«开始答题»."""
    open_service(page)
    page.get_by_role("button", name="开始答题").click()


def answer(page: Page, name: str = HOSPITAL_NAME, admitted: str = "", discharged: str = "") -> None:
    """Question 1 by the hospital's name, question 2 by one of the days."""
    page.get_by_label(name, exact=True).check()
    page.get_by_label("入院日期").fill(admitted)
    page.get_by_label("出院日期").fill(discharged)
    page.get_by_role("button", name="提交").click()


@pytest.mark.parametrize("days", [{"admitted": "2025-03-02"}, {"discharged": "2025年3月9日"}], ids=["入院", "出院"])
def test_two_questions_then_passed_and_remembered(citizen: Page, days: dict[str, str]) -> None:
    """S4.17, S4.18, S4.22, S4.23: either day will do; «认证通过», «确定» leads home; the next click opens the list."""
    begin(citizen)
    expect(citizen.locator("main")).to_contain_text("选择其中一个回答即可")
    answer(citizen, **days)
    expect(citizen.locator("h1")).to_have_text("认证通过")
    citizen.get_by_role("link", name="确定").click()
    assert citizen.url.endswith("/zh/")
    open_service(citizen)
    expect(citizen.locator("h1")).to_have_text(TITLE)
    expect(citizen.locator("main")).to_contain_text(HOSPITAL_NAME)
    citizen.context.clear_cookies()
    citizen.goto("/zh/accounts/log-in/")
    fill(citizen, login=MAIL, password=world.PASSWORD)
    open_service(citizen)
    expect(citizen.locator("main")).to_contain_text(HOSPITAL_NAME)


def test_what_differs_from_the_data_is_one_sentence_with_the_tries_left(citizen: Page) -> None:
    """S4.19: «您输入的信息与系统中的数据不一致，今日还可尝试N次。», never which; «确定» leads home (S4.21)."""
    begin(citizen)
    answer(citizen, quizzing.NAMES[0] if _shown(citizen, quizzing.NAMES[0]) else quizzing.NAMES[1], "2025-03-02")
    first = citizen.inner_text("main")
    assert "您输入的信息与系统中的数据不一致，今日还可尝试2次。" in first
    citizen.get_by_role("link", name="重新答题").click()
    answer(citizen, admitted="2025-03-01")
    second = citizen.inner_text("main")
    assert second == first.replace("2次", "1次")
    assert OTHERS in second
    citizen.get_by_role("link", name="确定").click()
    assert citizen.url.endswith("/zh/")


def _shown(page: Page, name: str) -> bool:
    return page.get_by_label(name, exact=True).count() == 1


def test_three_wrong_on_one_day_lock_the_service_for_24_hours_and_nothing_else(citizen: Page) -> None:
    """S4.20, S4.21: «当天累计答错3次，请根据页面提示24小时后再试», «不影响其他服务事项»."""
    for day in ("2025-01-01", "2025-01-02", "2025-01-03"):
        begin(citizen)
        answer(citizen, admitted=day)
    shown = citizen.inner_text("main")
    assert "当天累计答错3次，请于24小时后再试" in shown
    released = (datetime.now(UTC) + timedelta(hours=24)).astimezone(ZoneInfo("Asia/Shanghai"))
    told = re.search(r"(\d+)年(\d+)月(\d+)日 (\d+):(\d+)", shown)
    assert told
    found = datetime(*(int(part) for part in told.groups()), tzinfo=ZoneInfo("Asia/Shanghai"))
    assert abs(found - released) < timedelta(minutes=2)
    assert OTHERS in shown
    open_service(citizen)
    expect(citizen.locator("main")).to_contain_text("当天累计答错3次")
    citizen.goto("/zh/accounts/")
    expect(citizen.locator("h1")).to_have_text("我的账户")


def test_the_back_button_and_a_reload_spend_no_try(citizen: Page) -> None:
    begin(citizen)
    answer(citizen, admitted="2025-01-01")
    citizen.reload()
    citizen.go_back()
    citizen.go_forward()
    expect(citizen.locator("main")).to_contain_text("今日还可尝试2次")
    citizen.go_back()
    citizen.get_by_label(HOSPITAL_NAME, exact=True).check()
    citizen.get_by_label("入院日期").fill("2025-01-01")
    citizen.get_by_role("button", name="提交").click()
    expect(citizen.locator("main")).to_contain_text("今日还可尝试2次")
    assert attempts() == 1


def test_the_hospitals_are_the_same_on_every_draw(citizen: Page) -> None:
    """What two draws have in common would be the answer."""
    lists = []
    for _ in range(3):
        begin(citizen)
        offered = citizen.locator("fieldset .form-check-label")
        expect(offered).to_have_count(6)
        lists.append(sorted(offered.all_inner_texts()))
        quiz = row()
        quiz.expires_at = datetime.now(UTC)
        quiz.save()
    assert lists == [lists[0]] * 3


def test_without_any_settlement_no_question_and_no_try(citizen: Page) -> None:
    """S4.28."""
    Settlement.objects.all().delete()
    begin(citizen)
    expect(citizen.locator("main")).to_contain_text("未查询到您的跨省异地就医直接结算记录")
    assert attempts() == 0


def test_nine_wrong_in_thirty_days_are_opened_by_an_office(citizen: Page) -> None:
    """The decision on S4.20: an office looks at the person once more and reopens it."""
    for _ in range(3):
        for day in ("2025-01-01", "2025-01-02", "2025-01-03"):
            begin(citizen)
            answer(citizen, admitted=day)
        quiz = row()
        quiz.locked_until = datetime.now(UTC)
        quiz.save()
    open_service(citizen)
    expect(citizen.locator("main")).to_contain_text("请本人携带身份证件到经办机构窗口重新开通")
    citizen.context.clear_cookies()
    log_in(citizen, "zh", "counter-cn")
    citizen.goto("/zh/console/people/")
    fill(citizen, type=world.RESIDENT[0], number=world.RESIDENT[1])
    citizen.get_by_role("link", name="查看是否锁定或关闭").click()
    fill(citizen, seen="on")
    expect(citizen.locator(".notice-done")).to_contain_text("答题已重新开通")
    citizen.context.clear_cookies()
    citizen.goto("/zh/accounts/log-in/")
    fill(citizen, login=MAIL, password=world.PASSWORD)
    begin(citizen)
    answer(citizen, admitted="2025-03-02")
    expect(citizen.locator("h1")).to_have_text("认证通过")
