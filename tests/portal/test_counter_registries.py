"""The counter asks a registry now; until it is switched on, the original paper counts (S2.13)."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from daftar.config.registry_settings import RegistryAddress
from daftar.feeds.connectors import asking
from daftar.feeds.connectors.breaker import FAILURES, FIRST_REST
from daftar.portal.entitlement import registries
from daftar.portal.entitlement.models import Evidence
from daftar.terms.outcomes import EvidenceKind
from daftar.terms.texts import text
from tests.feeds.registering import says, switch_on
from tests.portal import world
from tests.portal.acting import log_in, told, words
from tests.portal.identity_authority import Authority, served

pytestmark = [pytest.mark.usefixtures("portal"), pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)]
LONG_AGO = date(2025, 3, 21)
BUTTON = "Ask the registry now"


@pytest.fixture
def ministry(monkeypatch: pytest.MonkeyPatch):
    """A ministry that has been switched on, with an address."""
    switch_on(monkeypatch, LONG_AGO, "study_certificate")
    until = date.today() + timedelta(days=200)
    said = says("confirmed", valid_from=str(date.today()), valid_until=str(until))
    with served(Authority(answer=said)) as there:
        address = RegistryAddress(there.url, "a-token")
        monkeypatch.setattr(settings, "REGISTRIES", {EvidenceKind.STUDY_CERTIFICATE: address})
        registries.registries.cache_clear()
        yield there
    registries.registries.cache_clear()


def person_page(client: Client, made: tuple[str, str, str] = world.SON) -> str:
    """The address of a person's page at the counter."""
    return client.post("/en/console/people/", {"type": made[0], "number": made[1]}).url


def ask(client: Client, page: str, name: str = "study_certificates") -> object:
    """Press the button; the page that follows."""
    return client.post(f"{page}registry/", {"registry": name}, follow=True)


def test_the_registry_confirms_and_the_son_is_covered_at_once(ministry: Authority) -> None:
    client = log_in("counter")
    page = person_page(client)
    before = words(client.get(page))
    assert BUTTON in before
    assert text("next_by_registry.study_certificate_missing", "en") in before
    after = words(ask(client, page))
    assert text("registry_said.confirmed", "en") in after
    assert text("status.covered", "en") in after
    assert text("evidence_source.connector", "en") in after
    (asked,) = ministry.asked
    assert asked["identifier"] == {"type": world.SON[0], "number": world.SON[1]}
    row = Evidence.objects.get(key=world.key_of(world.SON))
    assert (row.source, row.office) == ("connector", world.OFFICE)
    looks = [
        (each.mode, each.outcome, each.account) for each in told(world.key_of(world.SON)) if each.mode == "registry"
    ]
    assert sorted(looks) == [("registry", "asked", "counter"), ("registry", "confirmed", "counter")]


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [(says("not_found"), 200, "not_found"), (b"nonsense", 200, "away"), (says("not_found"), 403, "away")],
)
def test_without_a_confirmation_nothing_changes(ministry: Authority, answer, status: int, said: str) -> None:
    ministry.answer, ministry.status = answer, status
    client = log_in("counter")
    page = person_page(client)
    shown = words(ask(client, page))
    assert text(f"registry_said.{said}", "en") in shown
    assert text("status.not_covered", "en") in shown
    assert text("registry_said.too_soon", "en") in words(ask(client, page))
    assert len(ministry.asked) == 1
    assert not Evidence.objects.exists()


def test_a_registry_that_is_left_alone_is_not_asked_and_nothing_is_on_record(ministry: Authority) -> None:
    ministry.status = 403
    client = log_in("counter")
    page = person_page(client)
    (registry,) = registries.registries().values()
    for _ in range(FAILURES):
        registry._breaker.failed(timezone.now())
    assert text("registry_said.away", "en") in words(ask(client, page))
    assert ministry.asked == []
    assert "registry" not in {each.mode for each in told(world.key_of(world.SON))}


def test_pressing_again_too_soon_uses_up_no_try(ministry: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "PRESSED_AGAIN", timedelta(hours=1))
    client = log_in("counter")
    page = person_page(client)
    ask(client, page)
    (registry,) = registries.registries().values()
    for _ in range(FAILURES):
        registry._breaker.failed(timezone.now() - FIRST_REST)
    for _ in range(2):
        assert text("registry_said.too_soon", "en") in words(ask(client, page))


def test_only_registries_that_could_know_something_are_offered(ministry: Authority) -> None:
    for user, made in (("counter-cn", world.RESIDENT), ("counter", world.PAID)):
        client = log_in(user)
        page = person_page(client, made)
        assert BUTTON not in words(client.get(page))
        assert ask(client, page).status_code == 404  # type: ignore[attr-defined]
    assert ask(client, person_page(client), "birth_registrations").status_code == 404  # type: ignore[attr-defined]
    assert client.get(f"{person_page(client)}registry/").status_code == 405
    assert ministry.asked == []


def test_where_a_registry_decides_the_page_of_papers_says_that_they_count_no_longer(ministry: Authority) -> None:
    client = log_in("counter")
    shown = words(client.get(f"{person_page(client)}evidence/"))
    assert f"paper counts no longer {text('evidence.study_certificate', 'en')}" in shown


def test_until_it_is_switched_on_the_original_paper_counts() -> None:
    client = log_in("counter")
    page = person_page(client)
    shown = words(client.get(page))
    assert BUTTON not in shown
    assert text("next.study_certificate_missing", "en") in shown
    assert "the original paper that you have seen counts" in words(client.get(f"{page}evidence/"))
    assert ask(client, page).status_code == 404  # type: ignore[attr-defined]
