"""S2.12 and S2.13 as people live them: a student without cover objects, 1420 looks, the branch sees his certificate.

In Chromium, in Persian, on SQLite: what differs between the databases is tested where it is written.
"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from daftar.portal.people.services import mobile_register
from daftar.terms.mobiles import read_mobile
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.walking import fill, log_in, newest_code

pytestmark = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)

MOBILE = "09120000033"
SAID = "دانشجوی ترم پنجم هستم و گواهی تحصیل دارم."
ANSWER = "گواهی تحصیل شما ثبت شد؛ از امروز حمایت درمانی دارید."
LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def ask(page: Page) -> None:
    """«استحقاق درمان»: national code, mobile, the code that came by SMS (S2.8)."""
    page.context.clear_cookies()
    page.goto("/fa/entitlement/own/")
    fill(page, type=world.SON[0], number=world.SON[1], mobile=MOBILE)
    fill(page, code=newest_code(page, "fa"))


def newest_sms(page: Page) -> str:
    """The newest message in the demo's outbox."""
    page.goto("/fa/notices/outbox/")
    return page.inner_text(".messages li:first-child pre").translate(LATIN)


def test_a_student_objects_and_the_branch_records_his_certificate(page: Page, site: str) -> None:
    """From «حمایت درمانی ندارد» to «حمایت درمانی دارد», each told and on record."""
    mobile_register(
        key=world.key_of(world.SON),
        mobile=read_mobile(MOBILE, "IR"),
        office=world.OFFICE,
        by="counter",
        at=datetime.now(UTC),
    )
    ask(page)
    expect(page.locator("h1")).to_have_text("حمایت درمانی ندارد")
    expect(page.locator("main")).to_contain_text("1420".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")))
    page.click("a[href$='/object/']")
    fill(page, said=SAID)
    number = page.get_attribute("[data-code]", "data-code")
    assert number
    page.reload()
    expect(page.locator(f"[data-code='{number}']")).to_be_visible()
    assert number in re.sub(r"\D", "", newest_sms(page)), "he is told the number by SMS"

    log_in(page, "fa", "hotline")
    page.click(f"a[href$='/{number}/']")
    for shown in (SAID, text("reason.study_certificate_missing", "fa"), "امید نمونه"):
        expect(page.locator("main")).to_contain_text(shown)
    page.click("form[action$='/claim/'] button")
    page.click("main details:has(form[action$='/pass-on/']) summary")
    page.select_option("[name=pass-office]", world.OFFICE)
    page.fill("[name=pass-note]", "لطفاً گواهی را ببینید.")
    page.click("form[action$='/pass-on/'] button")
    page.wait_for_load_state()

    page.context.clear_cookies()
    log_in(page, "fa", "counter")
    page.goto("/fa/objections/list/")
    page.click(f"a[href$='/{number}/']")
    page.click("form[action$='/claim/'] button")
    page.click("main details:has(form[action$='/uphold/']) summary")
    page.check("[name=up-reasons][value=paper_recorded]")
    page.fill("[name=up-note]", ANSWER)
    page.select_option("[name=up-kind]", "study_certificate")
    page.fill("[name=up-valid_from]", str(date.today() - timedelta(days=60)))
    page.check("[name=up-seen]")
    page.click("form[action$='/uphold/'] button")
    expect(page.locator(".notice-done")).to_be_visible()
    expect(page.locator("main")).to_contain_text(text("objection_state.approved", "fa"))

    assert "وارد دانسته شد" in newest_sms(page)
    ask(page)
    expect(page.locator("h1")).to_have_text("حمایت درمانی دارد")
