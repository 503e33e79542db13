"""Walks of the watch: the public status page, headquarters' operations and their history."""

from collections.abc import Iterator

from playwright.sync_api import Page

from daftar.portal.monitoring.models import ProbeDay
from tests.portal.test_watch_pages import busy
from tests.portal.walking import log_in


def status(page: Page, language: str) -> Iterator[str]:
    """Before anything was checked, and with channels in each state."""
    ProbeDay.objects.all().delete()
    page.goto(f"/{language}/status/")
    yield "status, nothing checked"
    busy()
    page.goto(f"/{language}/status/")
    page.click("summary")
    yield "status"


def operations(page: Page, language: str) -> Iterator[str]:
    """Now, and over time."""
    busy()
    log_in(page, language, "headquarters")
    page.goto(f"/{language}/operations/")
    yield "operations"
    page.goto(f"/{language}/operations/history/?days=90")
    yield "history"
    page.goto(f"/{language}/operations/history/?days=9&organisation=nowhere")
    yield "history, nonsense asked"


WATCH_WALKS = (status, operations)
