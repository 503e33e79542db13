"""The walk through the review console: headquarters of a country without regions, one case of each sort."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.services import account_make
from daftar.portal.cases import procedures
from daftar.portal.cases.models import Case, Reviewer
from daftar.portal.directory.models import Office
from daftar.terms.cases import CaseKind, CaseState
from tests.portal import world
from tests.portal.casework import Recorded
from tests.portal.reviewing import handed_in, lies, picture, two_pages
from tests.portal.walking import log_in

OFFICE = "review-hq"


def staff(user: str, serial: int, role: Role = Role.REVIEWER) -> None:
    """A reviewer of headquarters; with serial 0 nobody knows who they are."""
    account = account_make(
        user=user, password=world.PASSWORD, role=role, jurisdiction="cn", office=OFFICE, totp_secret=world.TOTP_SECRET
    )
    if serial:
        key = world.key_of(("cn-resident-id", world.cn_id(serial, datetime(1970, 1, 1, tzinfo=UTC).date()), ""))
        Reviewer.objects.create(account=account.pk, key=key, recorded_by="x", recorded_at=datetime.now(UTC))


def review(page: Page, language: str) -> Iterator[str]:
    """Queue, case, decisions, what was decided, numbers."""
    kept = procedures._PROCEDURES.get(CaseKind.ENROLMENT)
    procedures._PROCEDURES[CaseKind.ENROLMENT] = Recorded()  # its form is walked where it is filled in
    try:
        yield from _review(page, language)
    finally:
        if kept:
            procedures._PROCEDURES[CaseKind.ENROLMENT] = kept


def _review(page: Page, language: str) -> Iterator[str]:
    case = _ground()
    page.context.clear_cookies()
    log_in(page, language, "walking-nobody")
    page.goto(f"/{language}/review/queue/")
    yield "a reviewer who is not on record"
    page.context.clear_cookies()
    log_in(page, language, "walking-reviewer")
    page.goto(f"/{language}/review/queue/")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    yield "queue"
    page.goto(f"/{language}/review/number/?number=1")
    yield "no case number"
    page.fill("main form[action*='people'] [name=number]", "1")
    page.click("main form[action*='people'] button")
    yield "no certificate number"
    page.fill("main form[action*='people'] [name=number]", world.RESIDENT[1])
    page.click("main form[action*='people'] button")
    yield "cases of a person"
    page.goto(f"/{language}/review/cases/{case.number}/")
    yield "a case that waits"
    yield from _decided(page, language, case)
    for name in ("lookup/", "lookup/?state=pending", "placements/", "numbers/"):
        page.goto(f"/{language}/review/{name}")
        yield name


def _decided(page: Page, language: str, case: Case) -> Iterator[str]:
    address = f"/{language}/review/cases/{case.number}/"
    page.click("main form[action$='claim/'] button")
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
    yield "a case taken up"
    page.click("main form[action$='send-back/'] button")
    yield "sent back without a reason"
    page.goto(address)
    page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
    page.click("main form[action$='refuse/'] button")
    yield "refused without a reason"
    Case.objects.filter(pk=case.pk).update(version=9)
    page.goto(address)
    Case.objects.filter(pk=case.pk).update(version=10)
    page.click("main form[action$='approve/'] button")
    yield "changed meanwhile"
    page.click("main form[action$='approve/'] button")
    yield "approved"
    own = world.key_of(("cn-resident-id", world.cn_id(701, datetime(1970, 1, 1, tzinfo=UTC).date()), ""))
    held = lies(CaseState.IN_REVIEW, claimed_by="walking-reviewer", person=own, region="")
    page.goto(f"/{language}/review/cases/{held.number}/")
    yield "one's own case"


def _ground() -> Case:
    """An office, a reviewer, cases."""
    Office.objects.create(code=OFFICE, kind="headquarters", name="总部", recorded_at=datetime.now(UTC))
    staff("walking-reviewer", 701)
    staff("walking-nobody", 0)
    ago = [datetime.now(UTC) - timedelta(days=days) for days in (1, 5, 9)]
    cases = [lies(at=at, region="", person=world.key_of(world.RESIDENT)) for at in ago]
    lies(CaseState.IN_REVIEW, claimed_by="walking-nobody", region="", kind="filing")
    lies(CaseState.APPROVED, region="", kind="filing")
    lies(CaseState.REFUSED, region="", decided_by="walking-nobody", reasons="asked_twice wrong_person")
    handed_in(cases[0], "户口簿.pdf", two_pages(), pages=2, what="household_register")
    handed_in(cases[0], "出生医学证明.jpg", picture())
    return cases[0]


REVIEW_WALKS = (review,)
