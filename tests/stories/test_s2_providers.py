"""S2.11 and S2.14 at headquarters, in the guide's words: «پزشکان، داروخانه‌ها، پاراکلینیک‌ها، درمانگاه‌ها، بیمارستان‌ها».

In Chromium, in Persian: an inquiry is asked and counted, who does not ask is found and reminded by SMS.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from daftar.portal.campaigns import sending
from daftar.portal.campaigns.models import Campaign
from daftar.portal.monitoring.tallying import journal_tally
from daftar.portal.notices.models import OutboxMessage
from daftar.portal.notices.selectors import newest_messages
from daftar.portal.organisations.models import Agreement, Organisation
from tests.portal import world
from tests.portal.walking import fill, log_in

NOON = datetime.now(UTC).replace(hour=9) + timedelta(days=1)
"""Of tomorrow in Tehran, when SMS go out to many."""
REMINDER = "استعلام استحقاق درمان پیش از درمان الزامی است."


def pharmacy() -> None:
    """A pharmacy under contract that has never asked."""
    long_ago = world.long_ago()
    told = {"kind": "provider", "provider_type": "pharmacy", "ownership": "contracted", "recorded_at": long_ago}
    Organisation.objects.create(code="pharmacy-1", name="داروخانه نمونه", **told)
    Organisation.objects.filter(code=world.HOSPITAL).update(provider_type="hospital", ownership="owned")
    Agreement.objects.create(organisation="pharmacy-1", number="1", starts=long_ago.date(), recorded_at=long_ago)


def asks(page: Page) -> None:
    """The hospital asks about a patient."""
    log_in(page, "fa", "hospital")
    page.goto("/fa/entitlement/ask/")
    fill(page, number=world.PENSIONER[1])
    page.context.clear_cookies()


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_who_does_not_check_is_found_and_reminded(portal: str, site: str, page: Page) -> None:
    pharmacy()
    asks(page)
    journal_tally(timezone.now() + timedelta(minutes=5))
    log_in(page, "fa", "headquarters")
    page.click("text=تکلیف استعلام مراکز")
    expect(page.locator("h1")).to_have_text("مراکز درمانی و تکلیف استعلام")
    expect(page.locator("table tr", has_text="بیمارستان نمونه")).to_contain_text("استعلام می‌کند")
    page.select_option("[name=checking]", "never")
    page.click("main form[method=get] button")
    expect(page.locator("table", has_text="آخرین استعلام").locator("tbody tr")).to_have_count(1)
    page.click("text=داروخانه نمونه")
    expect(page.locator("main")).to_contain_text("مرکز امروز اجازه استعلام دارد")
    page.click("text=دیدن و تغییر")
    fill(page, mobile="۰۹۱۲۰۰۰۰۰۸۸", holder="پذیرش", seen="on")
    expect(page.locator("main")).to_contain_text("تلفن همراه ثبت شد")
    page.goto("/fa/campaigns/new/")
    fill(page, reach="providers-sms")
    fill(
        page,
        name="یادآوری",
        silent="on",
        text_fa=REMINDER,
        text_zh="诊疗前须查询待遇。",
        text_en="Check before treating.",
    )
    expect(page.locator("dl.facts")).to_contain_text("گیرندگان")
    expect(page.locator("dl.facts strong")).to_have_text("۱")
    fill(page, read="on")
    expect(page.locator("main")).to_contain_text("در حال ارسال")
    sending.send_due(NOON)
    campaign = Campaign.objects.get()
    assert (campaign.state, campaign.put) == ("sending", 1)
    message = newest_messages()[0].message
    assert (message.to, message.text) == ("+989120000088", REMINDER)
    OutboxMessage.objects.filter(campaign=campaign.pk).update(state="delivered")
    sending.send_due(NOON)
    page.click("text=دوباره ببینید")
    expect(page.locator("main")).to_contain_text("ارسال‌شده")
