"""What tests of filings stand on: the real regions, a Chinese citizen's account, filings."""

from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.test import Client

from daftar.config.demo.facts import Facts
from daftar.config.demo.regions import add_regions
from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.directory.models import Region
from daftar.portal.filing.models import Filing
from daftar.portal.people.models import Person
from daftar.store.sealing import seal_fields
from tests.portal import world

MAIL = "wangwei@example.cn"
BEIJING, ZHEJIANG, HANGZHOU, NINGBO = "cn-110000", "cn-330000", "cn-330100", "cn-330200"
HUBEI, XIANTAO, YINGTAN = "cn-420000", "cn-429004", "cn-360600"
WHOLE = ("cn-11", "cn-33", "cn-42", "ir-8-")
"""Beginnings of the codes of places that are there with all that lies in them."""


@cache
def region_rows() -> tuple[dict[str, Any], ...]:
    """Rows of the feed `regions` as the demo has them: all provinces, China's cities, and what lies in a few places."""
    facts = Facts({}, world.long_ago())
    add_regions(facts)
    return tuple(row for row in facts.rows["regions"] if _kept(str(row["code"]), str(row["level"])))


def _kept(code: str, level: str) -> bool:
    return level in ("country", "province") or (level == "city" and code[:2] == "cn") or code.startswith(WHOLE)


def regions() -> None:
    """Real regions of both countries; those that are there already stay."""
    Region.objects.bulk_create((Region(**row) for row in region_rows()), ignore_conflicts=True)


def resident(*, card_state: str = "issued", verified: bool = False) -> Account:
    """The world's resident of 鹰潭, with an account whose mailbox is confirmed; one that is there already stays."""
    Person.objects.filter(key=world.key_of(world.RESIDENT)).update(card_state=card_state, insured_region=YINGTAN)
    Account.objects.filter(person_key=world.key_of(world.RESIDENT)).update(jurisdiction="cn")
    return Account.objects.filter(person_key=world.key_of(world.RESIDENT)).first() or account_make(
        user="resident",
        password=world.PASSWORD,
        role=Role.CITIZEN,
        jurisdiction="cn",
        mail=MAIL,
        name="王伟",
        language="zh",
        person_key=world.key_of(world.RESIDENT),
        verified_at=world.long_ago() if verified else None,
        verified_by="mobile" if verified else "",
    )


def filed(number: str, **changes: Any) -> Filing:
    """A filing of the resident for 杭州, unless it is said otherwise."""
    contact = {"contact_name": "王芳", "contact_phone": "13800000002", "address": "示例路1号"}
    made: dict[str, Any] = {
        "filing_id": number,
        "key": world.key_of(world.RESIDENT),
        "category": "long_term_resident",
        "destination_region": HANGZHOU,
        "starts": date(2026, 1, 1),
        "state": "in_force",
        "insured_region": YINGTAN,
        "insurance_type": "390",
        "source": "counter",
        "sealed": seal_fields(settings.SECRETS, "filing", contact),
        "recorded_at": world.long_ago(),
    }
    return Filing.objects.create(**made | changes)


def logged_in(mail: str = MAIL) -> Client:
    """A citizen logged in."""
    client = Client()
    client.post("/en/accounts/log-in/", {"login": mail, "password": world.PASSWORD})
    return client
