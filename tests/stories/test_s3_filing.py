"""S3 in the guide's words: «异地就医自助备案» for a family member and its revocation (S3.21-S3.24, S3.26, S4.8, S4.10).

In Chromium, on SQLite and on PostgreSQL; the letter is signed with a pointer on the screen.
"""

import pytest
from playwright.sync_api import Browser, Page, expect

from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Material
from daftar.portal.filing.models import Filing
from tests.portal import binding, handing_in, world
from tests.portal.filing_ground import BEIJING, HANGZHOU, ZHEJIANG
from tests.portal.handing_in import days, drafted
from tests.portal.walking import GO, fill
from tests.portal.walking_new_filing import SIGN, sign

DONE = "申报成功"


@pytest.fixture
def principal(portal: str) -> Account:
    """王伟, to whom 李秀英 is bound."""
    account = handing_in.people()
    handing_in.bound(account)
    return account


def log_in(page: Page) -> None:
    """The principal's log-in."""
    page.goto("/zh/accounts/log-in/")
    fill(page, login=binding.mail_of(world.RESIDENT), password=world.PASSWORD)


def test_a_filing_by_proxy_signed_by_hand_and_revoked(principal: Account, page: Page) -> None:
    """S3.21-S3.24: «是否代办», «备案人信息», «联系人信息», 承诺书签名, 确认, «申报成功»; «申请撤销»."""
    log_in(page)
    page.goto("/zh/filings/new/")
    expect(page.locator("h1")).to_have_text("异地就医自助备案")
    expect(page.locator("main form").last).to_contain_text("是否代办")
    page.check("[name=proxy][value=yes]")
    page.check("[name=member] >> nth=0")
    page.click(GO)

    expect(page.locator("h1")).to_have_text("备案人信息")
    expect(page.locator("main .facts")).to_contain_text("李秀英")
    page.check("[name=category][value=retired_resettled]")
    page.select_option("[name=province]", BEIJING)
    expect(page.locator("#picker-city")).to_contain_text("备案到就医省份即可，不用备案到地市和区县")
    page.select_option("[name=province]", ZHEJIANG)
    page.select_option("[name=city]", HANGZHOU)
    fill(page, starts=days(0).isoformat(), address="文三路1号")

    expect(page.locator("h1")).to_have_text("联系人信息")
    expect(page.locator("[name=contact_name]")).to_have_value("王伟")
    page.check("[name=contact_relation][value=child]")
    fill(page, contact_phone="13800000001")

    expect(page.locator("h1")).to_have_text("异地就医备案承诺书")
    page.click("[data-signature-clear]")
    page.click(SIGN)
    expect(page.locator(".error-summary")).to_contain_text("请在签名栏内签名，或改为输入姓名。")
    sign(page)

    expect(page.locator("h1")).to_have_text("提交材料")
    expect(page.locator("main")).to_contain_text("承诺书")
    page.click("main .actions a.btn-primary")
    expect(page.locator("h1")).to_have_text("确认信息")
    for told in ("李秀英", "浙江省 杭州市", "王伟", "手写签名"):
        expect(page.locator("main")).to_contain_text(told)
    page.click(GO)

    expect(page.locator("h1")).to_have_text(DONE)
    expect(page.locator("main")).to_contain_text("备案符合规则，审核通过。")
    page.reload()
    expect(page.locator("h1")).to_have_text(DONE)
    signature = Material.objects.get()
    assert (signature.what, signature.media_type) == ("commitment_letter", "image/png")
    assert Filing.objects.get().key == world.key_of(binding.ELDER)

    page.goto("/zh/filings/")
    expect(page.locator("main tbody tr")).to_contain_text("李秀英")
    page.click("text=撤销备案")
    expect(page.locator("h1")).to_have_text("异地就医自助备案撤销")
    page.click("text=申请撤销")
    page.click(GO)
    expect(page.locator("h1")).to_have_text(DONE)
    assert Filing.objects.get().state == "cancelled"
    page.goto("/zh/filings/")
    expect(page.locator("main tbody tr")).to_contain_text("已撤销")


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_without_scripts_the_name_is_typed(principal: Account, chromium: Browser, site: str) -> None:
    """Who cannot draw types their name; the letter is read in full (承诺书)."""
    made = drafted(principal)
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    log_in(page)
    page.goto(f"/zh/filings/new/{made.number}/letter/")
    expect(page.locator("[data-signature]")).to_be_hidden()
    expect(page.locator(".letter p")).to_have_count(7)
    page.fill("[name=name]", "张三")
    page.click(SIGN)
    expect(page.locator(".error-summary")).to_contain_text("这不是您登记的姓名")
    page.fill("[name=name]", "王伟")
    page.click(SIGN)
    expect(page.locator("h1")).to_have_text("提交材料")
    context.close()
