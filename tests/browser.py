"""A real browser on real pages: Debian's Chromium, and the portal served on loopback from this process."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright runs a loop in the thread that uses the ORM

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("DAFTAR_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), NAMES[0])
SHELL = os.environ.get("DAFTAR_CHROMIUM") or shutil.which("chromium-headless-shell") or CHROMIUM
"""Chromium without its windows, where there is one: half the processor time of a page. It plays no film as a camera."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 60_000
"""How long a page may take to show what is expected of it, on a machine in use."""
expect.set_options(timeout=PATIENCE_MS)
AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
AXE_ADDRESS = "/axe.min.js"
AXE_RUN = """
    rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(found => found.violations)
"""
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128  # of five, a busy machine drops connections, and the browser waits seconds to try again


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium a file: playwright's loop runs as long as it does, and other files want loops of their own."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=SHELL, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(portal: str) -> Iterator[str]:
    """Address of the portal, served on the database of this test."""
    from daftar.config.wsgi import application

    server = make_server("127.0.0.1", 0, _with_axe(application), _Server, _Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """A page of a fresh browser; a mistake in its scripts or its security policy fails the test."""
    context = chromium.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if _is_defect(message) else None)
    yield page
    context.close()
    assert complaints == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With a failure: where the browser stood and what it showed. Nobody can look there afterwards."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and isinstance(page, Page) and not page.is_closed():
        shown = ""
        with suppress(Error):  # a page that is gone or hangs must not take the other tests with it
            shown = page.inner_text("body", timeout=PATIENCE_MS).strip()[:2000]
        report.sections.append(("page", f"{page.url}\n{shown}"))
    return report


def _with_axe(application: WSGIApplication) -> WSGIApplication:
    """The portal, and axe beside it: the browser keeps what it loads from a site, and compiles it once."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != AXE_ADDRESS:
            return application(environ, start_response)
        start_response("200 OK", [("Content-Type", "text/javascript"), ("Cache-Control", "max-age=3600")])
        return [AXE.read_bytes()]

    return answer


def _is_defect(message: object) -> bool:
    return message.type == "error" and not re.search(r"status of 4\d\d", message.text)


def axe(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands: rule and element, empty when nothing."""
    page.wait_for_load_state()  # a page that has just been reached may have no head yet to put a script in
    page.add_script_tag(url=AXE_ADDRESS)
    violations = page.evaluate(AXE_RUN, AXE_RULES)  # all that passed would be megabytes
    return [f"{rule['id']}: {node['html'][:150]}" for rule in violations for node in rule["nodes"]]


def too_wide(page: Page) -> bool:
    """Whether the page must be scrolled sideways."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
