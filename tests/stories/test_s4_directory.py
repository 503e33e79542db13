"""S4 in the guide's words: the three services that need no registration (S4.1-S4.9, S4.26), in Chromium.

On SQLite and on PostgreSQL; Chinese pages as people see them, and one in Persian.
"""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from daftar.portal.directory.models import PoolingRegion
from daftar.portal.directory.services import entry_save
from tests.portal import directory_world
from tests.portal.directory_world import OPENED

ALL_OPEN = "目前所有统筹地区都已开通"


@pytest.fixture(autouse=True)
def directory(portal: str) -> None:
    directory_world.build()


def columns(page: Page) -> list[str]:
    """Heads of the table."""
    return page.locator("main table thead th").all_inner_texts()


def names(page: Page) -> list[str]:
    """Names in the table."""
    page.wait_for_load_state()
    return page.locator("main table tbody th").all_inner_texts()


def query(page: Page) -> None:
    """«查询»"""
    page.click("main button:has-text('查询')")
    page.wait_for_load_state()


def test_pooling_regions_of_one_region_or_of_the_whole_country(page: Page) -> None:
    """S4.3, S4.4: no log-in; «所属行政区» then «查询», or «查询» directly for the whole country."""
    page.goto("/zh/directory/pooling-regions/")
    expect(page.locator("h1")).to_have_text("统筹区开通信息查询")
    query(page)
    assert columns(page) == ["统筹地区编码", "统筹区名称", "所属行政区", "开通状态", "开通日期", "险种"]
    assert names(page) == ["南昌市", "鹰潭市"]
    expect(page.locator("main")).to_contain_text(ALL_OPEN)
    page.goto("/zh/directory/pooling-regions/?region=cn-360600")
    expect(page.locator("main table tbody tr")).to_have_count(1)
    expect(page.locator("main table tbody tr")).to_contain_text("cn-360600")
    expect(page.locator("main table tbody tr")).to_contain_text("已开通")
    expect(page.locator("main table tbody tr")).to_contain_text("2017年3月1日")
    expect(page.locator("main table tbody tr")).to_contain_text("职工基本医疗保险")


def test_that_all_are_open_is_said_only_when_it_is_true(page: Page) -> None:
    """S4.4: «目前所有统筹地区都已开通»"""
    later = PoolingRegion.objects.get(code="cn-360600")
    later.opened_on = directory_world.tomorrow()
    entry_save(later)
    page.goto("/zh/directory/pooling-regions/")
    expect(page.locator("main table")).to_contain_text("未开通")
    assert ALL_OPEN not in page.inner_text("main")
    later.opened_on = OPENED
    entry_save(later)
    page.reload()
    expect(page.locator("main")).to_contain_text(ALL_OPEN)


def test_the_name_of_a_pooling_region_leads_to_its_institutions(page: Page) -> None:
    """S4.5: click the name, see the cross-province designated institutions under it."""
    page.goto("/zh/directory/pooling-regions/")
    page.click("main table a:has-text('鹰潭市')")
    expect(page.locator("h1")).to_have_text("鹰潭市")
    assert names(page) == ["鹰潭市示例人民医院", "月湖区示例中医院", "贵溪市示例卫生院"]
    page.click("main >> text=查询全部3家")
    expect(page.locator("h1")).to_have_text("异地定点医疗机构查询")
    assert len(names(page)) == 3


def test_institutions_by_the_six_fields(page: Page) -> None:
    """S4.6: 所属行政区, 医疗机构名称, 医疗机构编码, 医院等级, 医疗机构分类, 地址: to ask by and to read."""
    page.goto("/zh/directory/institutions/")
    six = ["所属行政区", "医疗机构名称", "医疗机构编码", "医院等级", "医疗机构分类", "地址"]
    assert page.locator("main form .form-label").all_inner_texts() == six
    query(page)
    assert columns(page) == six
    page.select_option("[name=region]", "cn-360000")
    expect(page.locator("main table tbody tr")).to_have_count(4)  # with everything below the province
    page.select_option("[name=level]", "二级甲等")
    expect(page.locator("main table tbody tr")).to_have_count(1)
    expect(page.locator("main table tbody tr")).to_contain_text("江西省 › 鹰潭市 › 月湖区")
    assert "region=cn-360000" in page.url  # can be sent to somebody
    page.reload()
    assert names(page) == ["月湖区示例中医院"]


@pytest.mark.parametrize("typed", ["人民医院", "renminyi", "rmyy", "H360600"])
def test_an_institution_is_found_as_one_types(page: Page, typed: str) -> None:
    """S4.6: by the name, by pinyin whole or by its initials, by the beginning of the code."""
    page.goto("/zh/directory/institutions/")
    page.locator("[name=name]").press_sequentially(typed)
    expect(page.locator("main table tbody tr")).to_have_count(1)
    assert names(page) == ["鹰潭市示例人民医院"]
    expect(page.locator("[name=name]")).to_be_focused()
    expect(page.locator("#found-said")).to_have_text("共1条")


def test_persian_names_are_found_with_arabic_letters(page: Page) -> None:
    """S4.6: ك and ي are ک and ی; figures stand in the reader's script."""
    page.goto("/fa/directory/institutions/")
    page.locator("[name=name]").press_sequentially("كيان")
    expect(page.locator("main table tbody tr")).to_have_count(1)
    assert names(page) == ["درمانگاه نمونه کیان"]
    expect(page.locator("#found")).to_contain_text("۱ مورد پیدا شد")


def test_from_a_province_down_to_a_county_by_links(page: Page) -> None:
    """S4.5: drill-down; 备案 to the province is said where it is enough (S4.8)."""
    page.goto("/zh/directory/institutions/?region=cn-360000")
    page.click("nav[aria-label='下级地区'] a:has-text('鹰潭市')")
    page.click("nav[aria-label='下级地区'] a:has-text('贵溪市')")
    assert names(page) == ["贵溪市示例卫生院"]
    assert page.input_value("[name=region]") == "cn-360681"
    page.goto("/zh/directory/regions/")
    page.click("main table a:has-text('北京市')")
    expect(page.locator("main")).to_contain_text("备案到就医省份即可，不用备案到地市和区县")


def test_offices_by_agency_or_department_with_address_and_telephone(page: Page) -> None:
    """S4.9, S4.26: «经办机构或部门名称及联系地址», telephone, postcode."""
    page.goto("/zh/directory/offices/")
    expect(page.locator("h1")).to_have_text("异地就医经办机构查询")
    expect(page.locator("main form .form-label").nth(1)).to_have_text("经办机构或部门名称")
    assert columns(page) == ["所属行政区", "机构名称", "科室或部门", "地址", "电话", "邮编"]
    page.fill("[name=name]", "异地就医科")
    expect(page.locator("main table tbody tr")).to_have_count(1)
    row = page.locator("main table tbody tr")
    for part in ("江西省 › 鹰潭市", "鹰潭市示例医保经办中心", "胜利西路示例1号", "0701-01234567", "335000"):
        expect(row).to_contain_text(part)
    assert page.get_attribute("main table a", "href") == "tel:0701-01234567"


def test_the_list_is_fetched_as_a_file(page: Page, tmp_path: Path) -> None:
    """The same list for a spreadsheet, with what was asked."""
    page.goto("/zh/directory/institutions/?region=cn-360600")
    with page.expect_download() as fetched:
        page.click("main >> text=将此列表下载为文件")
    assert fetched.value.suggested_filename == "institutions.csv"
    fetched.value.save_as(tmp_path / "list.csv")
    content = (tmp_path / "list.csv").read_bytes().decode("utf-8-sig")
    assert [row["code"] for row in csv.DictReader(io.StringIO(content))] == [
        "H36060099001",
        "H36060299001",
        "H36068199001",
    ]


def test_what_is_made_up_is_said_in_the_demo(page: Page) -> None:
    """Regions are real; institutions and offices are not."""
    for name in ("institutions", "pooling-regions", "offices", "regions"):
        page.goto(f"/zh/directory/{name}/")
        expect(page.locator("main")).to_contain_text("统筹区、医疗机构和经办机构均为演示虚构")
