"""S3 in the guide's words: «我的亲情成员», «亲人详情», «解除绑定» (S3.11) and «本人» at the top of a page (S3.20).

In Chromium, on SQLite and on PostgreSQL. The member's own view closes it: who acted, and the end told to both.
"""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from daftar.portal.proxy.models import ProxyBinding
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.binding import ELDER, bind_face, mail_of, messages_to
from tests.portal.walking import fill, newest_code

BANNER = ".acting"


@pytest.fixture(autouse=True)
def bound(portal: str) -> ProxyBinding:
    """王伟 acts for 李秀英; both have accounts."""
    principal = ground.people()
    ground.account_of(ELDER)
    made = bind_face(ELDER, principal, datetime.now(UTC))
    assert isinstance(made, ProxyBinding)
    return made


def log_in(page: Page, made: ground.Made) -> None:
    """By mail and password."""
    page.context.clear_cookies()
    page.goto("/zh/accounts/log-in/")
    fill(page, login=mail_of(made), password=world.PASSWORD)


def choose(page: Page, name: str) -> None:
    """Click «本人», or who is chosen, and another one below it."""
    page.click(".whom summary")
    page.get_by_role("button", name=name).last.click()
    page.wait_for_load_state()


def test_somebody_acts_for_an_elder_until_she_is_unbound(page: Page) -> None:
    log_in(page, world.RESIDENT)
    page.goto("/zh/entitlement/own/")
    expect(page.locator(".whom summary")).to_have_text("本人")
    choose(page, "李秀英")
    expect(page.locator(BANNER)).to_contain_text("您正在为李秀英代办。每次代办都会记录双方。")
    expect(page.locator("h1")).to_have_text("李秀英的就医待遇")
    page.get_by_role("button", name="发送验证码").click()
    page.wait_for_load_state()
    fill(page, code=newest_code(page, "zh"))
    expect(page.locator("main")).to_contain_text("亲情代办人")

    page.goto("/zh/looks/")
    expect(page.locator("h1")).to_have_text("此项须由成员本人办理")
    expect(page.locator("main")).to_contain_text("亲情代办不能办理：查看谁看过本人记录。")
    page.click(f"{BANNER} button")
    expect(page.locator(BANNER)).to_have_count(0)
    expect(page.locator("h1")).to_have_text("谁查看过我的记录")

    page.goto("/zh/proxies/members/")
    expect(page.locator("h1")).to_have_text("我的亲情成员")
    page.get_by_role("link", name="李秀英").click()
    expect(page.locator("main .caption")).to_have_text("亲人详情")
    expect(page.locator("main")).to_contain_text("江西省 鹰潭市")
    assert ELDER[1] not in page.content()
    page.get_by_role("link", name="解除绑定").click()
    expect(page.locator("h1")).to_have_text("确定解除绑定吗？")
    page.get_by_role("button", name="解除绑定").click()
    expect(page.locator("h1")).to_contain_text("已解除")
    page.goto("/zh/entitlement/own/")
    page.click(".whom summary")
    expect(page.locator(".whom-button")).to_have_text(["本人"])
    assert "已不能再为李秀英代办" in messages_to(mail_of(ELDER))[0]

    log_in(page, ELDER)
    page.goto("/zh/looks/")
    expect(page.locator("main table")).to_contain_text("王伟（为您代办）")


def test_the_member_sees_who_acts_for_her_and_ends_it(page: Page) -> None:
    log_in(page, ELDER)
    page.goto("/zh/proxies/members/")
    expect(page.locator("main")).to_contain_text("谁为我代办")
    page.get_by_role("link", name="王伟", exact=True).click()
    expect(page.locator("main")).to_contain_text("对方可以代办")
    page.get_by_role("link", name="解除绑定").click()
    page.get_by_role("button", name="解除绑定").click()
    expect(page.locator("main")).to_contain_text("被代办人解除")
    assert "已不能再为李秀英代办" in messages_to(mail_of(world.RESIDENT))[0]
