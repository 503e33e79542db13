"""The walk through «办理进度查询»: nothing yet, cases in every state, withdrawing one, a member chosen."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

from django.conf import settings
from playwright.sync_api import Page

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.cases import material_services, services
from daftar.portal.cases.materials.checking import Checked
from daftar.portal.cases.materials.keeping import keep
from daftar.portal.cases.models import Case, CaseStep
from daftar.portal.cases.stepping import NOTE
from daftar.portal.proxy.models import ProxyBinding
from daftar.store.sealing import seal_fields
from daftar.terms.cases import CaseKind
from tests.portal import world
from tests.portal.walking import fill

PRINCIPAL = ("cn-resident-id", world.cn_id(71, date(1981, 2, 3)), "")
MEMBER = ("cn-resident-id", world.cn_id(72, date(1950, 2, 3)), "")
MAIL = "liufang@example.cn"
NAMES = {"principal_name": "刘芳", "member_name": "刘建国", "kinship": "parent"}


def progress(page: Page, language: str) -> Iterator[str]:
    """A principal of a member."""
    account = _account()
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=MAIL, password=world.PASSWORD)
    page.goto(f"/{language}/progress/")
    yield "no cases"
    cases = {state: _case(account, state) for state in ("approved", "refused", "withdrawn", "submitted", "sent_back")}
    page.goto(f"/{language}/progress/")
    yield "cases"
    fill(page, number="1")
    yield "cases with an error"
    for state, case in cases.items():
        page.goto(f"/{language}/progress/{case.number}/")
        yield f"case, {state}"
    page.click("p.actions a:last-child >> nth=-1")
    yield "withdraw a case"
    page.goto(f"/{language}/progress/")
    page.click(".whom summary")
    yield "cases, for whom"
    page.click(".whom-button >> nth=1")
    page.wait_for_load_state()
    page.goto(f"/{language}/progress/")
    yield "cases of a member"
    page.goto(f"/{language}/progress/{cases['submitted'].number}/")
    yield "case of somebody else"


def _account() -> Account:
    """The principal, bound to a member."""
    found = Account.objects.filter(user="follower").first()
    if found:
        return found
    world.person(PRINCIPAL, "芳", "刘", date(1981, 2, 3), "female", jurisdiction="cn")
    world.person(MEMBER, "建国", "刘", date(1950, 2, 3), "male", jurisdiction="cn")
    now = datetime.now(UTC)
    ProxyBinding.objects.create(
        principal=world.key_of(PRINCIPAL),
        member=world.key_of(MEMBER),
        jurisdiction="cn",
        way="counter",
        checked_by="counter",
        asked_at=now,
        bound_at=now,
        sealed=seal_fields(settings.SECRETS, "proxy_binding", NAMES),
    )
    return account_make(
        user="follower",
        password=world.PASSWORD,
        role=Role.CITIZEN,
        mail=MAIL,
        name="刘芳",
        person_key=world.key_of(PRINCIPAL),
        jurisdiction="cn",
        verified_at=now,
        verified_by="counter",
    )


def _case(account: Account, state: str) -> Case:
    """A case with a file in it, brought to a state by hand."""
    now = datetime.now(UTC)
    case = services.case_begin(
        kind=CaseKind.OBJECTION, person=account.person_key, jurisdiction="cn", by=account, at=now
    )
    checked = Checked("居住证明.pdf", "application/pdf", b"%PDF-1.7", 2, "d")
    file = keep(settings.SECRETS, uuid4(), checked)
    material_services.material_add(case=case.pk, what="residence_proof", kept=file, by=account, at=now)
    decided = state in ("approved", "refused")
    reasons = {"refused": "paper_missing", "sent_back": "material_unreadable"}.get(state, "")
    Case.objects.filter(pk=case.pk).update(
        state=state,
        way="manual",
        submitted_at=now,
        queued_at=now if state == "submitted" else None,
        sent_back_at=now if state == "sent_back" else None,
        decided_by="reviewer" if decided else "",
        decided_at=now if decided else None,
        reasons=reasons,
    )
    CaseStep.objects.create(case=case, act="submit", state="submitted", by=account.user, at=now)
    if reasons:
        act = {"refused": "refuse", "sent_back": "send_back"}[state]
        note = settings.SECRETS.seal("第二页不清楚".encode(), about=NOTE)
        CaseStep.objects.create(
            case=case, act=act, state=state, by="reviewer", office="hq", at=now, reasons=reasons, sealed_note=note
        )
    return case


PROGRESS_WALKS = (progress,)
