"""The counter's photograph by the computer's own camera: Chromium, with a camera that shows a test picture."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from daftar.portal.console import counter_photo
from daftar.portal.people.photos import reference_photo
from daftar.portal.proxy.faces import Outcome
from tests.browser import CHROMIUM, FLAGS, axe, too_wide
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.binding import ELDER
from tests.portal.walking import fill, log_in

CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One with a camera."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *CAMERA])
        yield browser
        browser.close()


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
def test_the_computers_camera_fills_the_form(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter_photo, "reference_outcome", lambda made: Outcome.ACCEPTED)  # of nobody, this picture
    ground.people()
    log_in(page, "zh", "counter-cn")
    page.goto("/zh/console/people/")
    fill(page, type=ELDER[0], number=ELDER[1])
    page.click("text=拍摄或删除人脸认证参考照片")
    assert page.locator(".error-summary").count() == 0
    page.click("text=打开本机摄像头")
    page.click("text=拍照 >> visible=true")
    page.wait_for_selector("text=已拍摄。请核对照片，然后在下方保存。")
    page.set_viewport_size({"width": 360, "height": 740})
    assert axe(page) == []
    assert not too_wide(page)
    page.check("[name=seen]")
    page.click("text=核验并保存照片")
    page.wait_for_selector("text=照片已保存")
    kept = reference_photo(world.key_of(ELDER))
    assert kept is not None
    assert len(kept) > 5_000, "a picture with something on it"
