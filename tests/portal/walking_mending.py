"""Walks through the guides, and through staff's pages of the directory."""

from collections.abc import Iterator

from playwright.sync_api import Page

from daftar.portal.directory.models import Institution
from tests.portal import entries
from tests.portal.walking import fill, log_in

WHY = {"fa": "تماس تلفنی بیمارستان", "zh": "医院来电", "en": "Call of the hospital"}


def guides(page: Page, language: str) -> Iterator[str]:
    """The guides, from the home page."""
    page.goto(f"/{language}/")
    addresses = [link.get_attribute("href") for link in page.locator(".guides a").all()]
    for address in addresses:
        page.goto(address)
        yield f"guide {address}"


def mending(page: Page, language: str) -> Iterator[str]:
    """An entry is found, mended, and mended by two at once."""
    if not Institution.objects.filter(code=entries.HOSPITAL).exists():
        entries.build()
    log_in(page, language, "headquarters")
    page.goto(f"/{language}/console/directory/?q=yujiang")
    yield "entries of the directory"
    page.goto(f"/{language}/console/directory/?page=99&q={'x' * 200}")
    yield "entries, too far"
    page.goto(f"/{language}/console/directory/institutions/{entries.HOSPITAL}/")
    yield "an entry"
    address = f"/{language}/console/directory/institutions/mend/{entries.HOSPITAL}/"
    page.goto(address)
    yield "mend"
    fill(page, region="cn-999999", closed_on="x", reason="")
    yield "mend with errors"
    page.goto(address)
    second = page.context.new_page()
    second.goto(address)
    fill(second, phone=f"0701-{language}", reason=WHY[language])
    second.close()
    fill(page, phone="0701-0000088", level="二级甲等", reason=WHY[language])
    yield "mended by two at once"
    fill(page)
    yield "an entry with its timeline"
    yield from _adding(page, language)
    page.context.clear_cookies()
    log_in(page, language, "counter")
    page.goto(f"/{language}/console/directory/")
    yield "entries, an office without a region"


def _adding(page: Page, language: str) -> Iterator[str]:
    """A region is mended; an entry is added, withdrawn, and looked at afterwards."""
    page.goto(f"/{language}/console/directory/?kind=regions")
    yield "regions for staff"
    page.goto(f"/{language}/console/directory/regions/mend/{entries.CITY}/")
    fill(page, parent=entries.COUNTY, reason=WHY[language])
    yield "mend a region, with errors"
    page.goto(f"/{language}/console/directory/offices/add/")
    fill(page, code=entries.AGENCY, name="", reason="")
    yield "add an entry, with errors"
    code = f"cn-h360600-{language}"
    page.select_option("[name=kind]", "handling")
    fill(page, code=code, name="鹰潭市异地就医经办窗口", region=entries.CITY, reason=WHY[language])
    yield "an entry that was added"
    page.goto(f"/{language}/console/directory/offices/withdraw/{code}/")
    yield "withdraw an entry"
    fill(page, reason=WHY[language])
    yield "an entry that is withdrawn"


MENDING_WALKS = (guides, mending)
