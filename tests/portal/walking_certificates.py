"""The walk through the pages of certificates: the citizen's, the organisation's, the stranger's."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.portal import officials, world
from tests.portal.certifying import MAIL, number_and_code
from tests.portal.walking import fill, log_in


def certificates(page: Page, language: str) -> Iterator[str]:
    """Issue one, let it be opened, revoke it."""
    own = f"/{language}/certificates/own/"
    enter(page, language)
    page.goto(own)
    fill(page, period_from="1")
    yield "own relationship with errors"
    fill(page, period_from="")
    yield "own relationship"
    page.goto(f"{own}organisation/?query=nobody")
    yield "no organisation fits"
    page.goto(f"{own}organisation/")
    yield "choose the organisation"
    page.check(f"[value={officials.FUND}]")
    page.click("main form[method=post] button")
    yield "preview"
    fill(page)
    yield "number and access code"
    number, code = number_and_code(page.content())
    page.goto(f"/{language}/certificates/inbox/?query=nobody")
    yield "inbox, nothing fits"
    page.context.clear_cookies()
    yield from opening(page, language, number, code)
    yield from verifying(page, language, number)
    page.context.clear_cookies()
    enter(page, language)
    page.goto(f"/{language}/certificates/inbox/")
    yield "inbox"
    page.goto(f"/{language}/certificates/inbox/{number}/")
    yield "certificate"
    page.goto(f"/{language}/certificates/inbox/{number}/revoke/")
    yield "revoke"
    fill(page)
    yield "revoked"
    page.goto(f"/{language}/certificates/inbox/{number}/code/")
    yield "code of a revoked one"


def enter(page: Page, language: str) -> None:
    """A citizen whose identity is verified logs in."""
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=MAIL, password=world.PASSWORD)


def opening(page: Page, language: str, number: str, code: str) -> Iterator[str]:
    """A clerk of the fund."""
    log_in(page, language, "fund")
    page.goto(f"/{language}/certificates/open/")
    fill(page, number="1", access_code="1")
    yield "open a document with errors"
    fill(page, number=number, access_code="0000-0000-0000")
    yield "open a document with a wrong code"
    fill(page, access_code=code)
    yield "opened document"


def verifying(page: Page, language: str, number: str) -> Iterator[str]:
    """Anybody."""
    page.goto(f"/{language}/certificates/verify/")
    fill(page, number="1")
    yield "verify with an error"
    fill(page, number=number)
    yield "verdict"
