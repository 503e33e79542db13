"""Everything works where scripts do not run (design §9)."""

import pytest
from playwright.sync_api import Browser

from daftar.terms.texts import text
from tests.portal import world
from tests.portal.walking import fill, newest_code


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
