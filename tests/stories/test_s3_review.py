"""S3 at the insurer, in the guide's words: «城乡居民参保审核», «公服待办业务查询», «异地安置登记».

In Chromium, in Chinese, on pages as reviewers of a county see them (S3.16, S3.17, S3.25).
"""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.services import account_make
from daftar.portal.cases import services
from daftar.portal.cases.models import Case, Reviewer
from daftar.portal.cases.procedures import Decision, Policy
from daftar.terms.cases import CaseState, Way
from tests.portal import world
from tests.portal.casework import MEMBER, NOW, STRANGER, Recorded, recorded, reviewers_person, saved, who
from tests.portal.reviewing import handed_in, lies, picture, two_pages
from tests.portal.walking import log_in

DRAWN = 1240
"""Dots across a page of the paper that was handed in, at 150 to the inch."""
only_sqlite = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def procedure(portal: str, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    made = recorded(monkeypatch)
    for serial, user in enumerate(("审核员甲", "审核员乙"), start=700):
        account = account_make(
            user=user,
            password=world.PASSWORD,
            role=Role.REVIEWER,
            jurisdiction="cn",
            office="county",
            totp_secret=world.TOTP_SECRET,
        )
        Reviewer.objects.create(account=account.pk, key=reviewers_person(serial), recorded_by="boss", recorded_at=NOW)
    return made


def submitted(person: tuple[str, str, str] = MEMBER, by: str = "principal") -> Case:
    """Submitted an hour ago, with its paper."""
    case = saved(person, by=by)
    handed_in(case, "出生医学证明.jpg", picture())
    handed_in(case, "户口簿.pdf", two_pages(), pages=2, what="household_register")
    return services.case_submit(
        case=case.pk, version=case.version, by=who(by), at=datetime.now(UTC) - timedelta(hours=1)
    )


def test_by_certificate_number_reviewed_in_the_operation_column(page: Page, procedure: Recorded) -> None:
    """S3.16: enter the certificate number, the item, review in the operation column; the proxy is named."""
    case = submitted()
    other = submitted(STRANGER, by="stranger")
    log_in(page, "zh", "审核员甲")
    expect(page.locator("h1")).to_have_text("待审核业务")
    page.click("summary >> text=按证件号码或事项编号查找")
    page.fill("form[action*=people] [name=number]", MEMBER[1])
    page.click("form[action*=people] button")
    expect(page.locator("main tbody tr")).to_have_count(1)
    assert MEMBER[1] not in page.url
    page.click("main tbody td:last-child a")
    for said in ("王小明", "王伟", "亲情代办", "出生医学证明", "户口簿"):
        expect(page.locator("main")).to_contain_text(said)
    expect(page.locator(".sheets img")).to_have_js_property("naturalWidth", 600)
    page.click("text=户口簿")
    expect(page.locator(".sheets img").first).to_have_js_property("naturalWidth", DRAWN)
    expect(page.locator(".sheets figcaption").last).to_have_text("第 2 页，共 2 页")
    page.click("text=受理该事项")
    page.click("button:text-is('审核通过')")
    expect(page.locator(".notice-done")).to_contain_text("该事项已审核通过")
    assert Case.objects.get(pk=case.pk).decided_by == "审核员甲"
    assert len(procedure.approvals) == 1
    page.click("text=受理下一个事项")
    expect(page.locator("h1")).to_contain_text(other.number[-5:])
    assert Case.objects.get(pk=other.pk).claimed_by == "审核员甲"


@only_sqlite
def test_without_a_number_everything_pending_by_the_keyboard_alone(page: Page) -> None:
    """S3.16: «不输入证件号码可直接查询当前账号能审核的所有待审核业务»; keys as the page lists them."""
    first, second = (lies(at=datetime.now(UTC) - timedelta(days=days)) for days in (9, 1))
    log_in(page, "zh", "审核员甲")
    page.keyboard.press("Alt+KeyL")
    expect(page.locator("main tbody a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(second.number[-5:])
    page.keyboard.press("Alt+KeyQ")
    page.keyboard.press("Enter")
    expect(page.locator("main tbody .tag-late")).to_have_text("七天以上")
    page.keyboard.press("Alt+KeyN")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(first.number[-5:])
    page.keyboard.press("Alt+KeyX")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[name=refuse-reasons]").first).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(".notice-done")).to_contain_text("该事项审核不通过")
    assert Case.objects.get(pk=first.pk).reasons == "conditions_not_met"


@only_sqlite
def test_of_two_reviewers_at_once_one_is_told(page: Page, chromium: Browser, site: str) -> None:
    case = submitted()
    context = chromium.new_context(base_url=site)
    other = context.new_page()
    for each, user in ((page, "审核员甲"), (other, "审核员乙")):
        log_in(each, "zh", user)
        each.goto(f"/zh/review/cases/{case.number}/")
    page.click("text=受理该事项")
    other.click("text=受理该事项")
    expect(other.locator("[role=alert]")).to_contain_text("该事项正由其他审核人员审核。")
    page.click("summary >> text=退回补正")
    page.check("[name=back-reasons][value=material_unreadable]")
    page.fill("[name=back-note]", "第二页不清楚")
    page.click("button:text-is('退回')")
    expect(page.locator(".notice-done")).to_contain_text("已退回申报人")
    assert Case.objects.get(pk=case.pk).state == CaseState.SENT_BACK
    context.close()


@only_sqlite
def test_automatic_ones_and_those_not_reviewed_are_looked_up(page: Page, procedure: Recorded) -> None:
    """S3.17: «审核状态» «已审核», and «未审核数据也可通过此模块查询»; S3.25: «异地安置登记»."""
    waiting = submitted(STRANGER, by="stranger")
    procedure.policies, procedure.decision = Policy(Way.AUTOMATIC), Decision(approved=True)
    ruled = submitted()
    filing = lies(CaseState.APPROVED, kind="filing")
    log_in(page, "zh", "审核员甲")
    page.click("nav >> text=公服待办业务查询")
    expect(page.locator("main select[name=state]")).to_have_value("reviewed")
    expect(page.locator("main tbody tr")).to_have_count(2)
    expect(page.locator("main tbody")).to_contain_text("系统自动审核")
    expect(page.locator("main tbody")).to_contain_text(ruled.number[-5:])
    page.select_option("main select[name=state]", label="未审核")
    page.click("button:text-is('显示')")
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody")).to_contain_text(waiting.number[-5:])
    page.click("nav >> text=异地安置登记")
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody")).to_contain_text(filing.number[-5:])
