"""The walk through the enrolment of residents: every page of the wizard, its errors, what one is enrolled in."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from playwright.sync_api import Page

from daftar.portal.accounts.models import Role
from daftar.portal.accounts.services import account_make
from daftar.portal.people.models import Person
from daftar.portal.proxy.models import ProxyBinding
from daftar.store.sealing import seal_fields
from tests.portal import enrolment_ground as ground
from tests.portal import making_files, world
from tests.portal.walking import GO, fill

PRINCIPAL = ("cn-resident-id", world.cn_id(61, date(1979, 2, 3)), "13800000061")
ELDER = ("cn-resident-id", world.cn_id(62, date(1947, 2, 3)), "")
MAIL = "sunli@example.cn"


def enrolment(page: Page, language: str) -> Iterator[str]:
    """For a member, whose papers are uploaded; then for oneself, who is insured already."""
    member = _ground()
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=MAIL, password=world.PASSWORD)
    page.goto(f"/{language}/enrolments/")
    yield "enrolment: for whom"
    fill(page)
    yield "enrolment: insured already"
    page.goto(f"/{language}/enrolments/")
    fill(page, proxy="yes", member=str(member.pk))
    yield "enrolment: unit"
    address = page.url.removesuffix("unit/")
    page.select_option("[name=pooling_region]", "")
    page.click("main form .btn-primary")
    yield "enrolment: unit with errors"
    page.select_option("[name=pooling_region]", ground.YINGTAN)
    page.click("main form [name=find]")
    page.check("[name=unit] >> nth=0")
    page.click("main form .btn-primary")
    page.wait_for_load_state()
    page.fill("[name=phone]", "1")
    page.click("main form .btn-primary")
    yield "enrolment: resident with errors"
    page.select_option("[name=ethnicity]", "汉族")
    fill(page, **{name: value for name, value in ground.RESIDENT.items() if name != "ethnicity"})
    starts = ground.TODAY - timedelta(days=1)
    fill(page, category="minimum_living", starts=starts.isoformat())
    yield "enrolment: category and day with errors"
    fill(page, category="minimum_living", starts=ground.TODAY.isoformat())
    page.click("main [name=next]")
    yield "enrolment: evidence missing"
    page.goto(f"{address}check/")
    yield "enrolment: check that says what is missing"
    page.goto(f"{address}materials/")
    page.check("[name=what][value=hardship_certificate]")
    paper = {"name": "证明.jpg", "mimeType": "image/jpeg", "buffer": making_files.photograph()}
    page.set_input_files("[name=files]", paper)
    page.click("main form:has([name=material_add]) .btn")
    page.wait_for_load_state()
    page.click("main [name=next]")
    page.wait_for_load_state()
    yield "enrolment: check"
    page.click(GO)
    page.wait_for_load_state()
    yield "enrolment: handed in"
    page.goto(f"/{language}/enrolments/insurance/")
    yield "enrolment: nothing on record"
    page.click(".acting .btn")
    page.wait_for_load_state()
    yield "enrolment: what one is enrolled in"
    case = ground.case_at(address)
    case.state, case.queued_at, case.way = "draft", None, ""
    case.save()
    page.goto(address)
    yield "enrolment: for somebody else"


def _ground() -> ProxyBinding:
    """Somebody who is insured, and bound to an elder who is not."""
    ground.places()
    for made, given, born in ((PRINCIPAL, "丽", date(1979, 2, 3)), (ELDER, "玉兰", date(1947, 2, 3))):
        world.person(made, given, "孙", born, "female", jurisdiction="cn")
    everybody = [world.key_of(made) for made in (PRINCIPAL, ELDER)]
    Person.objects.filter(key__in=everybody).update(insured_region=ground.YINGTAN)
    start = date(ground.TODAY.year, 1, 1)
    world.spell("walk-enrolment", PRINCIPAL, "resident", start, [start])
    world.rebuild([PRINCIPAL, ELDER], datetime.now(UTC))
    account_make(
        user="sunli",
        password=world.PASSWORD,
        role=Role.CITIZEN,
        jurisdiction="cn",
        mail=MAIL,
        name="孙丽",
        person_key=world.key_of(PRINCIPAL),
        verified_at=world.long_ago(),
        verified_by="mobile",
    )
    names = {"principal_name": "孙丽", "member_name": "孙玉兰", "kinship": "parent"}
    return ProxyBinding.objects.create(
        principal=world.key_of(PRINCIPAL),
        member=world.key_of(ELDER),
        jurisdiction="cn",
        way="counter",
        checked_by="counter",
        asked_at=world.long_ago(),
        bound_at=world.long_ago(),
        sealed=seal_fields(settings.SECRETS, "proxy_binding", names),
    )


ENROLMENT_WALKS = (enrolment,)
