"""S1 in the guide's words: «سرویس استعلام ارتباط بیمه‌ای», the panel of organisations (sections 1 and 2.1).

In Chromium, on SQLite and on PostgreSQL; Persian pages as people see them. Numbers are those of the guide (S1.x). The
citizen's path and the opening of documents: test_s1_certificates.py.
"""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from daftar.portal.journal.models import Inquiry
from daftar.portal.organisations.models import Agreement
from daftar.terms.digits import to_persian
from tests.portal import officials, world
from tests.portal.walking import fill, log_in
from tests.portal.walking_officials import answer_files, ask, send_file

PANEL = "پنل مخصوص دستگاه‌های دولتی و مرجع استعلامات رسمی"
NO_RECORD = "اطلاعاتی با شماره ملی مورد نظر موجود نیست."
NOT_ACTIVE = "اطلاعات مربوط به شماره ملی موجود ولیکن شخص مورد نظر ارتباط بیمه‌ای فعال ندارد."
IN_PERIOD = "شخص مورد نظر در دوره تعیین‌شده دارای ارتباط بیمه‌ای بوده است."
ACTIVE = "اطلاعات مربوط به شماره ملی موجود و شخص مورد نظر در زمان استعلام دارای ارتباط بیمه‌ای فعال می‌باشد."
LETTER = {"reference_number": "۱۴۰۵/۷۷", "reference_date": "۱۴۰۵/۰۸/۰۱"}


def outcome(page: Page) -> str:
    """The sentence of the answer."""
    return page.inner_text(".outcome-word")


def facts(page: Page) -> dict[str, str]:
    """Names and values of the answer; of a name that comes twice the last."""
    names, values = page.locator(".facts dt").all_inner_texts(), page.locator(".facts dd").all_inner_texts()
    return dict(zip(names, values, strict=True))


def test_through_the_panel_a_fund_enters_the_national_number_and_asks_directly(page: Page) -> None:
    """S1.5, S1.7, S1.11, S1.12: log in, panel, «شماره ملی», «جستجو», one of four states with a tracking code."""
    page.goto("/fa/")
    page.click(f"text={PANEL}")
    fill(page, login="fund", password=world.PASSWORD)
    fill(page, code=world.totp(datetime.now(UTC)))
    page.goto("/fa/affiliation/ask/")
    assert PANEL in page.inner_text("main")
    expect(page.locator("main form button.btn")).to_have_text("جستجو")
    fill(page, number=" ".join(to_persian(officials.WORKER[1])))
    assert outcome(page) == ACTIVE
    told = facts(page)
    assert told["نهاد استعلام‌کننده"] == officials.NAMES[officials.FUND]
    assert told["کد ملی"] == officials.WORKER[1]
    assert told["شماره بیمه"] == "0012345678"
    assert told["نام کارگاه"] == "کارگاه نمونه"
    code = page.get_attribute("[data-code]", "data-code") or ""
    page.reload()
    assert (page.get_attribute("[data-code]", "data-code"), outcome(page)) == (code, ACTIVE)
    assert officials.WORKER[1] not in page.url
    assert Inquiry.objects.get(key=world.key_of(officials.WORKER)).organisation == officials.FUND


def test_the_four_states_word_for_word(page: Page) -> None:
    """S1.13-S1.16: each state in the guide's sentence; nothing in the period looks like nobody known."""
    log_in(page, "fa", "fund")
    ask(page, "fa", officials.NOBODY)
    assert outcome(page) == NO_RECORD
    assert page.locator(".block").count() == 0
    ask(page, "fa", officials.FORMER, period_from="۱۴۰۳/۰۱/۰۱", period_to="۱۴۰۳/۱۲/۲۹")
    assert outcome(page) == NO_RECORD
    assert page.locator(".block").count() == 0
    ask(page, "fa", officials.FORMER)
    assert outcome(page) == NOT_ACTIVE
    assert facts(page)["نام خانوادگی"] == "پیشین"
    ask(page, "fa", officials.FORMER, period_from="۱۴۰۰/۰۱/۰۱", period_to="۱۴۰۰/۱۲/۲۹")
    assert outcome(page) == IN_PERIOD
    assert facts(page)["دوره مورد استعلام"] == "۱ فروردین ۱۴۰۰ – ۲۹ اسفند ۱۴۰۰"
    assert facts(page)["تا"] == "۲۹ اسفند ۱۴۰۱"
    ask(page, "fa", officials.WORKER)
    assert outcome(page) == ACTIVE


@pytest.mark.parametrize("user", ["court", "police"])
def test_judicial_and_quasi_judicial_see_more_when_the_relationship_is_active(page: Page, user: str) -> None:
    """S1.6, S1.19, S1.20: «آدرس محل سکونت، اشتغال و شماره تماس»; one form for main insured, one for dependants."""
    log_in(page, "fa", user)
    ask(page, "fa", officials.WORKER, **LETTER)
    told = facts(page)
    assert told["نشانی محل سکونت"] == officials.WORKER_FIELDS["residence_address"]
    assert told["نشانی محل اشتغال"] == officials.WORKSHOP["workshop_address"]
    assert told["تلفن"] == officials.WORKER_FIELDS["phone"]
    assert told["نام کارفرما"] == officials.WORKSHOP["employer_name"]
    ask(page, "fa", officials.WIFE, **LETTER)
    told = facts(page)
    assert told["نسبت با بیمه‌شده اصلی"] == "همسر"
    assert told["شماره شناسنامه"] == "4711"
    assert told["نشانی محل سکونت"] == officials.WORKER_FIELDS["residence_address"]
    ask(page, "fa", officials.FORMER, **LETTER)
    assert outcome(page) == NOT_ACTIVE
    assert "نشانی محل سکونت" not in facts(page)


def test_a_fund_never_receives_addresses(page: Page) -> None:
    """S1.6: the group of the user decides what is told."""
    log_in(page, "fa", "fund")
    ask(page, "fa", officials.WORKER)
    told = page.inner_text("main")
    for hidden in (*(officials.WORKER_FIELDS[each] for each in ("residence_address", "phone")), "کرج، شهرک نمونه"):
        assert hidden not in told


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"period_from": "۱۴۰۰/۰۱/۰۱"}, "آغاز و پایان دوره را با هم بنویسید یا هیچ‌کدام را."),
        ({"period_from": "۱۴۰۰/۰۲/۰۱", "period_to": "۱۴۰۰/۰۱/۰۱"}, "پایان پیش از آغاز است."),
        ({"period_from": "۱۴۰۰/۰۲/۰۱", "period_to": "۱۴۹۰/۰۱/۰۱"}, "دوره نمی‌تواند پس از امروز باشد."),
        ({"reference_number": ""}, "شماره نامه استعلام لازم است."),
    ],
)
def test_bad_input_is_said_and_journalled_and_nothing_is_disclosed(
    page: Page, values: dict[str, str], message: str
) -> None:
    """F1: both dates or neither, in order, not in the future; a judicial user names the letter."""
    log_in(page, "fa", "court")
    ask(page, "fa", officials.WORKER, **(LETTER | values))
    expect(page.locator(".error-summary")).to_contain_text(message)
    assert "بهرام" not in page.inner_text("body")
    (attempt,) = Inquiry.objects.filter(key=world.key_of(officials.WORKER))
    assert (attempt.outcome, attempt.shown) == ("refused", "")


def test_without_an_agreement_in_force_no_access(page: Page) -> None:
    """S1.2: «تفاهم‌نامه»; one that ended yesterday is none."""
    log_in(page, "fa", "fund")
    page.goto("/fa/affiliation/ask/")
    Agreement.objects.filter(organisation=officials.FUND).update(
        recorded_at=world.long_ago(), ends=datetime.now(UTC).date() - timedelta(days=2)
    )
    fill(page, number=officials.WORKER[1])
    assert "سازمان تفاهم‌نامه معتبری ندارد." in page.inner_text("main")
    (attempt,) = Inquiry.objects.filter(key=world.key_of(officials.WORKER))
    assert attempt.reason == "no-agreement"


def test_the_supervisor_sees_the_inquiries_of_the_organisation_and_the_insurer_all(page: Page) -> None:
    """S1.29: by account, day and outcome; as a file, and the export is journalled."""
    log_in(page, "fa", "court")
    ask(page, "fa", officials.WORKER, **LETTER)
    ask(page, "fa", officials.NOBODY, **LETTER)
    page.context.clear_cookies()
    log_in(page, "fa", "court-supervisor")
    page.goto("/fa/affiliation/inquiries/")
    assert page.locator("main tbody tr").count() == 2
    page.select_option("[name=outcome]", "active")
    page.click("main form button.btn >> nth=0")
    expect(page.locator("main tbody tr")).to_have_count(1)
    assert "بهرام" not in page.inner_text("main")
    with page.expect_download() as download:
        page.click("text=دریافت این فهرست به صورت فایل")
    (row,) = csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig")))
    assert (row["account"], row["outcome"]) == ("court", "active")
    assert Inquiry.objects.get(mode="list_exported").account == "court-supervisor"
    page.context.clear_cookies()
    log_in(page, "fa", "headquarters")
    page.goto("/fa/console/inquiries/")
    assert page.locator("main tbody tr").count() == 2
    assert officials.NAMES[officials.COURT] in page.inner_text("main tbody")


def test_a_file_is_answered_line_by_line(page: Page) -> None:
    """S1.7 for many persons at once: progress, problems of single lines, answers for the organisation alone."""
    log_in(page, "fa", "court")
    content = f"کد ملی,ردیف\n{officials.WORKER[1]},۱\n{officials.NOBODY[1]},۲\n1234567890,۳\n"
    send_file(page, "fa", content, **LETTER)
    assert "در انتظار" in page.inner_text("main")
    answer_files()
    expect(page.locator(".tag-answered")).to_be_visible()  # the page looks again by itself
    with page.expect_download() as download:
        page.click("text=دریافت پاسخ‌ها")
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert [row["text"] for row in rows] == [ACTIVE, NO_RECORD, ""]
    assert rows[0]["contact.residence_address"] == officials.WORKER_FIELDS["residence_address"]
    assert rows[2]["problem"]
    assert Inquiry.objects.filter(channel="file", mode="affiliation").count() == 3


def test_the_administrator_makes_a_client_whose_secret_is_shown_once(page: Page) -> None:
    """S1.2, contracts §3: agreement, quota, clients of the machine interface."""
    log_in(page, "fa", "court-admin")
    page.goto("/fa/organisation/agreement/")
    assert "نهاد امروز می‌تواند استعلام کند" in page.inner_text("main")
    page.goto("/fa/organisation/clients/")
    fill(page, name="case-system", proof="secret")
    secret = page.locator(".key >> nth=1").inner_text()
    assert re.fullmatch(r"[\w-]{43}", secret)
    page.goto("/fa/organisation/clients/")
    assert secret not in page.content()
    page.click("text=خاموش کردن")
    expect(page.locator("main tbody")).to_contain_text("خاموش")
    assert page.locator(".tag-on").count() == 0


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "有该身份证件号码的信息，此人在查询时有有效的参保关系。"),
        ("en", "There is information under this national number, and the person has an active insurance relationship"),
    ],
)
def test_the_same_answer_in_the_other_languages(page: Page, language: str, sentence: str) -> None:
    """Three languages as equals."""
    log_in(page, language, "fund")
    ask(page, language, officials.WORKER)
    assert outcome(page).startswith(sentence)
