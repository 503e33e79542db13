"""S3 in the guide's words: «城乡居民基本医疗保险参保登记» for an elder who has no smartphone (S3.12-S3.20).

In Chromium, Chinese pages as people see them; the reviewer's work is in the story of the review console.
"""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from daftar.portal.accounts.models import Account
from daftar.portal.cases import review_services
from daftar.portal.proxy.models import ProxyBinding
from tests.portal import enrolment_ground as ground
from tests.portal import making_files, world
from tests.portal.enrolment_ground import ELDER, GANZHOU, RESIDENT, YINGTAN
from tests.portal.walking import fill

NEXT = "main form .btn-primary"


@pytest.fixture
def principal(portal: str) -> Account:
    return ground.build()


@pytest.fixture
def elder(principal: Account) -> ProxyBinding:
    return ground.bound(principal)


def to_the_first_page(page: Page, principal: Account, elder: ProxyBinding) -> None:
    """«医保亲情代办»-«城乡居民基本医疗保险参保登记»-«是否代办»."""
    page.goto("/zh/accounts/log-in/")
    fill(page, login=principal.fields["mail"], password=world.PASSWORD)
    page.goto("/zh/")
    page.click("section[aria-labelledby=services-cn-family] >> text=城乡居民基本医疗保险参保登记")
    expect(page.locator("h1")).to_have_text("城乡居民基本医疗保险参保登记")
    expect(page.locator("fieldset").first).to_contain_text("是否代办")
    page.check("[name=proxy][value=yes]")
    page.check(f"[name=member][value='{elder.pk}']")
    page.click("text=下一步")


def three_groups(page: Page, region: str, category: str) -> None:
    """«居民单位信息», «居民信息», «参保信息»."""
    expect(page.locator("h1")).to_have_text("居民单位信息")
    expect(page.locator(".notice-done")).to_contain_text("该人员可以进行城乡居民参保登记")
    page.select_option("[name=pooling_region]", region)
    page.fill("[name=query]", "shili")
    page.press("[name=query]", "Enter")
    page.check(f"[name=unit][value='{region[3:]}910001']")
    page.click(NEXT)
    expect(page.locator("h1")).to_have_text("居民信息")
    expect(page.locator(".acting")).to_contain_text("李秀英")
    page.select_option("[name=ethnicity]", RESIDENT["ethnicity"])
    page.check("[name=household_kind][value=resident]")
    for name in ("household_address", "residence_address", "phone"):
        page.fill(f"[name={name}]", RESIDENT[name])
    page.click(NEXT)
    expect(page.locator("h1")).to_have_text("参保信息")
    page.check(f"[name=category][value={category}]")
    page.click(NEXT)
    expect(page.locator("h1")).to_have_text("上传证明材料")


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_a_daughter_enrols_her_mother_and_a_reviewer_approves(
    page: Page, principal: Account, elder: ProxyBinding
) -> None:
    """S3.12-S3.14, S3.18, S3.20: evidence, confirm page, «申报成功», and after approval «个人参保信息»."""
    to_the_first_page(page, principal, elder)
    three_groups(page, YINGTAN, "minimum_living")
    page.click("main [name=next]")
    expect(page.locator(".notice-wrong")).to_contain_text("缺少该人员类别所需的材料")
    page.check("[name=what][value=hardship_certificate]")
    paper = {"name": "低保证.jpg", "mimeType": "image/jpeg", "buffer": making_files.photograph()}
    page.set_input_files("[name=files]", paper)
    page.click("text=上传 >> nth=-1")
    expect(page.locator("main")).to_contain_text("低保证")
    page.click("main [name=next]")
    expect(page.locator("h1")).to_have_text("确认信息")
    for told in ("鹰潭市", "示例街道", "示例社区居民委员会", "李秀英", "月湖区示例路2号", "低保对象", "由经办人员审核"):
        expect(page.locator("main")).to_contain_text(told)
    page.click("text=提交")
    expect(page.locator("h1")).to_have_text("申报成功")
    number = page.get_attribute("[data-code]", "data-code") or ""
    page.reload()
    expect(page.locator("h1")).to_have_text("申报成功")
    page.go_back()
    expect(page.locator("h1")).to_have_text("申报成功")
    assert page.get_attribute("[data-code]", "data-code") == number
    case, reviewer, now = ground.case_at(number), ground.reviewers()[f"{YINGTAN}-1"], datetime.now(UTC)
    review_services.case_claim(case=case.pk, by=reviewer, at=now)
    review_services.case_approve(case=case.pk, by=reviewer, at=now)
    page.click("text=查看办理进度")
    expect(page.locator("main")).to_contain_text("审核通过")
    page.goto("/zh/enrolments/insurance/")
    expect(page.locator("h1")).to_have_text("个人参保信息")
    for told in ("李秀英", "城乡居民基本医疗保险", "正常", "低保对象", "示例社区居民委员会"):
        expect(page.locator("main")).to_contain_text(told)
    assert ELDER[1] not in page.content()


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_where_the_city_decides_automatically_cover_stands_at_once(
    page: Page, principal: Account, elder: ProxyBinding
) -> None:
    """S3.15, S3.17: decided with the press of the button; a hospital that asks is told so."""
    assert ground.asked(ELDER) == "not_covered"
    ground.registered(ELDER, GANZHOU)
    to_the_first_page(page, principal, elder)
    three_groups(page, GANZHOU, "ordinary_resident")
    page.click("main [name=next]")
    expect(page.locator("main")).to_contain_text("系统自动审核")
    page.click("text=提交")
    expect(page.locator("h1")).to_have_text("申报成功")
    expect(page.locator(".notice-done")).to_contain_text("审核通过")
    assert ground.asked(ELDER) == "covered"
