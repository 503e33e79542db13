"""X.5 as people live it: a court asks, the person sees it, asks what it was for, and reads the insurer's answer.

In Chromium, on SQLite and on PostgreSQL, in Persian. Afterwards the sealed journal is verified, and a row that somebody
changes behind the portal's back is named.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from daftar.answers.blocks import sealed_rows
from daftar.answers.tampering import Tampering
from daftar.answers.verify import Report, verify
from daftar.config.sealer import HEAD_FILE, KEY_FOLDER, Sealing
from daftar.portal.journal.models import Inquiry
from daftar.store.connect import connect, snapshot, transaction
from daftar.store.dialect import execute
from daftar.store.journal_keys import read_journal_keys
from tests.portal import world
from tests.portal.officials import COURT, NAMES
from tests.portal.walking import fill, log_in
from tests.portal.walking_looks import citizen

WHO_LOOKED = "چه کسانی پرونده مرا دیده‌اند"
HIDDEN = "مرجع قضائی یا انتظامی طبق قانون برای مدتی پنهان کرده است: ۱"
QUESTION = "من هرگز به این دادگاه نرفته‌ام؛ برای چه بود؟"
ANSWER = "برای پرونده نفقه، طبق نامه ۷۷."


def ask_as_court(page: Page) -> None:
    """«مرجع قضائی» asks about the person with a letter (S1.7, S1.11)."""
    log_in(page, "fa", "court")
    page.goto("/fa/affiliation/ask/")
    letter = {"reference_number": "۷۷", "reference_date": str(date.today())}
    fill(page, number=world.PAID[1], **letter)
    page.context.clear_cookies()


def looks_of_citizen(page: Page) -> str:
    """What the person reads."""
    citizen(page, "fa")
    page.goto("/fa/looks/")
    expect(page.locator("h1")).to_have_text(WHO_LOOKED)
    return page.inner_text("main")


def test_a_person_sees_who_looked_and_is_told_what_for(page: Page) -> None:
    """Time, organisation, purpose, ground, what was shown; questioned and answered."""
    ask_as_court(page)
    shown = looks_of_citizen(page)
    for told in (NAMES[COURT], "ارتباط بیمه‌ای", "تفاهم‌نامه"):
        assert told in shown
    page.click("main table a")
    page.click("main .actions a")
    fill(page, question=QUESTION)
    expect(page.locator("main")).to_contain_text(QUESTION)
    address = page.url
    page.context.clear_cookies()
    log_in(page, "fa", "headquarters")
    page.goto("/fa/looks/cases/")
    page.click("main table a")
    expect(page.locator("main")).to_contain_text(QUESTION)
    fill(page, answer=ANSWER)
    citizen(page, "fa")
    page.goto(address)
    expect(page.locator("main")).to_contain_text(ANSWER)
    assert world.PAID[1] not in address


def test_a_court_hides_its_look_for_a_time_and_the_person_sees_that_there_is_one(page: Page) -> None:
    """Until a date, with a reason; it is counted, and nothing else is told."""
    ask_as_court(page)
    log_in(page, "fa", "court-supervisor")
    page.goto("/fa/looks/hidden/")
    page.click("main table a")
    fill(page, until=str(date.today() + timedelta(days=90)), reason="تحقیق در جریان است")
    expect(page.locator(".notice-done")).to_be_visible()
    shown = looks_of_citizen(page)
    assert HIDDEN in shown
    assert NAMES[COURT] not in shown


def test_what_people_read_is_what_was_sealed(page: Page, portal: str, tmp_path: Path) -> None:
    """The look that the person read is in a signed block; changing its row afterwards names it."""
    ask_as_court(page)
    looks_of_citizen(page)
    sealing = Sealing(portal, tmp_path)
    assert sealing.tick(datetime.now(UTC)) > 0
    sealing.close()
    report, sealed = verified(portal, tmp_path)
    assert (report.findings, report.waiting, report.rows) == ([], 0, sealed)
    assert (tmp_path / HEAD_FILE).exists()
    row = Inquiry.objects.get(organisation=COURT)
    conn = connect(portal)
    with transaction(conn):
        execute(conn, "UPDATE inquiry SET organisation = 'fund-1' WHERE id = ?", [row.id])
    conn.close()
    report, _ = verified(portal, tmp_path)
    assert [(each.what, each.writer, each.first) for each in report.findings] == [
        (Tampering.ROW_CHANGED, *divmod(row.id, 10**12))
    ]


def verified(url: str, state: Path) -> tuple[Report, int]:
    """What verification says, and how many rows are sealed."""
    conn = connect(url)
    try:
        with snapshot(conn):
            return verify(conn, read_journal_keys(state / KEY_FOLDER), None), sealed_rows(conn)
    finally:
        conn.close()
