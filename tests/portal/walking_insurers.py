"""Walks through the insurer's report of overlaps."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.portal.walking import log_in


def overlaps(page: Page, language: str) -> Iterator[str]:
    """Headquarters: the numbers, and one overlap."""
    log_in(page, language, "headquarters")
    page.goto(f"/{language}/entitlement/overlaps/")
    yield "overlaps"
    page.click("main table a")
    yield "one overlap"


INSURER_WALKS = (overlaps,)
