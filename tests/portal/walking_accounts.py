"""Walks through the pages of accounts: sign-up, identity, forgotten password, one's own account, users."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from playwright.sync_api import Page

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.services import account_make
from tests.portal import world
from tests.portal.walking import GO, fill, log_in, newest_code

MAIL = "parvin@example.org"
GOOD = "secret42you"


def signing_up(page: Page, language: str) -> Iterator[str]:
    """A pensioner, and somebody the registry does not know."""
    page.goto(f"/{language}/accounts/sign-up/")
    yield "sign up"
    fill(page, number="1", mail="x")
    yield "sign up with errors"
    person = {"type": world.PENSIONER[0], "number": world.PENSIONER[1]}
    fill(page, name="Nobody", mail="nobody@example.org", **person)
    fill(page, code=newest_code(page, language))
    yield "sign up refused"
    page.goto(f"/{language}/accounts/sign-up/")
    fill(page, name="پروین بازنشسته", mail=MAIL, **person)
    yield "mail code"
    fill(page, code="1")
    yield "mail code with an error"
    fill(page, code=newest_code(page, language))
    fill(page, password="short", again="other")
    yield "password with errors"
    fill(page, password=GOOD, again=GOOD)
    yield "log in after sign-up"


def taking_place(page: Page, language: str) -> Iterator[str]:
    """An unverified account of the person exists."""
    page.goto(f"/{language}/accounts/sign-up/")
    person = {"type": world.LAPSED[0], "number": world.LAPSED[1]}
    fill(page, name="لیلا آزمایشی", mail="leila@example.org", **person)
    fill(page, code=newest_code(page, language))
    yield "sign up, identity"
    page.click(GO)
    yield "sign up, identity code"
    fill(page, code="1")
    yield "sign up, identity code with an error"


def forgetting(page: Page, language: str) -> Iterator[str]:
    """A forgotten password."""
    page.goto(f"/{language}/accounts/forgotten/")
    fill(page, mail="x")
    yield "forgotten password with an error"
    fill(page, mail=MAIL)
    yield "forgotten password, code"
    fill(page, code=newest_code(page, language))
    yield "forgotten password, new password"
    fill(page, password=GOOD, again=GOOD)
    yield "log in after a new password"


def citizen(page: Page, language: str) -> Iterator[str]:
    """One's own account, first confirmed by mail alone, then verified."""
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=MAIL, password=GOOD)
    page.goto(f"/{language}/accounts/")
    yield "my account, not verified"
    page.goto(f"/{language}/accounts/notices/")
    yield "prove your identity"
    page.click(GO)
    page.goto(f"/{language}/accounts/identity/code/")
    yield "prove your identity, code"
    fill(page, code=newest_code(page, language))
    fill(page, channel="sms")
    yield "my account, notices chosen"
    page.goto(f"/{language}/accounts/notices/")
    yield "notices"
    page.goto(f"/{language}/accounts/identity/")
    yield "identity is verified"
    page.goto(f"/{language}/accounts/password/new/")
    fill(page, old="x", password="short", again="x")
    yield "new password with errors"
    page.goto(f"/{language}/accounts/sessions/")
    yield "sessions"
    page.goto(f"/{language}/accounts/second-factor/")
    fill(page, code=_code_of_the_key(page))
    page.goto(f"/{language}/accounts/second-factor/off/")
    yield "without the second factor"
    page.click(GO)
    page.goto(f"/{language}/accounts/sessions/")
    page.click("main button[value=all]")
    yield "logged out everywhere"


def users(page: Page, language: str) -> Iterator[str]:
    """An organisation's administrator: users, an invitation, and where its link leads."""
    account_make(
        user="hospital-admin",
        password=world.PASSWORD,
        role=Role.ADMINISTRATOR,
        organisation=world.HOSPITAL,
        display_name="مدیر بیمارستان",
        totp_secret=world.TOTP_SECRET,
    )
    log_in(page, language, "hospital-admin")
    page.goto(f"/{language}/accounts/users/invite/")
    fill(page, user="x")
    yield "invite with errors"
    fill(page, role="operator", name="سارا کارمند", mail="sara@example.org", user="sara")
    yield "users, invited"
    page.click("main table a[href$='/']")
    yield "a user"
    page.goto(f"/{language}/notices/outbox/")
    link = re.search(r"/\w\w/accounts/invitations/[\w-]+/", page.inner_text(".messages li:first-child pre"))
    assert link
    page.goto(link[0])
    fill(page, password="short", again="short")
    yield "invitation with errors"
    page.goto(f"/{language}/accounts/invitations/nonsense/")
    yield "invitation is over"


def at_the_counter(page: Page, language: str) -> Iterator[str]:
    """An office counter and the account of a person."""
    account_make(
        user="second-counter",
        password=world.PASSWORD,
        role=Role.COUNTER,
        office=world.OFFICE,
        totp_secret=world.TOTP_SECRET,
    )
    log_in(page, language, "second-counter")
    page.goto(f"/{language}/console/people/")
    fill(page, type=world.LAPSED[0], number=world.LAPSED[1])
    page.goto(f"{page.url}account/")
    page.click("main [value=verify]")
    yield "a person's account with an error"
    page.check("[name=seen]")
    page.click("main [value=verify]")
    yield "a person, identity verified"


def _code_of_the_key(page: Page) -> str:
    return world.totp(datetime.now(UTC), page.inner_text(".key"))


ACCOUNT_WALKS = (signing_up, taking_place, forgetting, citizen, users, at_the_counter)
