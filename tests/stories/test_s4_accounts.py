"""S4 in the guide's words: «首次使用需要先注册，再登录» (S4.10-S4.15), and what design §4 adds to it.

In Chromium, on SQLite and on PostgreSQL; Chinese pages as people see them. Mail really leaves by SMTP.
"""

import re
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from daftar.portal.accounts.models import Account, Role
from daftar.portal.notices.sending import now, send_waiting
from tests.portal import world
from tests.portal.mailbox import Mailbox, mail_server
from tests.portal.walking import GO, fill, newest_code

MAIL = "wangwei@example.cn"
PASSWORD = "abcd1357xyz"
NOT_UPLOADED = "该人员信息尚未上传至部平台，请联系参保地经办机构。"
RULE = "密码必须由8-16位的字母和数字组成，且至少包含一个字母和一个数字"


@pytest.fixture
def box(page: Page, settings) -> Mailbox:
    """The mailboxes of all people, behind a mail server on a socket."""
    with mail_server(settings) as found:
        yield found


def mailed_code(box: Mailbox, address: str) -> str:
    """The code in the newest mail to an address."""
    send_waiting(now)
    mail = next(each for each in reversed(box.mails) if each["To"] == address)
    return re.search(r"\d{6}", mail.get_content())[0]


def register(page: Page, box: Mailbox, name: str, number: str, mail: str = MAIL) -> None:
    """S4.11, S4.12 up to the mail code: «注册», the form, the code."""
    page.goto("/zh/accounts/log-in/")
    page.click("main >> text=注册")
    fill(page, name=name, type="cn-resident-id", number=number, mail=mail)
    fill(page, code=mailed_code(box, mail))


def test_registration_by_mail_code_and_back_to_the_log_in_page(page: Page, box: Mailbox) -> None:
    """S4.10-S4.12, S4.14: information and e-mail, mail code, password twice, «确认», then the log-in page."""
    register(page, box, "王伟", world.RESIDENT[1])
    expect(page.locator("main")).to_contain_text(RULE)
    fill(page, password="12345678", again="12345678")
    expect(page.locator(".error-summary")).to_contain_text(RULE)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    page.click("button:has-text('确认')")
    expect(page.locator("h1")).to_have_text("登录")
    expect(page.locator(".notice-done")).to_contain_text("账户已开通")
    assert Account.objects.get(person_key=world.key_of(world.RESIDENT)).verified_at is None
    fill(page, login=MAIL, password=PASSWORD)
    expect(page.locator(".account-who")).to_contain_text("王伟")


def test_a_person_not_yet_uploaded_is_told_so_after_the_mail_code(page: Page, box: Mailbox) -> None:
    """S4.13: the sentence, and only to who holds the mailbox."""
    page.goto("/zh/accounts/sign-up/")
    unknown = world.cn_id(77, datetime(1990, 2, 2).date())
    fill(page, name="李雷", type="cn-resident-id", number=unknown, mail=MAIL)
    assert NOT_UPLOADED not in page.inner_text("main")
    fill(page, code=mailed_code(box, MAIL))
    expect(page.locator("main")).to_contain_text(NOT_UPLOADED)
    assert not Account.objects.filter(jurisdiction="cn", role=Role.CITIZEN).exists()


def test_a_forgotten_password_is_set_anew_by_mail_code(page: Page, box: Mailbox) -> None:
    """S4.15: «忘记密码», the e-mail account, the mail code, the new password, «确定», back to the log-in page."""
    register(page, box, "王伟", world.RESIDENT[1])
    fill(page, password=PASSWORD, again=PASSWORD)
    page.click("main >> text=忘记密码")
    fill(page, mail=MAIL)
    fill(page, code=mailed_code(box, MAIL))
    page.fill("[name=password]", "another246")
    page.fill("[name=again]", "another246")
    page.click("button:has-text('确定')")
    expect(page.locator(".notice-done")).to_contain_text("密码已更改")
    fill(page, login=MAIL, password=PASSWORD)
    expect(page.locator(".error-summary")).to_be_visible()
    fill(page, login=MAIL, password="another246")
    expect(page.locator(".account-who")).to_contain_text("王伟")


def test_identity_is_verified_by_the_mobile_on_record_before_anything_more_opens(page: Page, box: Mailbox) -> None:
    """Design §4: mail confirmed first; certificates, inbox and who looked wait for the code to the mobile."""
    register(page, box, "王伟", world.RESIDENT[1])
    fill(page, password=PASSWORD, again=PASSWORD)
    fill(page, login=MAIL, password=PASSWORD)
    page.goto("/zh/accounts/notices/")
    expect(page.locator("h1")).to_have_text("核验身份")
    page.click(GO)
    fill(page, code=newest_code(page, "zh"))
    expect(page.locator("h1")).to_have_text("通知")  # the page that was wanted
    fill(page, channel="sms")
    expect(page.locator(".notice-done")).to_contain_text("短信")


def test_who_proves_to_be_the_person_takes_the_place_of_an_unverified_account(page: Page, box: Mailbox) -> None:
    """Design §4: one account, one person; both mailboxes are told."""
    register(page, box, "王伟", world.RESIDENT[1], mail="squatter@example.cn")
    fill(page, password=PASSWORD, again=PASSWORD)
    register(page, box, "王伟", world.RESIDENT[1])
    expect(page.locator("main")).to_contain_text("该人员已有一个未经核验的账户")
    page.click(GO)
    fill(page, code=newest_code(page, "zh"))
    fill(page, password=PASSWORD, again=PASSWORD)
    send_waiting(now)
    told = {mail["To"]: mail["Subject"] for mail in box.mails}
    assert told == {"squatter@example.cn": "Daftar：您的账户已关闭", MAIL: "Daftar：您的身份已核验"}
    fill(page, login="squatter@example.cn", password=PASSWORD)
    expect(page.locator(".error-summary")).to_be_visible()
    fill(page, login=MAIL, password=PASSWORD)
    page.goto("/zh/accounts/notices/")
    expect(page.locator("h1")).to_have_text("通知")
