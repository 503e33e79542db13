"""S4 in the guide's words: the system has five services, three without log-in (S4.1-S4.3), guide pages with date and
reads (S4.27), the telephone list (S4.26); and staff who mend what stands there.

In Chromium, on SQLite and on PostgreSQL; Chinese pages as people see them.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.portal import entries
from tests.portal.walking import fill, log_in

OPEN = ("统筹区开通信息查询", "异地定点医疗机构查询", "异地就医经办机构查询")
BEHIND = ("参保人登记备案查询", "跨省异地就医费用查询")
TELEPHONES = "全国社会（医疗）保险经办机构联系方式"
PHONE = "0701-0000077"


@pytest.fixture
def directory(portal: str) -> None:
    """The small directory."""
    entries.build()


@pytest.mark.usefixtures("directory")
def test_the_five_services_three_of_them_without_registration(page: Page) -> None:
    """S4.1, S4.3: the first three open at once; the other two ask who it is, and lead back."""
    page.goto("/zh/")
    expect(page.locator("#services-cn")).to_contain_text("异地就医查询")
    assert page.locator(".tiles-5 h3").all_inner_texts() == [*OPEN, *BEHIND]
    assert page.locator(".tiles-5 .tile-tag").all_inner_texts() == ["无需注册"] * 3 + ["登录后使用"] * 2
    for name in OPEN:
        page.goto("/zh/")
        page.click(f".tiles-5 >> text={name}")
        expect(page.locator("h1")).not_to_have_text("登录")
        assert "/zh/directory/" in page.url
    for name in BEHIND:
        page.goto("/zh/")
        page.click(f".tiles-5 >> text={name}")
        expect(page.locator("h1")).to_have_text("登录")


@pytest.mark.usefixtures("directory")
def test_the_telephone_list_of_all_agencies(page: Page) -> None:
    """S4.26: «全国社会（医疗）保险经办机构联系方式»."""
    page.goto("/zh/")
    page.click(f"text={TELEPHONES}")
    expect(page.locator("main")).to_contain_text("鹰潭市医保经办中心")
    expect(page.locator("main")).to_contain_text("0701-0000001")


def test_a_guide_shows_its_date_and_how_often_it_was_read(page: Page) -> None:
    """S4.27: «阅读次数»."""
    page.goto("/zh/")
    page.click(".guides >> text=异地就医：五项服务")
    expect(page.locator("main")).to_contain_text("发布日期：2026年11月22日")
    expect(page.locator("main")).to_contain_text("阅读次数：1")
    expect(page.locator(".guide")).to_contain_text("开始答题")
    page.reload()
    expect(page.locator("main")).to_contain_text("阅读次数：2")
    page.click(".back")
    expect(page.locator(".guides li", has_text="异地就医：五项服务")).to_contain_text("阅读次数：2")


@pytest.mark.usefixtures("directory")
def test_two_at_headquarters_and_at_the_agency_mend_one_hospital(page: Page, chromium: Browser, site: str) -> None:
    """Issue 4: staff pages to mend entries, with history; two at once, nothing lost; what is searched follows."""
    other = chromium.new_context(base_url=site).new_page()
    log_in(page, "zh", "agency")
    log_in(other, "zh", "headquarters")
    address = f"/zh/console/directory/institutions/mend/{entries.HOSPITAL}/"
    page.goto(address)
    other.goto(address)
    fill(other, name="龙虎山医院", reason="医院更名公告")
    expect(other.locator(".notice-done")).to_contain_text("条目已更正")
    fill(page, phone=PHONE, reason="医院来电")
    expect(page.locator(".error-summary")).to_contain_text("在此期间他人已更改此条目")
    expect(page.locator(".error-summary")).to_contain_text("医院更名公告")
    expect(page.locator("[name=name]")).to_have_value("龙虎山医院")
    expect(page.locator("[name=phone]")).to_have_value(PHONE)
    fill(page)
    expect(page.locator("h1")).to_have_text("龙虎山医院")
    steps = page.locator(".timeline > li").all_inner_texts()
    assert [re.search(r"医院来电|医院更名公告", step)[0] for step in steps] == ["医院来电", "医院更名公告"]
    page.goto("/zh/directory/institutions/?name=longhushan")
    expect(page.locator("main")).to_contain_text("龙虎山医院")
    other.context.close()
