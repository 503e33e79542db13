"""The walk through the pages of acting: «我的亲情成员», details, ending, the switch, what is refused, what is over."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.conf import settings
from playwright.sync_api import Page

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.proxy.models import ProxyBinding
from daftar.store.sealing import seal_fields
from tests.portal import world
from tests.portal.walking import GO, fill

PRINCIPAL = ("cn-resident-id", world.cn_id(81, date(1983, 2, 3)), "13800000081")
ELDER = ("cn-resident-id", world.cn_id(82, date(1949, 2, 3)), "")
FRIEND = ("cn-resident-id", world.cn_id(83, date(1984, 2, 3)), "")
MAIL = "chenjing@example.cn"
NAMES = {PRINCIPAL: ("静", "陈"), ELDER: ("桂兰", "周"), FRIEND: ("敏", "赵")}
OTHERS_TAB = ".acting .btn"


def acting(page: Page, language: str) -> Iterator[str]:
    """Somebody who acts for an elder, and whom a friend asks."""
    elder, asked = _ground()
    page.goto(f"/{language}/accounts/log-in/")
    fill(page, login=MAIL, password=world.PASSWORD)
    page.goto(f"/{language}/proxies/members/")
    page.click("main details summary")
    yield "family members"
    page.goto(f"/{language}/proxies/members/{elder.pk}/")
    yield "details of a member"
    page.goto(f"/{language}/proxies/members/{elder.pk}/unbind/")
    yield "end a binding"
    page.goto(f"/{language}/proxies/members/{asked.pk}/")
    yield "somebody asks"
    page.click("button[value=yes]")
    page.wait_for_load_state()
    yield "an ask that cannot be confirmed"
    page.goto(f"/{language}/entitlement/own/")
    page.click(".whom summary")
    yield "own entitlement, for whom"
    page.click(".whom-button >> nth=1")
    page.wait_for_load_state()
    yield "a member's entitlement"
    yield from _elsewhere(page, language)
    ProxyBinding.objects.filter(pk=elder.pk).update(ended_at=datetime.now(UTC), ended="by_member")
    page.goto(f"/{language}/entitlement/own/")
    yield "a binding that is over"


def _elsewhere(page: Page, language: str) -> Iterator[str]:
    """What a proxy may not do, and a choice that is changed in another tab."""
    page.goto(f"/{language}/looks/")
    yield "refused while acting"
    page.goto(f"/{language}/entitlement/own/")
    tab = page.context.new_page()
    tab.goto(f"/{language}/")
    tab.click(OTHERS_TAB)
    tab.wait_for_load_state()
    tab.close()
    page.click(GO)
    page.wait_for_load_state()
    yield "another is chosen now"
    page.click(".whom summary")
    page.click(".whom-button >> nth=1")
    page.wait_for_load_state()


def _ground() -> tuple[ProxyBinding, ProxyBinding]:
    """Both persons and a friend; the binding that stands, the friend's ask, one that is over."""
    for made, (given, family) in NAMES.items():
        world.person(made, given, family, date(1980, 2, 3), "female", jurisdiction="cn")
    now = datetime.now(UTC)
    _account(now)
    principal, elder, friend = (world.key_of(made) for made in NAMES)
    bound = {"way": "counter", "checked_by": "counter", "bound_at": now}
    _binding(principal, friend, now, **bound, ended_at=now, ended="by_member")
    asked = _binding(friend, principal, now, way="own_confirmation", bound_at=None)
    return _binding(principal, elder, now, **bound), asked


def _binding(principal: object, member: object, at: datetime, **fields: object) -> ProxyBinding:
    named = {world.key_of(made): f"{family}{given}" for made, (given, family) in NAMES.items()}
    names = {"principal_name": named[principal], "member_name": named[member], "kinship": "grandparent"}
    return ProxyBinding.objects.create(
        principal=principal,
        member=member,
        jurisdiction="cn",
        asked_at=at,
        sealed=seal_fields(settings.SECRETS, "proxy_binding", names),
        **fields,
    )


def _account(at: datetime) -> Account:
    return account_make(
        user="acting",
        password=world.PASSWORD,
        role=Role.CITIZEN,
        mail=MAIL,
        name="陈静",
        person_key=world.key_of(PRINCIPAL),
        jurisdiction="cn",
        verified_at=at,
        verified_by="counter",
    )
