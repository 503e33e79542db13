"""S4 in the guide's words: «参保人登记备案查询» (S4.10, S4.16) and where a filing counts (S4.7, S4.8).

In Chromium, on SQLite and on PostgreSQL; Chinese pages as people see them, with scripts and without.
"""

from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from daftar.portal.accounts.models import Account
from tests.portal import world
from tests.portal.filing_ground import BEIJING, MAIL, ZHEJIANG, filed, regions, resident
from tests.portal.walking import GO, fill
from tests.portal.walking_looks import citizen

CARD_HINT = "无卡人员要在参保地申领社会保障卡"
ENOUGH = "备案到就医省份即可，不用备案到地市和区县"
COLUMNS = ["姓名", "社会保障号", "社保卡状态", "参保地", "险种", "备案类型", "就医地", "备案起止日期", "备案状态"]
PAGE = "/zh/directory/destination/"


@pytest.fixture(autouse=True)
def _ground(portal: str) -> None:
    regions()
    resident()


def log_in(page: Page) -> None:
    """The citizen's log-in, by mail and password (S4.16, step 5)."""
    page.goto("/zh/accounts/log-in/")
    fill(page, login=MAIL, password=world.PASSWORD)


def test_whoever_can_see_their_filing_has_filed(page: Page) -> None:
    """S4.10, S4.16: all columns, «备案成功», the hint about the card at the foot, and where the filing counts."""
    filed("f1", ends=date(2027, 12, 31))
    log_in(page)
    page.click("nav >> text=我的备案")
    expect(page.locator("h1")).to_have_text("参保人登记备案查询")
    expect(page.locator("main thead th")).to_have_text(COLUMNS)
    expect(page.locator(".notice-done")).to_contain_text("说明备案成功")
    row = page.locator("main tbody tr")
    for told in ("王伟", "正常", "江西省 鹰潭市", "异地长期居住人员", "浙江省 杭州市", "2027年12月31日", "有效"):
        expect(row).to_contain_text(told)
    assert world.RESIDENT[1] not in page.content()
    expect(page.locator("main")).to_contain_text("省本级和省会城市所有跨省定点医疗机构均支持直接结算")
    expect(page.locator("main .notice").last).to_contain_text(CARD_HINT)


def test_nothing_filed_says_what_to_do(page: Page) -> None:
    """S4.16: no filing has arrived; the hint about the card stays."""
    log_in(page)
    page.goto("/zh/filings/")
    expect(page.locator("main")).to_contain_text("未查询到您的备案信息")
    expect(page.locator("main")).to_contain_text("到参保地经办机构办理备案")
    expect(page.locator("main")).to_contain_text(CARD_HINT)


def test_ones_own_look_is_on_record(page: Page) -> None:
    """X.5: reading one's filings stands among one's own looks."""
    filed("f1")
    log_in(page)
    page.goto("/zh/filings/")
    Account.objects.filter(user="resident").update(verified_at=world.long_ago(), verified_by="mobile")
    page.goto("/zh/looks/")
    page.select_option("[name=who]", "all")
    page.click(GO)
    expect(page.locator("main table")).to_contain_text("本人异地就医备案")


def test_the_picker_stops_at_the_province_where_it_is_enough(page: Page) -> None:
    """S4.8: 北京 needs no city; the picker says so as soon as it is chosen, by the keyboard too."""
    page.goto(PAGE)
    page.focus("[name=province]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#picker-city")).to_contain_text(ENOUGH)
    expect(page.locator("#picker-said")).to_have_text(f"{ENOUGH}。")
    expect(page.locator("[name=province]")).to_be_focused()
    expect(page.locator("[name=city]")).to_have_count(0)
    page.click(GO)
    expect(page.locator(".answer")).to_contain_text("备案到就医省份北京市即可，不用备案到地市和区县")
    expect(page.locator(".answer")).to_contain_text("人社厅发〔2017〕162号")


def test_elsewhere_the_city_is_chosen_and_the_capital_opens_both(page: Page) -> None:
    """S4.7: «省本级» and the capital open each other; another city counts alone."""
    page.goto(PAGE)
    page.select_option("[name=province]", ZHEJIANG)
    page.select_option("[name=city]", label="省本级")
    page.click(GO)
    expect(page.locator(".answer")).to_contain_text("省本级和省会城市所有跨省定点医疗机构均支持直接结算")
    expect(page.locator(".answer .opened > li")).to_have_count(2)
    page.select_option("[name=city]", label="宁波市")
    page.click(GO)
    expect(page.locator(".answer .opened > li")).to_have_count(1)
    expect(page.locator(".answer")).to_contain_text("备案在备案地宁波市有效")
    page.select_option("[name=province]", BEIJING)
    expect(page.locator("[name=city]")).to_have_count(0)


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_without_scripts_the_button_brings_the_cities(chromium: Browser, site: str) -> None:
    """The same page where scripts do not run."""
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(PAGE)
    page.select_option("[name=province]", ZHEJIANG)
    page.click(GO)
    expect(page.locator("main")).to_contain_text("该省须备案到具体地市")
    page.click(GO)
    expect(page.locator(".error-summary")).to_contain_text("请选择城市，或选择省本级。")
    page.select_option("[name=city]", label="杭州市 – 省会")
    page.click(GO)
    expect(page.locator(".answer .opened > li")).to_have_count(2)
    page.select_option("[name=province]", BEIJING)
    page.click(GO)
    expect(page.locator(".answer")).to_contain_text("不用备案到地市和区县")
    context.close()


def test_an_insured_of_another_insurer_has_nothing_to_file(page: Page) -> None:
    """The service belongs to the jurisdiction: the menu does not offer it, the page says why."""
    citizen(page, "zh")
    assert page.locator("nav >> text=我的备案").count() == 0
    page.goto("/zh/filings/")
    expect(page.locator("main")).to_contain_text("您的参保地不办理异地就医备案")
