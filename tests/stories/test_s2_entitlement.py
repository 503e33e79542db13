"""S2 in the guide's words: «حذف فرآیند تأمین اعتبار دفترچه درمانی و جایگزینی آن با سامانه استحقاق درمان».

In Chromium, on SQLite and on PostgreSQL; Persian pages as people see them. Numbers are those of the guide (S2.x).
"""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from persiantools.jdatetime import JalaliDate
from playwright.sync_api import Page, expect

from daftar.portal.journal.models import Inquiry
from daftar.terms.digits import to_latin, to_persian
from daftar.terms.texts import text
from daftar.terms.tracking_codes import check_digit
from tests.portal import world
from tests.portal.walking import fill, log_in, newest_code

COVERED = "حمایت درمانی دارد"
NOT_COVERED = "حمایت درمانی ندارد"
MISMATCH = "عدم تطابق کد ملی با شماره موبایل"
END_DATE = "تاریخ پایان اعتبار استحقاق درمان"
TRACKING_CODE = "کد رهگیری"


def status(page: Page) -> str:
    """The large word of an answer."""
    return page.inner_text(".status-word")


def tracking_code(page: Page) -> str:
    """The answer's tracking code in Latin digits; its check digit is right."""
    code = page.get_attribute("[data-code]", "data-code") or ""
    assert re.fullmatch(r"\d{16}", code)
    assert check_digit(code[:-1]) == code[-1]
    return code


def ask(page: Page, made: tuple[str, str, str], **values: str) -> None:
    """A centre asks in Persian."""
    page.goto("/fa/entitlement/ask/")
    fill(page, type=made[0], number=made[1], **values)


def own(page: Page, made: tuple[str, str, str], mobile: str = "") -> None:
    """An insured types national code and mobile."""
    page.goto("/fa/entitlement/own/")
    fill(page, type=made[0], number=made[1], mobile=mobile or made[2])


def test_general_mode_gives_one_of_two_statuses_with_a_tracking_code(page: Page) -> None:
    """«عام»: S2.4, S2.6, S2.7, S2.18: physicians and centres ask with the national code alone."""
    log_in(page, "fa", "hospital")
    ask(page, world.PAID)
    assert status(page) == COVERED
    expect(page.locator("#code-title")).to_have_text(TRACKING_CODE)
    first = tracking_code(page)
    assert END_DATE not in page.inner_text("main")
    page.reload()
    assert (status(page), tracking_code(page)) == (COVERED, first)
    ask(page, world.LAPSED)
    assert status(page) == NOT_COVERED
    assert tracking_code(page) != first
    asked = Inquiry.objects.get(key=world.key_of(world.PAID))
    assert (asked.organisation, asked.mode, asked.outcome) == (world.HOSPITAL, "general", "covered")


def test_a_foreign_nationals_number_is_asked_too(page: Page) -> None:
    """S2.7: «کد ملی / شماره اتباع خارجی»; somebody unknown is a normal answer."""
    log_in(page, "fa", "hospital")
    ask(page, ("ir-foreigner-number", "990000000001", ""))
    assert status(page) == NOT_COVERED
    tracking_code(page)


def test_inpatient_care_resolves_overlap_between_basic_insurers(page: Page) -> None:
    """S2.5: «رفع همپوشانی‌های درمانی سازمان‌های بیمه‌گر پایه»: payers in order, the hospital records its choice."""
    log_in(page, "fa", "hospital")
    ask(page, world.PENSIONER, setting="inpatient")
    assert status(page) == COVERED
    first = page.locator("main ol li").all_inner_texts()[0]
    assert first.splitlines() == ["سازمان تأمین اجتماعی", text("payer_reason.first_in_order", "fa")]
    fill(page, reference="۱۲۳")
    expect(page.locator(".notice-done")).to_contain_text("ثبت شده است")


def test_specific_mode_authenticates_first_then_tells_the_end_date(page: Page) -> None:
    """«خاص»: S2.8, S2.10: national code and mobile, a one-time code, then status, end date, reason, tracking code."""
    own(page, world.PAID)
    assert COVERED not in page.inner_text("main")
    fill(page, code=newest_code(page, "fa"))
    answer = page.inner_text("main")
    assert status(page) == COVERED
    assert END_DATE in answer
    assert text("reason.contribution_paid", "fa") in answer
    assert text("notice.as_of_today", "fa") in answer
    code = tracking_code(page)
    row = Inquiry.objects.get(key=world.key_of(world.PAID))
    until = JalaliDate(row.valid_until)
    assert to_persian(str(until.year)) in answer
    assert (row.mode, row.ground) == ("specific", "own")
    page.click("[data-copy]")
    page.wait_for_function("async (code) => (await navigator.clipboard.readText()) === code", arg=code)
    assert to_latin(page.inner_text("p.code")).replace(" ", "") == code
    page.reload()
    assert tracking_code(page) == code
    assert world.PAID[1] not in page.url


def test_pensioners_and_dependants_ask_as_the_insured_do(page: Page) -> None:
    """S2.2, S2.8: «بیمه‌شدگان، مستمری‌بگیران و افراد تحت تکفل آنان»."""
    own(page, world.PENSIONER)
    fill(page, code=newest_code(page, "fa"))
    assert text("reason.spell_in_force", "fa") in page.inner_text("main")
    own(page, world.CHILD, mobile=world.PAID[2])
    fill(page, code=newest_code(page, "fa"))
    assert status(page) == COVERED
    assert text("reason.dependant_in_force", "fa") in page.inner_text("main")


def test_mismatch_sends_to_the_office_where_the_mobile_is_registered(page: Page) -> None:
    """S2.9 (تبصره ۱): the message word for word, the visit, the registration, and then the answer."""
    mobile = "09120000088"
    own(page, world.SILENT, mobile=mobile)
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text(MISMATCH)
    expect(summary).to_contain_text("برای ثبت شماره موبایل و احراز هویت به شعبه مراجعه کنید.")
    log_in(page, "fa", "counter")
    page.goto("/fa/console/people/")
    fill(page, type=world.SILENT[0], number=world.SILENT[1])
    page.click("text=ثبت شماره موبایل")
    fill(page, mobile=mobile, seen="on")
    expect(page.locator(".notice-done")).to_contain_text("شماره موبایل ثبت شد")
    page.context.clear_cookies()
    own(page, world.SILENT, mobile=mobile)
    fill(page, code=newest_code(page, "fa"))
    assert status(page) == COVERED


def test_a_son_of_nineteen_is_covered_once_the_office_has_seen_his_study_certificate(page: Page) -> None:
    """S2.13 (بند ۵): without the certificate not covered; the office records it, and the cover is there at once."""
    log_in(page, "fa", "counter")
    page.goto("/fa/console/people/")
    fill(page, type=world.SON[0], number=world.SON[1])
    assert text("reason.study_certificate_missing", "fa") in page.inner_text("main")
    page.click("text=ثبت مدرک")
    until = JalaliDate(datetime.now(UTC).date() + timedelta(days=120)).strftime("%Y/%m/%d")
    fill(page, kind="study_certificate", valid_until=to_persian(until), seen="on")
    expect(page.locator(".tag-covered").first).to_have_text(COVERED)
    page.context.clear_cookies()
    log_in(page, "fa", "hospital")
    ask(page, world.SON)
    assert status(page) == COVERED


def test_who_objects_gives_the_tracking_code_to_1420_who_can_explain_it(page: Page) -> None:
    """S2.12, S2.17, S2.18: the hotline sees what was asked and answered, and the facts and the law behind it."""
    own(page, world.LAPSED)
    fill(page, code=newest_code(page, "fa"))
    assert status(page) == NOT_COVERED
    assert "۱۴۲۰" in page.inner_text("main")
    code = tracking_code(page)
    page.context.clear_cookies()
    log_in(page, "fa", "hotline")
    page.goto("/fa/console/answers/")
    fill(page, code=to_persian(code))
    explained = page.inner_text("main")
    assert text("reason.contribution_lapsed", "fa") in explained
    assert text("basis.compulsory", "fa") in explained
    assert re.search(r"ir\.\d", explained)


def test_a_centre_without_an_agreement_may_not_ask(page: Page) -> None:
    """S2.19: who is asking matters."""
    from daftar.portal.organisations.models import Agreement

    log_in(page, "fa", "hospital")
    Agreement.objects.update(recorded_at=world.long_ago(), ends=date(2025, 1, 1))
    page.goto("/fa/entitlement/ask/")
    assert text("problem.no-agreement", "fa") in page.inner_text("main")


@pytest.mark.parametrize(("language", "words"), [("zh", "享受医疗待遇"), ("en", "Covered")])
def test_the_same_answer_in_the_other_languages(page: Page, language: str, words: str) -> None:
    """Three languages as equals: a Chinese resident by their own identifier and mobile."""
    page.goto(f"/{language}/entitlement/own/")
    fill(page, type=world.RESIDENT[0], number=world.RESIDENT[1], mobile=world.RESIDENT[2])
    fill(page, code=newest_code(page, language))
    assert status(page) == words
    assert page.evaluate("document.fonts.check('16px \"Noto Sans SC Variable\"', '中')")
