"""Walks through every page of the portal in a browser, in one language; each stop is yielded by its name."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from playwright.sync_api import Page

from daftar.portal.accounts.models import CacheEntry
from tests.portal import world

GO = "main form button.btn"


def fill(page: Page, **values: str) -> None:
    """Fill the fields of the page's form and send it."""
    for name, value in values.items():
        field = page.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            page.check(f"[name={name}][value='{value}']")
        elif field.first.get_attribute("type") == "checkbox":
            page.check(f"[name={name}]")
        else:
            field.fill(value)
    page.click(GO)
    page.wait_for_load_state()


def log_in(page: Page, language: str, user: str) -> None:
    """Password and second factor, as if the half minute were over in which a code opens nothing a second time."""
    CacheEntry.objects.filter(cache_key__contains="totp.used").delete()
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=user, password=world.PASSWORD)
    fill(page, code=world.totp(datetime.now(UTC)))


def newest_code(page: Page, language: str) -> str:
    """The code of the newest message, read in the demo's outbox in another tab."""
    tab = page.context.new_page()
    tab.goto(f"/{language}/notices/outbox/")
    found = re.search(r"\d{6}", tab.inner_text(".messages li:first-child pre"))
    tab.close()
    assert found
    return found[0]


def public(page: Page, language: str) -> Iterator[str]:
    """What anyone may open."""
    page.goto(f"/{language}/")
    yield "home"
    page.goto(f"/{language}/entitlement/own/")
    yield "own"
    fill(page, number="1")
    yield "own with errors"
    fill(page, type=world.PAID[0], number=world.PAID[1], mobile="09121111111")
    yield "own with the mismatch"
    fill(page, mobile=world.PAID[2])
    yield "one-time code"
    fill(page, code="1")
    yield "one-time code with an error"
    code = newest_code(page, language)
    page.goto(f"/{language}/notices/outbox/")
    yield "outbox"
    page.goto(f"/{language}/entitlement/own/code/")
    fill(page, code=code)
    yield "own answer"
    page.goto(f"/{language}/nowhere/")
    yield "not found"


def newcomer(page: Page, language: str) -> Iterator[str]:
    """The first log-in of somebody."""
    page.goto(f"/{language}/accounts/log-in/")
    yield "log in"
    fill(page, login="newcomer", password="wrong")
    yield "log in with an error"
    fill(page, login="newcomer", password=world.PASSWORD)
    page.goto(f"/{language}/accounts/second-factor/")
    yield "second factor"
    page.goto(f"/{language}/accounts/password/")
    yield "password again"
    page.goto(f"/{language}/accounts/log-out/")
    yield "log out"


def provider(page: Page, language: str) -> Iterator[str]:
    """A hospital."""
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login="hospital", password=world.PASSWORD)
    yield "code of the second factor"
    fill(page, code=world.totp(datetime.now(UTC)))
    page.goto(f"/{language}/accounts/code/again/")
    yield "code again"
    page.goto(f"/{language}/entitlement/ask/")
    yield "ask"
    fill(page, number="1", service_day="x")
    yield "ask with errors"
    page.goto(f"/{language}/entitlement/ask/")
    fill(page, number=world.PENSIONER[1], setting="inpatient")
    yield "answer, inpatient"
    fill(page, reference="A-77")
    yield "answer, payer recorded"
    page.goto(f"/{language}/console/feeds/")
    yield "forbidden"


def counter(page: Page, language: str) -> Iterator[str]:
    """An office counter."""
    log_in(page, language, "counter")
    page.goto(f"/{language}/console/people/")
    yield "find"
    fill(page, type=world.SON[0], number=world.SON[1])
    yield "person"
    address = page.url
    page.goto(f"{address}mobile/")
    fill(page, mobile="1")
    yield "mobile with errors"
    page.goto(f"{address}evidence/")
    fill(page, valid_until="x")
    yield "evidence with errors"
    fill(page, kind="study_certificate", valid_until="", seen="on")
    yield "person, paper recorded"
    page.goto(f"{address}consents/")
    yield "consents"
    page.click("main dl a")
    yield "consent to be recorded"
    fill(page)
    yield "consent with errors"
    fill(page, agrees="on")
    yield "consent recorded"
    page.click("main dl a")
    yield "consent to be ended"
    fill(page, seen="on")
    yield "consent ended"


def headquarters(page: Page, language: str) -> Iterator[str]:
    """Headquarters."""
    log_in(page, language, "headquarters")
    page.goto(f"/{language}/console/feeds/")
    yield "feeds"
    page.click("main table a")
    yield "batch"
    page.goto(f"/{language}/console/answers/")
    fill(page, code="1")
    yield "explain with an error"
    fill(page, code=_a_code())
    yield "explained"
    page.goto(f"/{language}/console/answers/0000000000000000/")
    yield "no answer has this code"
    page.goto(f"/{language}/console/inquiries/")
    yield "inquiries of all organisations"


def _a_code() -> str:
    from daftar.portal.journal.models import Inquiry
    from daftar.portal.journal.services import TRACKING

    return TRACKING.codes([Inquiry.objects.filter(mode="general").latest("id").id])[0]


WALKS = (public, newcomer, provider, counter, headquarters)
