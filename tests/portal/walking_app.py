"""The walk through the app's pages: nobody's, a provider's, an insured's."""

from collections.abc import Iterator

from playwright.sync_api import Page

from tests.portal import world
from tests.portal.walking import log_in, newest_code


def fill(page: Page, **values: str) -> None:
    """Fill fields and send; the answer comes without another page."""
    for name, value in values.items():
        page.fill(f"#id_{name}", value)
    page.click(".app-go")


def app(page: Page, language: str) -> Iterator[str]:
    """Each page as the portal brings it; the worker's shells are the same templates."""
    start = f"/{language}/app/"
    page.goto(start)
    yield "app"
    page.goto(f"{start}me/")
    fill(page, number="1", mobile="1")
    page.wait_for_selector(".error-summary")
    yield "app, for me, with errors"
    page.select_option("[name=type]", world.PAID[0])
    fill(page, number=world.PAID[1], mobile=world.PAID[2])
    page.wait_for_selector("[name=code]")
    yield "app, one-time code"
    fill(page, code=newest_code(page, language))
    page.wait_for_selector("[data-code]")
    yield "app, own answer"
    page.goto(f"{start}codes/")
    yield "app, last codes"
    log_in(page, language, "hospital")
    page.goto(f"{start}patient/")
    fill(page, number="1")
    page.wait_for_selector(".error-summary")
    yield "app, for a patient, with errors"
    page.select_option("[name=type]", world.PAID[0])
    fill(page, number=world.PAID[1])
    page.wait_for_selector("[data-code]")
    yield "app, answer"
    page.goto(f"{start}offline/?live")
    yield "app, offline"
