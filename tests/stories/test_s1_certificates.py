"""S1 in the guide's words: «سرویس استعلام ارتباط بیمه‌ای», the second class of users and the certificate they present.

In Chromium, on SQLite and on PostgreSQL; Persian pages as people see them. Numbers are those of the guide (S1.x).
"""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from persiantools.jdatetime import JalaliDate
from playwright.sync_api import Page, expect

from daftar.portal.journal.models import Inquiry
from daftar.terms.digits import to_latin, to_persian
from daftar.terms.jurisdictions import jurisdictions
from tests.portal import officials, world
from tests.portal.certifying import MAIL, number_and_code
from tests.portal.walking import fill, log_in
from tests.portal.walking_certificates import bring

ACTIVE = "اطلاعات مربوط به شماره ملی موجود و شخص مورد نظر در زمان استعلام دارای ارتباط بیمه‌ای فعال می‌باشد."
IN_PERIOD = "شخص مورد نظر در دوره تعیین‌شده دارای ارتباط بیمه‌ای بوده است."
NO_RECORD = "اطلاعاتی با شماره ملی مورد نظر موجود نیست."
FUND = officials.NAMES[officials.FUND]


def enter(page: Page) -> None:
    """S1.3: a natural person with an active account logs in."""
    page.context.clear_cookies()
    page.goto("/fa/accounts/log-in/")
    fill(page, login=MAIL, password=world.PASSWORD)


def own_state(page: Page, **period: str) -> None:
    """S1.8: «بیمه‌شدگان / خدمات نام‌نویسی / استعلام ارتباط فعال با سازمان»."""
    page.goto("/fa/certificates/own/")
    expect(page.locator(".caption")).to_have_text("بیمه‌شدگان / خدمات نام‌نویسی")
    expect(page.locator("h1")).to_have_text("استعلام ارتباط فعال با سازمان")
    fill(page, **period)


def send_to_inbox(page: Page) -> tuple[str, str]:
    """S1.9, S1.21, S1.22: choose the organisation, look at the preview, «ارسال به صندوق شخصی»."""
    page.click("text=گزینش نهاد")
    page.fill("[name=query]", "صندوق")
    page.click("form[method=get] button")
    page.check(f"[value={officials.FUND}]")
    page.click("text=ادامه")
    expect(page.locator(".document-to")).to_contain_text(FUND)
    page.click("text=ارسال به صندوق شخصی")
    expect(page.locator(".notice-done")).to_contain_text("صندوق شخصی")
    return number_and_code(page.content())


def open_document(page: Page, user: str, number: str, code: str) -> None:
    """S1.10: «پنل مخصوص دستگاه‌های دولتی / استعلام سند», «با ارائه کد رمز»."""
    page.context.clear_cookies()
    log_in(page, "fa", user)
    page.click("text=استعلام سند")
    expect(page.locator(".caption")).to_contain_text("پنل مخصوص دستگاه‌های دولتی")
    fill(page, number=to_persian(number), access_code=code.lower())


def closing() -> str:
    """S1.25 word for word: request date, Mr or Ms, name."""
    today = JalaliDate(jurisdictions()["ir"].today(datetime.now(UTC)))
    months = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
    day = to_persian(f"{today.day} {months[today.month - 1]} {today.year}")
    return f"این گواهی بنا به درخواست مورخ {day} آقای رضا نمونه صادر گردیده است."


def test_a_person_presents_a_certificate_to_the_fund_of_their_choice(page: Page) -> None:
    """S1.3, S1.8-S1.10, S1.21-S1.27 from end to end."""
    enter(page)
    own_state(page)
    expect(page.locator(".outcome-word")).to_have_text(ACTIVE)
    number, code = send_to_inbox(page)
    page.reload()
    assert number_and_code(page.content()) == (number, code)
    open_document(page, "fund", number, code)
    document = page.inner_text(".document")
    assert ACTIVE in document
    assert FUND in document
    assert closing() in document
    enter(page)
    page.goto("/fa/certificates/inbox/")
    expect(page.locator("tbody tr")).to_contain_text(FUND)
    expect(page.locator("tbody .tag")).to_have_text("باز شد")
    page.click("tbody a")
    expect(page.locator("main .steps")).to_contain_text(f"باز شد – {FUND}")
    happened = Inquiry.objects.filter(mode="certificate", reference=number).order_by("id")
    assert {(row.outcome, row.organisation) for row in happened} >= {("issued", None), ("opened", officials.FUND)}


def test_the_answer_is_the_same_as_for_the_authorities_also_about_a_period(page: Page) -> None:
    """S1.26: the same four states; S1.15 and S1.13 where a period is fixed."""
    enter(page)
    own_state(page, period_from="۱۴۰۱/۰۱/۰۱", period_to="۱۴۰۱/۱۲/۲۹")
    expect(page.locator(".outcome-word")).to_have_text(IN_PERIOD)
    own_state(page, period_from="۱۳۷۰/۰۱/۰۱", period_to="۱۳۷۰/۱۲/۲۹")
    expect(page.locator(".outcome-word")).to_have_text(NO_RECORD)
    number, code = send_to_inbox(page)
    open_document(page, "fund", number, code)
    assert NO_RECORD in page.inner_text(".document-sentence")
    assert closing() in page.inner_text(".document")


def test_only_the_named_authority_opens_it_and_wrong_codes_lock_it(page: Page) -> None:
    """S1.22, S1.28: another organisation finds nothing; five wrong codes lock it; the owner takes it back."""
    enter(page)
    own_state(page)
    number, code = send_to_inbox(page)
    open_document(page, "court", number, code)
    expect(page.locator(".error-summary")).to_contain_text("خطاب به نهاد دیگری است اینجا باز نمی‌شود")
    open_document(page, "fund", number, "0000-0000-0000")
    expect(page.locator(".error-summary")).to_contain_text("دفعات باقی‌مانده")
    for _ in range(4):
        fill(page, number=number, access_code="0000-0000-0000")
    expect(page.locator(".error-summary")).to_contain_text("پس از پنج کد رمز نادرست قفل شده")
    enter(page)
    page.goto(f"/fa/certificates/inbox/{number}/")
    page.click("main >> text=ابطال")
    fill(page)
    page.goto("/fa/certificates/verify/")
    fill(page, number=number)
    expect(page.locator(".verdict")).to_contain_text("دیگر معتبر نیست")


def test_the_signed_pdf_is_printed_from_the_inbox(page: Page, tmp_path: Path) -> None:
    """S1.23-S1.27: the organisation's name and the sentence on paper, in Persian."""
    enter(page)
    own_state(page)
    number, _ = send_to_inbox(page)
    with page.expect_download() as waiting:
        page.click("text=PDF امضاشده")
    path = tmp_path / "certificate.pdf"
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename == f"certificate-{number}.pdf"
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    printed = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert number in to_latin(printed).replace(" ", "")


def test_who_is_handed_the_pdf_sees_whether_it_was_changed(page: Page) -> None:
    """S1.25, S1.27: a stranger without an account learns one word; each try is recorded."""
    enter(page)
    own_state(page)
    number, _ = send_to_inbox(page)
    pdf = page.request.get(f"/fa/certificates/inbox/{number}/certificate.pdf").body()
    page.context.clear_cookies()
    bring(page, "fa", pdf)
    expect(page.locator(".verdict")).to_have_text("این گواهی را ما صادر کرده‌ایم و معتبر است.")
    expect(page.locator("main")).to_contain_text("حتی یک بایت آن تغییر نکرده است")
    place = len(pdf) // 3
    bring(page, "fa", pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :])
    expect(page.locator(".verdict")).to_have_text("این سند پس از امضا تغییر کرده است: به آن اعتماد نکنید.")
    assert "نمونه" not in page.inner_text("main")
    happened = Inquiry.objects.filter(mode="certificate", account=None).order_by("id")
    assert {(row.outcome, row.reference) for row in happened} == {("checked", number), ("altered", None)}
