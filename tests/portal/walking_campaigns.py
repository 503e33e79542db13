"""The walk of headquarters that inform the public: campaigns from the first choice to the end, announcements."""

from collections.abc import Iterator
from datetime import UTC, datetime

from playwright.sync_api import Page

from daftar.portal.campaigns.models import Campaign
from tests.portal.walking import fill, log_in

TEXTS = {
    "text_fa": "برای تمدید دفترچه به شعبه نیایید.",
    "text_zh": "无需到窗口办理。",
    "text_en": "No need to come to a branch.",
}
TITLES = {"title_fa": "بدون دفترچه", "title_zh": "无需本册", "title_en": "Without a booklet"}


def campaigns(page: Page, language: str) -> Iterator[str]:
    """Two campaigns, one let go and one thrown away, and an announcement."""
    log_in(page, language, "headquarters")
    page.goto(f"/{language}/campaigns/new/")
    yield "to whom"
    fill(page, reach="insured-sms")
    fill(page, name="")
    yield "a campaign with errors"
    fill(page, name="زمستان", **TEXTS)
    yield "a draft"
    Campaign.objects.filter(name="زمستان").update(counting=1)
    page.goto(page.url)
    yield "a draft whose receivers are counted again"
    Campaign.objects.filter(name="زمستان").update(counting=None)
    page.goto(page.url)
    fill(page)
    yield "let go without having read"
    fill(page, read="on")
    Campaign.objects.filter(name="زمستان").update(put=1)
    page.goto(page.url)
    yield "a campaign being sent"
    page.click("main form[action$='stop/'] button")
    yield "a campaign that was stopped"
    page.goto(f"/{language}/campaigns/new/staff-mail/")
    fill(page, name="draft", **TEXTS, **TITLES)
    page.click("main a[href$='change/']")
    yield "a draft to change"
    page.goto(f"/{language}/campaigns/")
    yield "campaigns"
    yield from _announcements(page, language)


def _announcements(page: Page, language: str) -> Iterator[str]:
    page.goto(f"/{language}/campaigns/announcements/new/")
    fill(page, last="x")
    yield "an announcement with errors"
    fill(page, tone="warning", last=f"{datetime.now(UTC).year + 1}-01-01", **TEXTS, **TITLES)
    yield "announcements"
    page.goto(f"/{language}/")
    yield "home with an announcement"
    page.goto(f"/{language}/campaigns/announcements/")
    page.click("main table form button")
    yield "an announcement that is over"


CAMPAIGN_WALKS = (campaigns,)
