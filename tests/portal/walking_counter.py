"""Walks through the counter's pages about proxies: photograph, bindings, commitments; and persons behind accounts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.people.models import Person
from tests.portal import binding, world
from tests.portal.walking import fill, log_in


def _people() -> None:
    """王伟 with a child by letter, and an account that reviews; once for all languages."""
    account = binding.people()
    if Account.objects.filter(user="judge-cn").exists():
        return
    born = date.today() - timedelta(days=4000)
    Person.objects.filter(key=world.key_of(binding.CHILD)).update(birth_date=born)
    binding.bind_child(account, datetime.now(UTC), born=born)
    account_make(user="judge-cn", password=world.PASSWORD, role=Role.REVIEWER, jurisdiction="cn")


def proxies(page: Page, language: str) -> Iterator[str]:
    """Photograph, binding, ending."""
    _people()
    log_in(page, language, "counter-cn")
    page.goto(f"/{language}/console/people/")
    fill(page, type=world.RESIDENT[0], number=world.RESIDENT[1])
    yield "person who can be bound"
    address = page.url
    page.goto(f"{address}photo/")
    yield "photograph"
    page.click("main form button.btn-primary")
    yield "photograph with errors"
    page.goto(f"{address}photo/remove/")
    yield "photograph to be removed"
    page.goto(f"{address}bindings/")
    yield "bindings"
    page.goto(f"{address}bindings/new/")
    yield "whom to bind"
    fill(page, type=binding.STRANGER[0], number=binding.STRANGER[1])
    yield "two to be bound"
    page.click("main form button.btn")
    yield "two to be bound, with errors"
    fill(page, kinship="parent", both="on")
    yield "two are bound"
    page.locator("main table a").first.click()
    yield "binding to be ended"
    fill(page, seen="on")
    yield "binding ended"


def staff(page: Page, language: str) -> Iterator[str]:
    """What staff of China see."""
    Account.objects.filter(user="headquarters").update(jurisdiction="cn")
    log_in(page, language, "headquarters")
    page.goto(f"/{language}/console/commitments/?show=all")
    yield "commitments"
    page.goto(f"/{language}/console/reviewers/")
    yield "persons behind staff accounts"
    page.click("main table a:has-text('headquarters')")
    yield "one's own account"
    page.goto(f"/{language}/console/reviewers/")
    page.click("main table a:has-text('judge-cn')")
    yield "a reviewer"
    fill(page, number="1")
    yield "a reviewer with errors"
    Account.objects.filter(user="headquarters").update(jurisdiction="ir")


COUNTER_WALKS = (proxies, staff)
