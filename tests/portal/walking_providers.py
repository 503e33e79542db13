"""The walk of headquarters through the providers: who checks, one of them, its mobiles, suspended."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from playwright.sync_api import Page

from daftar.portal.monitoring.models import InquiryTally
from daftar.portal.organisations.models import Organisation
from tests.portal import world
from tests.portal.walking import fill, log_in


def providers(page: Page, language: str) -> Iterator[str]:
    """The report, filtered and not, and everything about the world's hospital."""
    Organisation.objects.filter(code=world.HOSPITAL).update(provider_type="hospital", ownership="owned")
    told = {"scope": "organisation", "place": world.HOSPITAL, "mode": "general", "outcome": "covered"}
    InquiryTally.objects.get_or_create(day=date.today(), channel="web", **told, defaults={"asked": 12})
    log_in(page, language, "headquarters")
    page.goto(f"/{language}/providers/")
    yield "providers"
    page.goto(f"/{language}/providers/?days=x")
    yield "providers, nonsense asked"
    page.goto(f"/{language}/providers/{world.HOSPITAL}/")
    yield "one provider"
    page.goto(f"/{language}/providers/{world.HOSPITAL}/mobiles/")
    fill(page, mobile="1")
    yield "mobiles with errors"
    fill(page, mobile=f"0912000{datetime.now(UTC):%S}99", seen="on")
    yield "a mobile registered"
    page.click("main table a")
    yield "end a mobile"
    page.goto(f"/{language}/providers/{world.HOSPITAL}/suspend/")
    fill(page)
    yield "suspend without a reason"


PROVIDER_WALKS = (providers,)
