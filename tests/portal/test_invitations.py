"""Users of organisations and staff: invited by their administrator, second factor at the first log-in, switched off."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from daftar.portal.accounts.models import Account, Invitation, Role
from daftar.portal.accounts.services import account_make
from daftar.portal.notices.selectors import newest_messages
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import log_in, words
from tests.portal.signing_up import code_to

pytestmark = pytest.mark.usefixtures("portal")
LONG = "four quite usual words"
SARA = {"name": "سارا کارمند", "mail": "sara@example.org", "user": "sara", "role": "operator"}
USERS = "/en/accounts/users/"


@pytest.fixture
def administrator(portal: str) -> Client:
    """The administrator of the hospital's accounts."""
    account_make(
        user="boss",
        password=world.PASSWORD,
        role=Role.ADMINISTRATOR,
        organisation=world.HOSPITAL,
        display_name="مدیر بیمارستان",
        totp_secret=world.TOTP_SECRET,
    )
    return log_in("boss")


def link() -> str:
    """Where the newest mail leads."""
    return re.search(r"https?://[^/]+(/\S+)", newest_messages()[0].message.text)[1]


def accept(password: str = LONG) -> object:
    """Set the password of an invitation."""
    return Client().post(link(), {"password": password, "again": password})


def test_an_operator_is_invited_sets_a_password_and_a_second_factor(administrator: Client) -> None:
    response = administrator.post(f"{USERS}invite/", SARA)
    assert "The invitation is on its way" in words(administrator.get(response.url))
    assert newest_messages()[0].message.to == "sara@example.org"
    assert "مدیر بیمارستان" in newest_messages()[0].message.text
    assert "سارا کارمند" in words(Client().get(link()))
    assert "Your account is ready" in words(Client().get(accept().url))
    client = Client()
    client.post("/en/accounts/log-in/", {"login": "sara@example.org", "password": LONG})
    assert client.get("/en/entitlement/ask/").url == "/en/accounts/second-factor/"
    page = client.get("/en/accounts/second-factor/").content.decode()
    secret = re.search(r'class="key"[^>]*>([A-Z2-7]+)<', page)[1]
    client.post("/en/accounts/second-factor/", {"code": world.totp(datetime.now(UTC), secret)})
    assert client.get("/en/entitlement/ask/").status_code == 200
    account = Account.objects.get(user="sara")
    assert (account.role, account.organisation, account.office) == ("operator", world.HOSPITAL, "")


def test_the_modern_rule_holds_for_who_is_invited(administrator: Client) -> None:
    administrator.post(f"{USERS}invite/", SARA)
    response = accept("secret42you")
    assert response.status_code == 422
    assert text("input.password_modern", "en") in words(response)


def test_a_link_works_once_in_time_and_unless_withdrawn(administrator: Client) -> None:
    administrator.post(f"{USERS}invite/", SARA)
    assert accept().status_code == 302
    assert accept().status_code == Client().get(link()).status_code == 404
    administrator.post(f"{USERS}invite/", SARA | {"user": "sima", "mail": "sima@example.org"})
    Invitation.objects.filter(user="sima").update(expires_at=world.long_ago())
    assert "This invitation is over" in words(Client().get(link()))
    administrator.post(f"{USERS}invite/", SARA | {"user": "mina", "mail": "mina@example.org"})
    standing = Invitation.objects.get(user="mina")
    administrator.post(USERS, {"withdraw": str(standing.id)})
    assert accept().status_code == 404
    assert not Account.objects.filter(user__in=["sima", "mina"]).exists()


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"user": "hospital"}, "user", "user_name_taken"),
        ({"user": "Boss"}, "user", "user_name_taken"),
        ({"mail": "citizen@example.org"}, "mail", "mail_taken"),
        ({"user": "سارا"}, "user", "not_a_user_name"),
        ({"user": "a b"}, "user", "not_a_user_name"),
        ({"user": "sara@example.org"}, "user", "not_a_user_name"),
        ({"mail": "sara"}, "mail", "not_a_mail"),
        ({"name": ""}, "name", "required"),
    ],
)
def test_bad_input_invites_nobody(administrator: Client, change: dict, field: str, code: str) -> None:
    response = administrator.post(f"{USERS}invite/", SARA | change)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert text(f"input.{code}", "en") in words(response)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["insurer_admin", "counter", "citizen", ""])
def test_an_organisation_gives_its_own_roles_alone(administrator: Client, role: str) -> None:
    assert administrator.post(f"{USERS}invite/", SARA | {"role": role}).status_code == 422
    assert not Invitation.objects.exists()


def test_headquarters_invite_staff_and_administrators_of_organisations() -> None:
    client = log_in("headquarters")
    common = {"name": "N"}
    for number, (role, place) in enumerate({"reviewer": world.OFFICE, "administrator": world.HOSPITAL}.items()):
        values = common | {"mail": f"n{number}@example.org", "user": f"new{number}", "role": role, "place": place}
        assert client.post(f"{USERS}invite/", values).status_code == 302
        accept()
    staff, chief = Account.objects.get(user="new0"), Account.objects.get(user="new1")
    assert (staff.office, staff.organisation, staff.jurisdiction) == (world.OFFICE, "", "ir")
    assert (chief.office, chief.organisation) == ("", world.HOSPITAL)
    for role, code in (("counter", "unknown_office"), ("administrator", "unknown_organisation")):
        values = common | {"mail": "x@example.org", "user": "newx", "role": role, "place": "nowhere"}
        assert text(f"input.{code}", "en") in words(client.post(f"{USERS}invite/", values))


def test_headquarters_of_one_country_neither_see_nor_invite_people_of_the_other() -> None:
    """Else a second mailbox would be the way around every limit by country."""
    Account.objects.filter(user="headquarters").update(jurisdiction="cn")
    client, counter = log_in("headquarters"), Account.objects.get(user="counter")
    assert client.get(f"{USERS}{counter.pk}/").status_code == 404
    assert f"{USERS}{counter.pk}/" not in client.get(USERS).content.decode()
    for role, place in (("reviewer", world.OFFICE), ("administrator", world.HOSPITAL)):
        values = {"name": "N", "mail": "n@example.org", "user": "newn", "role": role, "place": place}
        assert client.post(f"{USERS}invite/", values | {"jurisdiction": "ir"}).status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("user", ["counter", "hospital", "hotline"])
def test_only_administrators_see_users(user: str) -> None:
    client = log_in(user)
    for page in ("", "invite/", f"{Account.objects.get(user=user).pk}/"):
        assert client.get(USERS + page).status_code == 403


def test_an_administrator_sees_and_changes_the_own_organisations_users_alone(administrator: Client) -> None:
    page = words(administrator.get(USERS))
    assert "hospital" in page
    assert "headquarters" not in page
    assert "citizen" not in page
    for other in ("counter", "citizen"):
        address = f"{USERS}{Account.objects.get(user=other).pk}/"
        assert administrator.get(address).status_code == administrator.post(address, {"do": "off"}).status_code == 404
        assert Account.objects.get(user=other).is_active
    client = log_in("headquarters")
    assert client.get(f"{USERS}{Account.objects.get(user='citizen').pk}/").status_code == 404


def test_switched_off_at_once_and_on_again(administrator: Client) -> None:
    client = log_in("hospital")
    address = f"{USERS}{Account.objects.get(user='hospital').pk}/"
    administrator.post(address, {"do": "off"})
    assert client.get("/en/entitlement/ask/").status_code == 302
    refused = Client().post("/en/accounts/log-in/", {"login": "hospital", "password": world.PASSWORD})
    assert "The name or the password is wrong." in words(refused)
    administrator.post(address, {"do": "on"})
    assert Client().post("/en/accounts/log-in/", {"login": "hospital", "password": world.PASSWORD}).status_code == 302
    page = words(administrator.get(address))
    assert page.index("Switched on") < page.index("Switched off")
    assert "boss" in page


def test_nobody_switches_themself_off(administrator: Client) -> None:
    boss = Account.objects.get(user="boss")
    administrator.post(f"{USERS}{boss.pk}/", {"do": "off"})
    assert Account.objects.get(user="boss").is_active


def test_a_lost_second_factor_is_removed_and_another_one_set_up(administrator: Client) -> None:
    administrator.post(f"{USERS}{Account.objects.get(user='hospital').pk}/", {"do": "factor"})
    client = Client()
    client.post("/en/accounts/log-in/", {"login": "hospital", "password": world.PASSWORD})
    assert client.get("/en/entitlement/ask/").url == "/en/accounts/second-factor/"


def test_who_was_invited_resets_a_forgotten_password_by_the_modern_rule(administrator: Client) -> None:
    administrator.post(f"{USERS}invite/", SARA)
    accept()
    client = Client()
    client.post("/en/accounts/forgotten/", {"mail": "sara@example.org"})
    client.post("/en/accounts/forgotten/code/", {"code": code_to("sara@example.org")})
    short = client.post("/en/accounts/forgotten/password/", {"password": "secret42you", "again": "secret42you"})
    assert text("input.password_modern", "en") in words(short)
