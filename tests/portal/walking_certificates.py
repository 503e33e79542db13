"""The walk through the pages of certificates: the citizen's, the organisation's, the stranger's."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from playwright.sync_api import Page
from weasyprint import HTML

from daftar.portal.theme.paper.signature import signature
from tests.portal import officials, world
from tests.portal.certifying import MAIL, number_and_code
from tests.portal.walking import fill, log_in


def certificates(page: Page, language: str) -> Iterator[str]:
    """Issue one, let it be opened, revoke it."""
    own = f"/{language}/certificates/own/"
    enter(page, language)
    page.goto(own)
    fill(page, period_from="1")
    yield "own relationship with errors"
    fill(page, period_from="")
    yield "own relationship"
    page.goto(f"{own}organisation/?query=nobody")
    yield "no organisation fits"
    page.goto(f"{own}organisation/")
    yield "choose the organisation"
    page.check(f"[value={officials.FUND}]")
    page.click("main form[method=post] button")
    yield "preview"
    fill(page)
    yield "number and access code"
    number, code = number_and_code(page.content())
    pdf = page.request.get(f"/{language}/certificates/inbox/{number}/certificate.pdf").body()
    page.goto(f"/{language}/certificates/inbox/?query=nobody")
    yield "inbox, nothing fits"
    page.context.clear_cookies()
    yield from opening(page, language, number, code)
    yield from verifying(page, language, number, pdf)
    page.context.clear_cookies()
    enter(page, language)
    page.goto(f"/{language}/certificates/inbox/")
    yield "inbox"
    page.goto(f"/{language}/certificates/inbox/{number}/")
    yield "certificate"
    page.goto(f"/{language}/certificates/inbox/{number}/revoke/")
    yield "revoke"
    fill(page)
    yield "revoked"
    bring(page, language, pdf)
    yield "PDF of a revoked one"
    page.goto(f"/{language}/certificates/inbox/{number}/code/")
    yield "code of a revoked one"


def enter(page: Page, language: str) -> None:
    """A citizen whose identity is verified logs in."""
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=MAIL, password=world.PASSWORD)


def opening(page: Page, language: str, number: str, code: str) -> Iterator[str]:
    """A clerk of the fund."""
    log_in(page, language, "fund")
    page.goto(f"/{language}/certificates/open/")
    fill(page, number="1", access_code="1")
    yield "open a document with errors"
    fill(page, number=number, access_code="0000-0000-0000")
    yield "open a document with a wrong code"
    fill(page, access_code=code)
    yield "opened document"


def verifying(page: Page, language: str, number: str, pdf: bytes) -> Iterator[str]:
    """Anybody, with what they have."""
    page.goto(f"/{language}/certificates/verify/")
    yield "verify"
    fill(page, number="1")
    yield "verify with an error"
    fill(page, number=number)
    yield "verdict"
    page.goto(f"/{language}/certificates/verify/")
    fill(page, number="e30.e30.e30")
    yield "verdict on a forged QR"
    for what, content in (
        ("no file", None),
        ("a file that is no PDF", b"GIF89a"),
        ("PDF as it was signed", pdf),
        ("PDF altered", pdf[:900] + b"!" + pdf[901:]),
        ("PDF of somebody else", b"%PDF-1.7"),
        ("another paper of ours", statement()),
    ):
        bring(page, language, content)
        yield what


def bring(page: Page, language: str, content: bytes | None) -> None:
    """Choose a file on the public page, or none, and send it."""
    page.goto(f"/{language}/certificates/verify/")
    if content is not None:
        page.set_input_files("[name=paper]", {"name": "g.pdf", "mimeType": "application/pdf", "buffer": content})
    page.click("form[enctype] button")
    page.wait_for_load_state()


def statement() -> bytes:
    """Signed by us, and no certificate; in a thread of its own, as the walk's runs the browser's loop."""
    made = HTML(string="<p>A statement</p>").write_pdf()
    ours = signature(settings.PDF_SIGNER, settings.PDF_SIGNERS)
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(ours.sign, made, reason="statement").result()
