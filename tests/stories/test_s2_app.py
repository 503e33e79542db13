"""S2.4, S2.20: the app of physicians and insured, in Chromium with a camera that plays a film and a line that breaks.

Persian pages as people see them.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from daftar.portal.certificates.models import Certificate
from daftar.portal.journal.models import Inquiry
from daftar.terms.digits import to_persian
from daftar.terms.texts import text
from tests.browser import CHROMIUM, FLAGS, PATIENCE_MS
from tests.portal import world
from tests.portal.acting import log_in, told
from tests.portal.certifying import citizen, issue
from tests.portal.scanning import hold
from tests.portal.walking import newest_code

pytestmark = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)

COVERED = "حمایت درمانی دارد"
OFFLINE = "به شبکه وصل نیستید"
WAITS = "پرسش شما در همین صفحه می‌ماند"
NARROW = {"width": 360, "height": 740}
ASK = "button.app-go"

STANDS = "() => navigator.serviceWorker.controller !== null"
KEPT = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const store = await caches.open(name);
    for (const request of await store.keys()) {
      const answer = await store.match(request, { ignoreVary: true });
      found[new URL(request.url).pathname] = request.url.includes("/static/") ? "" : await answer.text();
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def camera_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the camera sees; a test holds something before it, then opens it."""
    return tmp_path_factory.mktemp("camera") / "film.y4m"


@pytest.fixture(scope="module")
def chromium(camera_film: Path) -> Iterator[Browser]:
    """Chromium with the film for a camera."""
    camera = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={camera_film}"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *camera])
        yield browser
        browser.close()


@pytest.fixture
def telephone(chromium: Browser, site: str) -> Iterator[Page]:
    """A page of a small telephone; mistakes of its scripts fail the test, a line that is gone is none of them."""
    context = chromium.new_context(base_url=site, viewport=NARROW, permissions=["camera"])
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    yield page
    context.close()
    assert mistakes == []


def open_app(page: Page) -> None:
    """The first visit, until the worker stands behind the page."""
    page.goto("/fa/app/")
    page.wait_for_function(STANDS)


def physician(page: Page, site: str) -> None:
    """Somebody of the hospital, logged in, opens the app."""
    session = log_in("hospital").cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": site}])
    open_app(page)


def type_number(page: Page, number: str) -> None:
    """By the keys of the pad, as a thumb does."""
    for digit in number:
        page.click(f'[data-key="{digit}"]')


def test_a_physician_asks_by_the_pad_and_finds_the_code_again(telephone: Page, site: str) -> None:
    """S2.4, S2.7: the number, one of two statuses, the tracking code; the device keeps code and time alone."""
    physician(telephone, site)
    telephone.click("main .card-link:first-child a")
    expect(telephone.locator("[data-asks-as]")).to_have_text("بیمارستان نمونه")
    type_number(telephone, world.PAID[1][:9] + "5")
    telephone.click('[data-key="back"]')
    type_number(telephone, world.PAID[1][9])
    expect(telephone.locator("#id_number")).to_have_value(to_persian(world.PAID[1]))
    telephone.click(ASK)
    expect(telephone.locator(".status-word")).to_have_text(COVERED)
    (row,) = told(world.key_of(world.PAID))
    assert (row.channel, row.mode, row.organisation) == ("app", "general", world.HOSPITAL)
    code = telephone.get_attribute("[data-code]", "data-code")
    telephone.reload()
    expect(telephone.locator("[data-code]")).to_have_attribute("data-code", code)
    telephone.click(".app-tabs li:last-child a")
    expect(telephone.locator("[data-fours]")).to_have_text(" ".join(code[i : i + 4] for i in range(0, 16, 4)))
    kept = json.loads(telephone.evaluate("localStorage.getItem('daftar.codes')"))
    assert [set(each) for each in kept] == [{"code", "at"}]
    nothing_personal(telephone, world.PAID)
    telephone.click("[data-codes-forget]")
    expect(telephone.locator("[data-codes-none]")).to_be_visible()
    assert telephone.evaluate("localStorage.getItem('daftar.codes')") is None
    telephone.context.clear_cookies(name="session")
    telephone.click(".app-tabs [data-mode=patient]")
    telephone.wait_for_url("**/fa/accounts/log-in/?next=/fa/app/patient/")


def nothing_personal(page: Page, made: tuple[str, str, str]) -> None:
    """Neither the worker's store nor the browser's holds a number, a name, an answer or a token."""
    kept = page.evaluate(KEPT)
    assert "/fa/app/patient/" in kept
    assert not [address for address in kept if "/app/patient/" in address and address != "/fa/app/patient/"]
    left = "\n".join(kept.values()) + page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    for personal in (made[1], to_persian(made[1]), "نمونه", "csrfmiddlewaretoken", "status-word", "data-code="):
        assert personal not in left


def test_without_a_line_the_question_waits_and_is_asked_by_itself(telephone: Page, site: str) -> None:
    """The app opens without a line, says so, takes the number, and answers when the line is back: once."""
    physician(telephone, site)
    telephone.goto("/fa/app/patient/")
    telephone.context.set_offline(True)
    telephone.goto("/fa/app/?opened", wait_until="commit")
    telephone.wait_for_url("**/fa/app/patient/")
    expect(telephone.locator("[data-line]")).to_contain_text(OFFLINE)
    type_number(telephone, world.LAPSED[1])
    telephone.click(ASK)
    telephone.click("[data-stop]")  # that patient has gone
    telephone.click('[data-key="clear"]')
    type_number(telephone, world.PAID[1])
    telephone.click(ASK)
    expect(telephone.locator("[data-line]")).to_contain_text(WAITS)
    assert Inquiry.objects.filter(key=world.key_of(world.PAID)).count() == 0
    telephone.context.set_offline(False)
    expect(telephone.locator(".status-word")).to_have_text(COVERED)
    assert (len(told(world.key_of(world.PAID))), told(world.key_of(world.LAPSED))) == (1, [])
    answer = telephone.url
    telephone.context.set_offline(True)
    telephone.reload()
    expect(telephone.locator("h1")).to_have_text(OFFLINE)
    telephone.context.set_offline(False)
    expect(telephone.locator(".status-word")).to_have_text(COVERED)
    assert telephone.url == answer


def test_the_scanner_reads_a_card_and_a_certificate(telephone: Page, site: str, camera_film: Path) -> None:
    """The card's QR holds the national code; the certificate's leads to what may be said of it (S1.27)."""
    number, _ = issue(citizen())
    physician(telephone, site)
    telephone.goto("/fa/app/patient/")
    hold(camera_film, f"ID:{world.PAID[1]}")
    telephone.click("[data-scan]")
    expect(telephone.locator("#id_number")).to_have_value(world.PAID[1])
    assert not telephone.locator("[data-scanning]").is_visible()
    telephone.click(ASK)
    expect(telephone.locator(".status-word")).to_have_text(COVERED)
    telephone.goto("/fa/app/patient/")
    hold(camera_film, Certificate.objects.get(number=number).token)
    telephone.click("[data-scan]")
    telephone.wait_for_url(f"**/certificates/verify/{number}/")


SCANNED = [
    ("0000000019", "ir-national-code", "0000000019"),
    ("ID:۰۰۰۰۰۰۰۰۱۹;", "ir-national-code", "0000000019"),
    ("https://card.example/?c=99000019800101001", None, None),  # a digit too few
    ("ir-foreigner-number:12345678", "ir-foreigner-number", "12345678"),
    ("12345678", None, None),  # any eight digits are nobody's number
    ("0000000018", None, None),  # a wrong check digit
    ("4821773055194206", None, None),  # a tracking code
    ("0" * 3000, None, None),
]
"""What a code may hold, and the number of a person that is read from it."""

BARCODE = """() => { window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["aztec", "code_128", "qr_code"]; }
  constructor({ formats }) { window.formats = formats; }
  async detect() { return [{ rawValue: "0000000019" }]; }
}; }"""


def test_what_a_code_holds(telephone: Page, camera_film: Path) -> None:
    """Only numbers of persons are taken; where the browser reads bar codes itself, it is asked."""
    telephone.goto("/fa/app/me/")
    for content, type_name, number in SCANNED:
        found = telephone.evaluate(
            """async (text) => {
                const types = [...document.querySelectorAll("select[name=type] option")].map(each => each.value);
                return (await import("/static/app/scanned.js")).read(text, types, types[0]);
            }""",
            content,
        )
        assert found == ({"type": type_name, "number": number} if number else None), content
    hold(camera_film, "nothing")
    telephone.evaluate(BARCODE)
    telephone.click("[data-scan]")
    expect(telephone.locator("#id_number")).to_have_value("0000000019")
    assert telephone.evaluate("window.formats") == ["qr_code", "code_128"]


def test_an_insured_is_told_until_when(telephone: Page) -> None:
    """S2.8: number and mobile, the code, then status and end date; «I am done» forgets it."""
    open_app(telephone)
    telephone.click(".app-tabs [data-mode=me]")
    type_number(telephone, world.PAID[1])
    telephone.focus("[name=mobile]")
    type_number(telephone, "09121111111")
    telephone.click(ASK)
    expect(telephone.locator(".error-summary")).to_contain_text("عدم تطابق کد ملی با شماره موبایل")
    telephone.fill("[name=mobile]", to_persian(world.PAID[2]))
    telephone.click(ASK)
    expect(telephone.locator("h1")).to_have_text("کد را بنویسید")
    telephone.fill("[name=code]", newest_code(telephone, "fa"))
    telephone.click(ASK)
    expect(telephone.locator(".status-word")).to_have_text(COVERED)
    assert text("reason.contribution_paid", "fa") in telephone.inner_text("main")
    (row,) = told(world.key_of(world.PAID))
    assert (row.channel, row.mode, row.ground) == ("app", "specific", "own")
    nothing_personal(telephone, world.PAID)
    answer = telephone.url
    telephone.click("[data-stage] form button")
    telephone.wait_for_url("**/fa/app/")
    assert telephone.goto(answer).status == 404
