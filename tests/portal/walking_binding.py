"""The walk through the pages of binding: the way, both forms, the camera that may not be used, the letter, the end."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from unittest.mock import patch

from playwright.sync_api import Page

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.people.models import Person
from daftar.portal.people.photos import photo_record
from daftar.portal.proxy import persons
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.walking import fill

BORN = date(date.today().year - 8, 3, 1)
PRINCIPAL = ("cn-resident-id", world.cn_id(71, date(1985, 4, 5)), "13800000071")
ELDER = ("cn-resident-id", world.cn_id(72, date(1950, 4, 5)), "")
SMALL = ("cn-resident-id", world.cn_id(73, BORN), "")
USER, MAIL = "linfang", "linfang@example.cn"
ELDERS = {"name": "吴玉兰", "number": ELDER[1], "kinship": "parent"}
CHILDS = {"name": "林小雨", "paper": "other", "number": SMALL[1], "born": BORN.isoformat(), "kinship": "child"}


def by_face(page: Page, language: str) -> Iterator[str]:
    """As far as a browser without camera comes."""
    now = datetime.now(UTC)
    _log_in(page, language)
    page.goto(f"/{language}/accounts/")
    yield "account with its way to binding"
    page.goto(f"/{language}/proxies/")
    yield "bind"
    page.goto(f"/{language}/proxies/way/")
    yield "way of binding"
    page.goto(f"/{language}/proxies/way/card/")
    fill(page, name="", number="1")
    yield "basic information with errors"
    with patch.object(persons, "may_confirm_themself", lambda region, day: True):
        fill(page, **ELDERS)
    fill(page)
    yield "proof with an error"
    fill(page, way="face")
    yield "face check without a photograph"
    photo_record(key=world.key_of(ELDER), picture=b"picture", taken=now.date(), office="", by="counter", at=now)
    page.reload()
    yield "face check"
    fill(page)
    page.wait_for_selector("[data-problem]:not([hidden])")
    yield "camera that may not be used"


def by_letter(page: Page, language: str) -> Iterator[str]:
    """Refused, bound, and gone."""
    _log_in(page, language)
    for region in (ground.HANGZHOU, ground.YINGTAN):
        Person.objects.filter(key=world.key_of(SMALL)).update(insured_region=ground.YINGTAN)
        page.goto(f"/{language}/proxies/way/child/")
        fill(page, born="1948-03-05")
        yield "child with errors"
        fill(page, **CHILDS)
        fill(page)
        yield "letter with an error"
        Person.objects.filter(key=world.key_of(SMALL)).update(insured_region=region)
        fill(page, read="on")
        yield "bound" if region == ground.YINGTAN else "not bound"
    page.goto(f"/{language}/proxies/way/child/letter/")
    yield "nothing is waiting"


def _log_in(page: Page, language: str) -> None:
    """Persons of this walk alone: the world's resident has an account in others."""
    if not Account.objects.filter(user=USER).exists():
        _ground()
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=MAIL, password=world.PASSWORD)


def _ground() -> None:
    ground.regions()
    world.person(PRINCIPAL, "芳", "林", date(1985, 4, 5), "female", jurisdiction="cn")
    world.person(ELDER, "玉兰", "吴", date(1950, 4, 5), "female", jurisdiction="cn")
    world.person(SMALL, "小雨", "林", BORN, "female", jurisdiction="cn")
    everybody = [world.key_of(each) for each in (PRINCIPAL, ELDER, SMALL)]
    Person.objects.filter(key__in=everybody).update(insured_region=ground.YINGTAN)
    account_make(
        user=USER,
        password=world.PASSWORD,
        role=Role.CITIZEN,
        jurisdiction="cn",
        mail=MAIL,
        name="林芳",
        language="zh",
        person_key=world.key_of(PRINCIPAL),
        verified_at=world.long_ago(),
        verified_by="mobile",
    )


BINDING_WALKS = (by_face, by_letter)
