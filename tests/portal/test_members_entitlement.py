"""A member's entitlement by the proxy's own mobile (decision on S2.8), and that the member reads who asked (X.5)."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from daftar.portal.accounts.models import Account
from daftar.portal.entitlement.models import OwnEntitlementChallenge
from daftar.portal.people.models import Person
from daftar.portal.proxy.ending import binding_end
from daftar.portal.proxy.models import ProxyBinding
from daftar.terms.texts import text
from tests.portal import binding as ground
from tests.portal import world
from tests.portal.acting import newest_code, own_entitlement, told, words
from tests.portal.binding import ELDER, bind_face, mail_of

pytestmark = pytest.mark.usefixtures("portal")
on_one_database = pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)

START, CODE = "/en/entitlement/own/", "/en/entitlement/own/code/"
MINE = world.RESIDENT[2]


@pytest.fixture
def principal(portal: str) -> Account:
    """王伟, verified."""
    return ground.people()


@pytest.fixture
def bound(principal: Account) -> ProxyBinding:
    """He acts for 李秀英."""
    made = bind_face(ELDER, principal, datetime.now(UTC))
    assert isinstance(made, ProxyBinding)
    return made


@pytest.fixture
def acting(bound: ProxyBinding) -> Client:
    """王伟, logged in and acting for her."""
    client = citizen(world.RESIDENT)
    client.post("/en/proxies/whom/", {"whom": str(bound.pk), "next": START})
    return client


def citizen(made: ground.Made) -> Client:
    """Somebody of Jiangxi, logged in."""
    ground.account_of(made)
    client = Client()
    client.post("/en/accounts/log-in/", {"login": mail_of(made), "password": world.PASSWORD})
    return client


def asked() -> list[tuple[str, str, object]]:
    """Answers about 李秀英 in the journal."""
    rows = [row for row in told(world.key_of(ELDER)) if row.mode == "specific"]
    return [(row.ground, row.outcome, row.acting_for) for row in rows]


def test_who_is_bound_asks_by_their_own_mobile_and_nobody_else(bound: ProxyBinding) -> None:
    """On both databases, without a log-in: the mobile itself is the proof."""
    assert own_entitlement(Client(), ELDER, "13800000013").status_code == 422
    assert own_entitlement(Client(), world.RESIDENT, ELDER[2]).status_code == 422, "not the other way round"
    client = Client()
    assert own_entitlement(client, ELDER, MINE).status_code == 302
    page = words(client.get(client.post(CODE, {"code": newest_code()}).url))
    assert text("status.not_covered", "en") in page
    assert "A family proxy" in page
    assert asked() == [("proxy", "not_covered", bound.principal)]
    binding_end(binding=bound.pk, side=bound.principal, by=Account.objects.get(person_key=bound.principal), at=now())
    assert own_entitlement(Client(), ELDER, MINE).status_code == 422


@pytest.mark.parametrize("dead", [ELDER, world.RESIDENT], ids=["member", "principal"])
@on_one_database
def test_the_mobile_of_or_for_the_dead_does_not_match(bound: ProxyBinding, dead: ground.Made) -> None:
    Person.objects.filter(key=world.key_of(dead)).update(death_date=date(2026, 11, 20))
    assert own_entitlement(Client(), ELDER, MINE).status_code == 422


@on_one_database
def test_a_mobile_that_nobody_verified_does_not_match(bound: ProxyBinding) -> None:
    Person.objects.filter(key=bound.principal).update(mobile_verified=False)
    assert own_entitlement(Client(), ELDER, MINE).status_code == 422


@on_one_database
def test_who_acts_types_neither_number_nor_mobile(acting: Client, bound: ProxyBinding) -> None:
    page = acting.get(START)
    assert "Entitlement of 李秀英" in words(page)
    assert 'name="number"' not in page.content.decode()
    assert acting.post(START, {"page_for": str(bound.pk)}).url == CODE
    answer = acting.get(acting.post(CODE, {"code": newest_code()}).url)
    assert "A family proxy" in words(answer)
    assert asked() == [("proxy", "not_covered", bound.principal)]
    for personal in ("李秀英", ELDER[1], MINE):
        assert personal not in str(dict(acting.session))


@on_one_database
def test_an_answer_about_a_member_is_not_shown_under_ones_own_name(acting: Client) -> None:
    acting.post(START)
    answer = acting.post(CODE, {"code": newest_code()}).url
    acting.post("/en/proxies/whom/", {"whom": "oneself"})
    assert acting.get(answer).url == START
    acting.post("/en/proxies/whom/", {"whom": "oneself"})
    assert 'name="number"' in acting.get(START).content.decode()


@on_one_database
def test_a_code_for_a_member_is_not_typed_for_oneself(acting: Client) -> None:
    acting.post(START)
    acting.post("/en/proxies/whom/", {"whom": "oneself"})
    assert acting.post(CODE, {"code": newest_code()}).url == START
    assert asked() == []


@on_one_database
def test_a_binding_that_ends_between_code_and_answer_tells_nothing(bound: ProxyBinding) -> None:
    client = Client()
    own_entitlement(client, ELDER, MINE)
    code = newest_code()
    binding_end(binding=bound.pk, side=bound.member, by=ground.account_of(ELDER), at=now())
    refused = client.post(CODE, {"code": code})
    assert (refused.status_code, text("problem.code-refused", "en") in words(refused)) == (422, True)
    assert asked() == []


@on_one_database
def test_without_a_mobile_on_record_the_way_to_an_office_is_shown(acting: Client, bound: ProxyBinding) -> None:
    Person.objects.filter(key=bound.principal).update(mobile_verified=False)
    refused = acting.post(START)
    assert (refused.status_code, text("notice.mismatch_next", "en") in words(refused)) == (422, True)
    assert not OwnEntitlementChallenge.objects.exists()


@on_one_database
def test_the_member_reads_who_asked_for_them(acting: Client) -> None:
    acting.post(START)
    acting.post(CODE, {"code": newest_code()})
    elder = citizen(ELDER)
    assert "王伟, who acts for you" in words(elder.get("/en/looks/"))
    assert elder.post("/en/looks/", {"who": "proxies"}).url == "/en/looks/"
    assert words(elder.get("/en/looks/")).count("王伟, who acts for you") == 2, "bound, and asked"
    assert "王伟" in elder.post("/en/looks/export/").getvalue().decode()


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
