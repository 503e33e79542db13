"""Everything works where scripts do not run (design §9)."""

import pytest
from playwright.sync_api import Browser

from daftar.terms.texts import text
from tests.portal import world
from tests.portal.looking import looked
from tests.portal.walking import GO, fill, newest_code
from tests.portal.walking_looks import citizen


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_own_entitlement_without_scripts(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/zh/entitlement/own/")
    fill(page, type=world.RESIDENT[0], number=world.RESIDENT[1], mobile=world.RESIDENT[2])
    fill(page, code=newest_code(page, "zh"))
    assert page.inner_text("h1") == text("status.covered", "zh")
    assert page.locator("svg.qr").is_visible()
    assert not page.locator("[data-copy]").is_visible()
    context.close()


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_who_looked_is_read_filtered_fetched_and_questioned_without_scripts(chromium: Browser, site: str) -> None:
    looked(world.key_of(world.PAID))
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    citizen(page, "en")
    page.goto("/en/looks/")
    page.select_option("[name=who]", "organisations")
    page.click(GO)
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Fetch this list as a file").click()
    assert fetched.value.suggested_filename == "looks.csv"
    page.click("main table a")
    page.get_by_role("link", name="Question this look").click()
    fill(page, question="What was it for?")
    assert "What was it for?" in page.inner_text("main")
    context.close()
