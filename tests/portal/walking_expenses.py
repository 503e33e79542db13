"""The walk through the pages of expenses: the list with everything that is marked in it, statements."""

from collections.abc import Iterator
from datetime import date

from playwright.sync_api import Page

from tests.portal import settling, world
from tests.portal.settling import refund, settle
from tests.portal.walking import fill


def expenses(page: Page, language: str) -> Iterator[str]:
    """A citizen of China who has passed the quiz."""
    settling.places()
    settling.pass_quiz(settling.citizen())
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=settling.MAIL, password=world.PASSWORD)
    page.goto(f"/{language}/settlements/expenses/")
    yield "no expenses"
    some_settlements()
    page.goto(f"/{language}/settlements/expenses/")
    yield "expenses"
    page.click(".expenses .marked th a")
    yield "statement that does not add up"
    page.go_back()
    page.click(".said-of p a[href*='/expenses/']")
    yield "statement, an earlier version"
    page.click("main .notice a")
    yield "statement, corrected"


def some_settlements() -> None:
    """One of each sort: right, refunded, corrected, not adding up, of another year."""
    settle("A")
    refund("R", of="A")
    settle("B", 1, total=1_000_000, admitted=date(2024, 5, 1), discharged=date(2024, 5, 20))
    settle("B", 2, kind="correction", admitted=date(2024, 5, 1), discharged=date(2024, 5, 21))
    settle("C", cash=None, fund_pool=799_999, admitted=date(2026, 1, 3), discharged=date(2026, 1, 9))
