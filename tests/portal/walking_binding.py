"""The walk through the pages of binding: the way, both forms, the camera that may not be used, the letter, the end."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from unittest.mock import patch

from playwright.sync_api import Page

from daftar.portal.people.models import Person
from daftar.portal.people.photos import photo_record
from daftar.portal.proxy import persons
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.binding import ELDER, NAMES
from tests.portal.walking import fill

BORN = date(date.today().year - 8, 3, 1)
SMALL = ("cn-resident-id", world.cn_id(22, BORN), "")
CHILDS = {"name": "王小红", "paper": "other", "number": SMALL[1], "born": BORN.isoformat(), "kinship": "child"}
ELDERS = {"name": NAMES[ELDER], "number": ELDER[1], "kinship": "parent"}


def by_face(page: Page, language: str) -> Iterator[str]:
    """As far as a browser without camera comes."""
    ground.people()
    now = datetime.now(UTC)
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=ground.mail_of(world.RESIDENT), password=world.PASSWORD)
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
    ground.people()
    world.person(SMALL, "小红", "王", BORN, "female", jurisdiction="cn")
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=ground.mail_of(world.RESIDENT), password=world.PASSWORD)
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


BINDING_WALKS = (by_face, by_letter)
