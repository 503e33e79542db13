"""The walk through objections: from an answer's page, by its code, taken down by the hotline, answered (S2.12)."""

from collections.abc import Iterator
from datetime import date, timedelta

from playwright.sync_api import Page

from daftar.portal.cases.models import Case
from daftar.portal.objections.models import Objection
from tests.portal import world
from tests.portal.objecting import answered, held_by, objected
from tests.portal.walking import fill, log_in, newest_code
from tests.portal.walking_looks import citizen

SAID = {
    "fa": "از مهر ۱۴۰۵ در کارگاه نمونه کار می‌کنم و فیش حقوقم کسر حق بیمه را نشان می‌دهد.",
    "zh": "我自2026年9月起在样例公司工作，工资单显示已扣缴保险费。",
    "en": "I have worked at the sample workshop since September 2026, and my payslip shows the deduction.",
}
NOTE = {"fa": "لطفاً گواهی تحصیل را ببینید.", "zh": "请查验学籍证明。", "en": "Please see the study certificate."}


def objections(page: Page, language: str) -> Iterator[str]:
    """From the person to the answer."""
    yield from _persons(page, language)
    yield from _hotlines(page, language)


def _persons(page: Page, language: str) -> Iterator[str]:
    page.context.clear_cookies()
    page.goto(f"/{language}/entitlement/own/")
    fill(page, type=world.LAPSED[0], number=world.LAPSED[1], mobile=world.LAPSED[2])
    fill(page, code=newest_code(page, language))
    page.click("a[href$='/object/']")
    fill(page, said="")
    yield "object to one's own answer, with an error"
    fill(page, said=SAID[language])
    yield "objected to one's own answer"
    citizen(page, language)
    page.goto(f"/{language}/objections/")
    fill(page, code=answered(world.PAID), said=SAID[language])
    yield "objection taken down"
    page.goto(f"/{language}/objections/")
    yield "one's objections"
    page.click(".objections a")
    yield "progress of an objection"


def _hotlines(page: Page, language: str) -> Iterator[str]:
    late, other = objected(world.SON, SAID[language]), objected(world.SON, SAID[language])
    Objection.objects.filter(case=late).update(due_on=date.today() - timedelta(days=3), channel="ussd")
    page.context.clear_cookies()
    log_in(page, language, "hotline")
    page.goto(f"/{language}/objections/list/")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    yield "list of objections"
    page.fill("[name=wanted]", "1")
    page.click("form[action$='/number/'] button")
    yield "no number of an objection"
    page.check(f"[name=type][value='{world.SON[0]}']")
    page.fill("form[action$='/person/'] [name=number]", world.SON[1])
    page.click("form[action$='/person/'] button")
    yield "objections found"
    page.goto(f"/{language}/objections/new/")
    page.fill("[name=code]", "1")
    page.click("main form button >> nth=0")
    yield "no code of an answer"
    page.fill("[name=code]", answered(world.SILENT))
    page.click("main form button >> nth=0")
    fill(page, caller="oneself", said=SAID[language], phone="1")
    yield "what a caller says, with an error"
    fill(page, phone="021 8800 0000")
    yield "an objection taken down"
    held_by("hotline", late)
    page.goto(f"/{language}/console/objections/{late.number}/")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    yield "an objection that one holds"
    page.click("form[action$='/dismiss/'] button")
    yield "answered without reasons"
    Case.objects.filter(pk=other.pk).update(office=world.OFFICE)
    held_by("counter", other)
    page.context.clear_cookies()
    log_in(page, language, "counter")
    page.goto(f"/{language}/console/objections/{other.number}/")
    page.click("main details summary")
    page.check("[name=up-reasons][value=paper_recorded]")
    page.fill("[name=up-note]", NOTE[language])
    page.click("form[action$='/uphold/'] button")
    yield "a paper that nobody has seen"
    page.select_option("[name=up-kind]", "study_certificate")
    page.fill("[name=up-valid_from]", str(date.today() - timedelta(days=60)))
    page.check("[name=up-seen]")
    page.click("form[action$='/uphold/'] button")
    yield "an objection upheld"
    page.context.clear_cookies()
    log_in(page, language, "headquarters")
    page.goto(f"/{language}/objections/numbers/")
    yield "numbers of objections"


OBJECTION_WALKS = (objections,)
