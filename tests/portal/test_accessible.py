"""Every page in every language: axe finds nothing (WCAG 2.2 AA), and nothing is scrolled sideways at 360 px."""

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils.translation import override
from playwright.sync_api import Browser, Page

from tests.browser import axe, too_wide
from tests.portal.walking import WALKS
from tests.portal.walking_accounts import ACCOUNT_WALKS
from tests.portal.walking_acting import acting
from tests.portal.walking_app import app
from tests.portal.walking_binding import BINDING_WALKS
from tests.portal.walking_campaigns import CAMPAIGN_WALKS
from tests.portal.walking_certificates import certificates
from tests.portal.walking_counter import COUNTER_WALKS
from tests.portal.walking_directory import DIRECTORY_WALKS
from tests.portal.walking_enrolment import ENROLMENT_WALKS
from tests.portal.walking_expenses import expenses
from tests.portal.walking_filings import FILING_WALKS
from tests.portal.walking_insurers import INSURER_WALKS
from tests.portal.walking_looks import LOOK_WALKS
from tests.portal.walking_mending import MENDING_WALKS
from tests.portal.walking_objections import OBJECTION_WALKS
from tests.portal.walking_officials import OFFICIAL_WALKS
from tests.portal.walking_progress import PROGRESS_WALKS
from tests.portal.walking_providers import PROVIDER_WALKS
from tests.portal.walking_quiz import QUIZ_WALKS
from tests.portal.walking_review import REVIEW_WALKS
from tests.portal.walking_watch import WATCH_WALKS

NOT_PAGES = {
    *("manifest", "metrics"),
    *("journal_head", "looks:export"),
    "console:start",
    *("entitlement:own_finish", "proxy:switch"),
    *("affiliation:export", "affiliation:file_answers", "organisation:client_stop", "console:inquiries_file"),
    *("directory:institutions_file", "directory:pooling_regions_file"),
    *("directory:offices_file", "directory:regions_file"),
    *("app:worker", "app:session", "app:shell", "app:finish"),
    *("jwks", "certificates:paper", "certificates:opened_paper", "settlement:paper", "cases:material"),
    *("review:next", "review:claim", "review:release", "review:material", "review:page"),
    *("providers:report_file", "campaigns:count", "campaigns:discard", "campaigns:stop", "campaigns:announcement_end"),
    *("console:registry", "entitlement:overlaps_file"),
    *("objections:list_file", "console:objection_claim", "console:objection_release", "console:objection_pass_on"),
    *("review:queue_file", "review:lookup_file", "review:placements_file"),
    *("api:regions", "api:pooling-regions", "api:institutions", "api:offices", "api:nothing_here"),
}
"""Addresses that answer with a redirect or with data."""

NARROW = {"width": 360, "height": 740}


def names(resolver: URLResolver, space: str = "") -> set[str]:
    """Names of all addresses."""
    found: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.add(f"{space}{entry.name}")
        else:
            found |= names(entry, f"{entry.namespace}:" if entry.namespace else space)
    return found


def name_of(address: str, language: str) -> set[str]:
    """The name of a page's address; none for a page that is not there."""
    with override(language):
        try:
            return {resolve(address.partition("?")[0]).view_name}
        except Resolver404:
            return set()


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["fa", *(pytest.param(each, marks=pytest.mark.slow) for each in ("en", "zh"))])
def test_every_page(language: str, chromium: Browser, site: str, page: Page) -> None:
    defects: list[str] = []
    visited: set[str] = set()
    for walk in (
        *WALKS,
        *OFFICIAL_WALKS,
        *LOOK_WALKS,
        certificates,
        *BINDING_WALKS,
        acting,
        expenses,
        *QUIZ_WALKS,
        *FILING_WALKS,
        *ENROLMENT_WALKS,
        *PROGRESS_WALKS,
        app,
        *DIRECTORY_WALKS,
        *MENDING_WALKS,
        *ACCOUNT_WALKS,
        *COUNTER_WALKS,
        *REVIEW_WALKS,
        *OBJECTION_WALKS,
        *PROVIDER_WALKS,
        *CAMPAIGN_WALKS,
        *INSURER_WALKS,
        *WATCH_WALKS,
    ):
        page.context.clear_cookies()
        for stop in walk(page, language):
            visited |= name_of(page.url.removeprefix(site), language)
            defects += [f"{stop}: {defect}" for defect in axe(page)]
            page.set_viewport_size(NARROW)
            defects += [f"{stop}: too wide"] if too_wide(page) else []
            page.set_viewport_size({"width": 1280, "height": 800})
    assert defects == []
    assert names(get_resolver()) - visited == NOT_PAGES
