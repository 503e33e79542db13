"""The office counter: find, register a mobile (S2.9), record a paper (S2.13); every look is journalled (X.5)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from daftar.portal.entitlement.models import Evidence
from daftar.portal.people.models import Person
from daftar.portal.people.selectors import person_seen
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import log_in, newest_code, own_entitlement, told, words

pytestmark = pytest.mark.usefixtures("portal")


def find(client: Client, made: tuple[str, str, str]) -> str:
    """Find a person; the address of their page."""
    return client.post("/en/console/people/", {"type": made[0], "number": made[1]}).url


def test_a_found_person_is_shown_and_the_look_journalled() -> None:
    client = log_in("counter")
    url = find(client, world.SON)
    assert world.SON[1] not in url
    page = words(client.get(url))
    assert "امید نمونه" in page
    assert text("reason.study_certificate_missing", "en") in page
    look, status = told(world.key_of(world.SON))
    assert (look.mode, look.ground, look.account, look.office) == ("counter", "duty", "counter", world.OFFICE)
    assert look.shown == "name father_name birth_date death_date mobile evidence"
    assert (status.mode, status.channel) == ("specific", "counter")


def test_each_look_is_journalled_again() -> None:
    client = log_in("counter")
    url = find(client, world.SON)
    client.get(url)
    client.get(url)
    assert len([row for row in told(world.key_of(world.SON)) if row.mode == "counter"]) == 2


@pytest.mark.parametrize("page", ["mobile", "evidence"])
def test_a_page_with_the_name_alone_journals_the_name_alone(page: str) -> None:
    client = log_in("counter")
    assert "امید نمونه" in words(client.get(f"{find(client, world.SON)}{page}/"))
    assert [row.shown for row in told(world.key_of(world.SON)) if row.mode == "counter"] == ["name"]


def test_nobody_known_is_an_error_at_the_number() -> None:
    nobody = ("ir-national-code", world.ir_code(999), "")
    response = log_in("counter").post("/en/console/people/", {"type": nobody[0], "number": nobody[1]})
    assert response.status_code == 422
    assert response.content.decode().count(text("reason.unknown_person", "en")) == 2
    (look,) = told(world.key_of(nobody))
    assert (look.mode, look.outcome, look.reason, look.shown) == ("counter", "not_found", "unknown_person", "")
    assert (look.account, look.office, look.ground) == ("counter", world.OFFICE, "duty")


def test_a_handle_opens_nothing_in_another_session() -> None:
    url = find(log_in("counter"), world.SON)
    other = Client()
    assert other.get(url).status_code == 302
    world.account_make(user="second", password=world.PASSWORD, role=world.Role.COUNTER, totp_secret=world.TOTP_SECRET)
    assert log_in("second").get(url).status_code == 404


def test_a_registered_mobile_opens_own_entitlement() -> None:
    mobile = "09120000077"
    assert own_entitlement(Client(), world.SILENT, mobile=mobile).status_code == 422
    client = log_in("counter")
    url = find(client, world.SILENT)
    response = client.post(f"{url}mobile/", {"mobile": mobile, "seen": "on"})
    assert "The mobile number is registered" in words(client.get(response.url))
    citizen = Client()
    assert own_entitlement(citizen, world.SILENT, mobile=mobile).status_code == 302
    assert citizen.post("/en/entitlement/own/code/", {"code": newest_code()}).status_code == 302
    assert "mobile_recorded" in [row.mode for row in told(world.key_of(world.SILENT))]
    seen = person_seen(world.key_of(world.SILENT))
    assert (seen.fields["mobile"], seen.mobile_verified, seen.name) == ("+989120000077", True, "نادر بی‌تلفن")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"mobile": "09120000077"}, "seen"),
        *(({"mobile": mobile, "seen": "on"}, "mobile") for mobile in ("13800138000", "+8613800138000", "+16502530000")),
    ],
)
def test_a_mobile_needs_the_right_country_and_the_tick(values: dict[str, str], field: str) -> None:
    client = log_in("counter")
    response = client.post(f"{find(client, world.SILENT)}mobile/", values)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert Person.objects.get(key=world.key_of(world.SILENT)).mobile_key is None


def test_a_study_certificate_covers_the_son_at_once() -> None:
    client = log_in("counter")
    url = find(client, world.SON)
    assert "Not covered" in words(client.get(url))
    until = date.today() + timedelta(days=200)
    values = {"kind": "study_certificate", "valid_from": str(date.today()), "valid_until": str(until), "seen": "on"}
    response = client.post(f"{url}evidence/", values)
    page = words(client.get(response.url))
    assert "The paper is recorded" in page
    assert text("status.covered", "en") in page
    row = Evidence.objects.get()
    assert (row.source, row.office, row.valid_until) == ("counter", world.OFFICE, until)
    assert "paper_recorded" in [row.mode for row in told(world.key_of(world.SON))]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "anything"}, "kind"),
        ({"valid_from": "x"}, "valid_from"),
        ({"valid_from": "0405/08/30"}, "valid_from"),
        ({"valid_until": "2020-01-01"}, "valid_until"),
        ({"seen": ""}, "seen"),
    ],
)
def test_a_paper_with_an_error_is_not_recorded(change: dict[str, str], field: str) -> None:
    client = log_in("counter")
    values = {"kind": "study_certificate", "valid_from": "2026-10-01", "valid_until": "2027-09-01", "seen": "on"}
    response = client.post(f"{find(client, world.SON)}evidence/", values | change)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not Evidence.objects.exists()


def test_the_same_paper_again_takes_the_place_of_the_first() -> None:
    client = log_in("counter")
    url = find(client, world.SON)
    today = datetime.now(UTC).date()
    for days in (10, 20):
        until = str(today + timedelta(days=days))
        values = {"kind": "study_certificate", "valid_from": str(today), "valid_until": until, "seen": "on"}
        client.post(f"{url}evidence/", values)
    assert Evidence.objects.get().valid_until == today + timedelta(days=20)
