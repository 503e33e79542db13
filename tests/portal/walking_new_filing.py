"""The walk through filing treatment elsewhere and taking a filing back: every page, for a member and for oneself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from playwright.sync_api import Page

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.people.models import Person
from daftar.portal.proxy.models import ProxyBinding
from daftar.store.sealing import seal_fields
from tests.portal import handing_in, making_files, world
from tests.portal.filing_ground import HANGZHOU, YINGTAN, ZHEJIANG, filed, regions
from tests.portal.walking import GO, fill

PRINCIPAL = ("cn-resident-id", world.cn_id(91, date(1982, 2, 3)), "13800000091")
ELDER = ("cn-resident-id", world.cn_id(92, date(1951, 2, 3)), "")
MAIL = "hemin@example.cn"
SIGN = "main form .btn-primary"
NAMES = {"principal_name": "何敏", "member_name": "何建国", "kinship": "parent"}


def filing(page: Page, language: str) -> Iterator[str]:
    """From «是否代办» to the number, with mistakes on the way; then one that the rules refuse."""
    account, binding = _ground()
    _log_in(page, language)
    page.goto(f"/{language}/filings/new/")
    yield "filing: for whom"
    fill(page, proxy="yes", member=str(binding.pk))
    page.check("[name=category][value=referral]")
    page.select_option("[name=province]", ZHEJIANG)
    page.select_option("[name=city]", HANGZHOU)
    fill(page, starts="x")
    yield "filing: place with errors"
    fill(page, starts=handing_in.days(1).isoformat(), address="文三路1号")
    fill(page, contact_phone="1")
    yield "filing: contact with errors"
    page.check("[name=contact_relation][value=child]")
    fill(page, contact_name="何敏", contact_phone="13800000091")
    page.fill("[name=name]", "somebody else")
    page.click(SIGN)
    page.wait_for_load_state()
    yield "filing: letter with an error"
    sign(page)
    yield "filing: material"
    page.check("[name=what][value=referral_proof]")
    page.set_input_files("[name=files]", _paper())
    page.click("main form[enctype] button.btn")
    page.click("main .actions a.btn-primary")
    yield "filing: check"
    page.click(GO)
    yield "filing: submitted"
    yield from _refused(page, language, account)


def revoking(page: Page, language: str) -> Iterator[str]:
    """A filing taken back."""
    _log_in(page, language)
    filed(f"w-{language}", key=world.key_of(PRINCIPAL), starts=handing_in.days(-50))
    page.goto(f"/{language}/filings/revoke/")
    yield "filings to revoke"
    page.click(GO)
    yield "revoke this filing"
    page.click(GO)
    yield "revoked"
    page.goto(f"/{language}/filings/revoke/")
    yield "nothing to revoke"


def sign(page: Page) -> None:
    """A signature drawn with the mouse, and sent."""
    page.locator("[data-signature]").scroll_into_view_if_needed()
    box = page.locator("[data-signature]").bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    for number in range(8):
        page.mouse.move(box["x"] + 40 + number * 25, box["y"] + 25 + (number % 3) * 25, steps=3)
    page.mouse.up()
    page.click(SIGN)
    page.wait_for_load_state()


def _refused(page: Page, language: str, account: Account) -> Iterator[str]:
    """The same days once more; and the case of whom one does not act for now."""
    made = handing_in.drafted(account, world.key_of(ELDER), name="何敏")
    page.goto(f"/{language}/filings/new/{made.number}/check/")
    yield "filing: check, not to be approved"
    page.click(GO)
    yield "filing: refused"
    page.goto(f"/{language}/filings/new/")
    fill(page, proxy="no")
    page.goto(f"/{language}/filings/new/{made.number}/done/")
    yield "filing: about somebody else"


def _ground() -> tuple[Account, ProxyBinding]:
    """A principal and an elder, both insured in 鹰潭, bound at a counter."""
    regions()
    handing_in.pooling()
    world.person(PRINCIPAL, "敏", "何", date(1982, 2, 3), "female", jurisdiction="cn")
    world.person(ELDER, "建国", "何", date(1951, 2, 3), "male", jurisdiction="cn")
    both = [world.key_of(PRINCIPAL), world.key_of(ELDER)]
    Person.objects.filter(key__in=both).update(insured_region=YINGTAN, card_state="issued")
    world.spell("w-91", PRINCIPAL, "pensioner", date(2015, 1, 1), [])
    world.spell("w-92", ELDER, "pensioner", date(2015, 1, 1), [])
    world.rebuild([PRINCIPAL, ELDER], datetime.now(UTC))
    account = account_make(
        user="filer",
        password=world.PASSWORD,
        role=Role.CITIZEN,
        jurisdiction="cn",
        mail=MAIL,
        name="何敏",
        language="zh",
        person_key=both[0],
        verified_at=world.long_ago(),
        verified_by="mobile",
    )
    now = datetime.now(UTC) - timedelta(minutes=5)
    binding = ProxyBinding.objects.create(
        principal=both[0],
        member=both[1],
        jurisdiction="cn",
        way="counter",
        checked_by="counter",
        asked_at=now,
        bound_at=now,
        sealed=seal_fields(settings.SECRETS, "proxy_binding", NAMES),
    )
    return account, binding


def _log_in(page: Page, language: str) -> None:
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=MAIL, password=world.PASSWORD)


def _paper() -> dict[str, object]:
    return {"name": "转诊.pdf", "mimeType": "application/pdf", "buffer": making_files.bytes_of(making_files.pdf(1))}


NEW_FILING_WALKS = (filing, revoking)
