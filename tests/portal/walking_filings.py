"""The walk through the pages about filings: where they count, one's own."""

from collections.abc import Iterator
from datetime import date

from playwright.sync_api import Page

from tests.portal import world
from tests.portal.filing_ground import BEIJING, NINGBO, ZHEJIANG, filed, regions, resident
from tests.portal.walking import fill
from tests.portal.walking_new_filing import NEW_FILING_WALKS


def destination(page: Page, language: str) -> Iterator[str]:
    """The public page, step by step."""
    address = f"/{language}/directory/destination/"
    regions()
    page.goto(address)
    yield "where does my filing count"
    page.select_option("[name=province]", ZHEJIANG)
    page.select_option("[name=city]", ZHEJIANG)
    yield "a province and its cities"
    page.click("main form button.btn")
    yield "the provincial level"
    page.goto(f"{address}?city={NINGBO}&starts=2017-06-01&ends=2023-06-30")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    yield "a city, across a change of the law"
    page.goto(f"{address}?province={BEIJING}&starts=2017-01-01")
    yield "no rule"
    page.goto(f"{address}?province=cn-990000&starts=2026-02-02&ends=2026-02-01")
    yield "destination with errors"


def own(page: Page, language: str) -> Iterator[str]:
    """Nothing filed; then some filings."""
    account = resident()
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=account.fields["mail"], password=world.PASSWORD)
    page.goto(f"/{language}/filings/")
    yield "nothing filed"
    filed("w1")
    filed("w2", starts=date(2019, 1, 1), ends=date(2019, 12, 31), category="referral", destination_region=BEIJING)
    filed("w3", starts=date(2025, 1, 1), state="cancelled", category="other_temporary", destination_region=NINGBO)
    page.goto(f"/{language}/filings/")
    yield "own filings"


FILING_WALKS = (destination, own, *NEW_FILING_WALKS)
