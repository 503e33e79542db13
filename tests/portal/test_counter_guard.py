"""Whom a counter serves: nobody of another country, and nobody close to who works with the account."""

from uuid import UUID

import pytest
from django.test import Client

from daftar.portal.accounts.models import Account
from daftar.portal.cases.models import Reviewer
from daftar.portal.console.guard import WHY, NotServed
from daftar.portal.entitlement.models import Evidence
from daftar.portal.people.models import Person
from daftar.portal.proxy.models import ProxyBinding
from daftar.terms.texts import LANGUAGES
from tests.portal import binding, world
from tests.portal.acting import log_in, told, words

pytestmark = [pytest.mark.usefixtures("portal"), pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)]

PAGES = ("", "mobile/", "evidence/", "account/", "quiz/", "photo/", "photo/remove/", "bindings/", "bindings/new/")
REGISTERED = {"mobile": "09120000077", "seen": "on"}
FOREIGN, CLOSE = (str(WHY[each]) for each in (NotServed.OTHER_COUNTRY, NotServed.RELATED))


def is_behind(user: str, made: tuple[str, str, str]) -> None:
    """Headquarters have recorded who works with an account."""
    account = Account.objects.get(user=user).pk
    Reviewer.objects.update_or_create(
        account=account,
        defaults={"key": world.key_of(made), "recorded_by": "headquarters", "recorded_at": world.long_ago()},
    )


def find(client: Client, made: tuple[str, str, str], language: str = "en") -> object:
    """Type somebody's number."""
    return client.post(f"/{language}/console/people/", {"type": made[0], "number": made[1]})


def refused(key: UUID) -> list[tuple[str, str, str, str]]:
    return [(row.mode, row.reason, row.account, row.shown) for row in told(key) if row.outcome == "refused"]


def test_somebody_of_another_country_is_not_served() -> None:
    answer = find(log_in("counter"), world.RESIDENT)
    assert answer.status_code == 422
    assert FOREIGN in words(answer)
    assert "王伟" not in words(answer)
    assert refused(world.key_of(world.RESIDENT)) == [("counter", "other_country", "counter", "")]
    assert find(log_in("counter-cn"), world.RESIDENT).status_code == 302


@pytest.mark.parametrize("clerk", [world.PAID, world.SON, world.CHILD], ids=["their own", "their father", "a brother"])
def test_nobody_serves_themself_nor_who_is_close(clerk: tuple[str, str, str]) -> None:
    is_behind("counter", clerk)
    client = log_in("counter")
    answer = find(client, world.PAID)
    assert answer.status_code == 422
    assert CLOSE in words(answer)
    assert CLOSE in words(find(client, world.SON))
    assert refused(world.key_of(world.PAID)) == [("counter", "related", "counter", "")]
    assert find(client, world.LAPSED).status_code == 302, "strangers are served"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_was_open_serves_no_longer(page: str) -> None:
    client = log_in("counter")
    address = find(client, world.SILENT).url
    is_behind("counter", world.SILENT)
    for answer in (client.get(f"{address}{page}"), client.post(f"{address}{page}", REGISTERED)):
        assert answer.status_code == 403
        assert CLOSE in words(answer)
        assert "نادر" not in words(answer)
    assert Person.objects.get(key=world.key_of(world.SILENT)).mobile_key is None
    assert not Evidence.objects.exists()
    assert refused(world.key_of(world.SILENT)) == [("counter", "related", "counter", "")] * 2


def test_a_registry_is_not_asked_about_a_relative() -> None:
    client = log_in("counter")
    address = find(client, world.SON).url
    is_behind("counter", world.PAID)
    assert client.post(f"{address}registry/", {"registry": "student_registry"}).status_code == 403


def test_a_relative_is_not_bound_by_the_clerk_to_somebody_else() -> None:
    binding.people()
    client = log_in("counter-cn")
    page = f"{find(client, world.RESIDENT).url}bindings/new/"
    number = {"type": binding.ELDER[0], "number": binding.ELDER[1]}
    both = client.post(page, number).url
    is_behind("counter-cn", binding.ELDER)
    assert client.post(both, {"kinship": "parent", "both": "on"}).status_code == 403
    assert CLOSE in words(client.post(page, number))
    assert not ProxyBinding.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_refusals_speak_the_language_of_the_page(language: str) -> None:
    client = log_in("counter")
    address = find(client, world.SILENT, language).url
    is_behind("counter", world.SILENT)
    said = {words(client.get(address)), words(find(client, world.RESIDENT, language))}
    english = [sentence for sentence in (FOREIGN, CLOSE, "whom you cannot serve") for page in said if sentence in page]
    assert bool(english) is (language == "en")
