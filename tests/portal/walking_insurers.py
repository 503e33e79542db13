"""Walks through the insurer's report of overlaps, and to an answer by its code."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.portal.walking import fill, log_in


def overlaps(page: Page, language: str) -> Iterator[str]:
    """Headquarters: the numbers, and one overlap."""
    log_in(page, language, "headquarters")
    page.goto(f"/{language}/entitlement/overlaps/")
    yield "overlaps"
    page.click("main table a")
    yield "one overlap"


def finding(page: Page, language: str) -> Iterator[str]:
    """A hospital looks for an answer."""
    log_in(page, language, "hospital")
    page.goto(f"/{language}/entitlement/answers/")
    fill(page, code="1")
    yield "an answer by its code, with an error"


INSURER_WALKS = (overlaps, finding)
