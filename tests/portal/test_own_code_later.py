"""A code that was sent in time opens nothing once its reader may not ask any more (S2.8): as one that is too late."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from daftar.portal.accounts.models import Account
from daftar.portal.affiliation.models import Dependency
from daftar.portal.entitlement.consents import consent_end, consent_give
from daftar.portal.people.models import Person
from daftar.portal.people.services import mobile_register
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import newest_code, own_entitlement, told, words
from tests.portal.signing_up import log_in_by_mail

pytestmark = pytest.mark.usefixtures("portal")
CODE = "/en/entitlement/own/code/"
SPOUSE = world.LAPSED  # an adult who depends on PAID, and has consented


@pytest.fixture(autouse=True)
def married(portal: None) -> None:
    Dependency.objects.create(
        key=world.key_of(SPOUSE),
        main_key=world.key_of(world.PAID),
        starts=date(2020, 1, 1),
        relation="spouse",
        office=world.OFFICE,
        recorded_at=world.long_ago(),
    )
    both = {"dependant": world.key_of(SPOUSE), "main": world.key_of(world.PAID)}
    assert consent_give(**both, by=Account.objects.get(user="counter"), at=timezone.now()) is None


def dies(made: tuple[str, str, str]) -> None:
    Person.objects.filter(key=world.key_of(made)).update(death_date=date.today() - timedelta(days=1))


def leaves(made: tuple[str, str, str]) -> None:
    Dependency.objects.filter(key=world.key_of(made)).update(ends=date.today() - timedelta(days=1))


def another_telephone() -> None:
    key, now = world.key_of(world.PAID), timezone.now()
    mobile_register(key=key, mobile="+989120000088", office=world.OFFICE, by="counter", at=now)


def says_no() -> None:
    both = {"dependant": world.key_of(SPOUSE), "main": world.key_of(world.PAID)}
    assert consent_end(**both, by=Account.objects.get(user="counter"), at=timezone.now())


@pytest.mark.parametrize(
    ("about", "ground", "happens"),
    [
        pytest.param(world.PAID, "own", lambda: dies(world.PAID), id="who asks about themself dies"),
        pytest.param(world.PAID, "own", another_telephone, id="the mobile is another one"),
        pytest.param(world.CHILD, "dependant", lambda: dies(world.PAID), id="the main insured dies"),
        pytest.param(world.CHILD, "dependant", lambda: dies(world.CHILD), id="the child dies"),
        pytest.param(world.CHILD, "dependant", lambda: leaves(world.CHILD), id="the dependency ends"),
        pytest.param(SPOUSE, "consent", says_no, id="the consent ends"),
        pytest.param(SPOUSE, "consent", lambda: leaves(SPOUSE), id="a divorce"),
    ],
)
def test_who_may_not_ask_any_more_is_told_as_of_a_code_that_is_too_late(
    about: tuple[str, str, str], ground: str, happens: Callable[[], None]
) -> None:
    client = Client()
    assert own_entitlement(client, about, mobile=world.PAID[2]).status_code == 302
    code = newest_code()
    happens()
    answer = client.post(CODE, {"code": code})
    assert answer.status_code == 422
    assert text("problem.code-refused", "en") in words(answer)
    rows = [row for row in told(world.key_of(about)) if row.channel == "web"]
    assert [(row.mode, row.outcome, row.reason, row.ground, row.shown) for row in rows] == [
        ("one_time_code", "refused", "not_any_more", ground, "")
    ]
    assert rows[0].acting_for == (None if about == world.PAID else world.key_of(world.PAID))
    assert client.post(CODE, {"code": code}).status_code == 422, "and it was used up"


def test_a_spouse_who_has_consented_is_asked_about_and_both_are_on_record() -> None:
    client = Client()
    assert own_entitlement(client, SPOUSE, mobile=world.PAID[2]).status_code == 302
    page = words(client.get(client.post(CODE, {"code": newest_code()}).url))
    assert "The main insured, by the dependant's consent" in page
    assert "Or object here" not in page, "who was let ask does not object"
    row = told(world.key_of(SPOUSE))[-1]
    assert (row.mode, row.ground, row.acting_for) == ("specific", "consent", world.key_of(world.PAID))
    Account.objects.filter(user="mail-citizen").update(verified_at=timezone.now(), verified_by="counter")
    assert "رضا نمونه, your main insured" in words(
        log_in_by_mail("lapsed@example.org", world.PASSWORD).get("/en/looks/")
    )
