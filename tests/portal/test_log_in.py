"""Log-in of organisations and staff: password and second factor, limits, roles (S1.2, S4.12)."""

import re
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from daftar.portal.accounts.models import Account, Role
from daftar.portal.accounts.services import account_make
from tests.portal import world
from tests.portal.acting import log_in, words

pytestmark = pytest.mark.usefixtures("portal")
PAGES = {
    "/en/entitlement/ask/": {"hospital"},
    "/en/console/people/": {"counter"},
    "/en/console/answers/": {"counter", "hotline", "headquarters"},
    "/en/console/feeds/": {"headquarters"},
}


def test_password_alone_opens_nothing() -> None:
    client = Client()
    response = client.post("/en/accounts/log-in/", {"login": "counter", "password": world.PASSWORD})
    assert response.url == "/en/accounts/code/"
    assert client.get("/en/console/people/").status_code == 302


def test_log_in_ends_at_the_page_of_the_role() -> None:
    client = log_in("counter")
    assert client.get("/en/console/").url == "/en/console/people/"


def test_each_page_lets_in_its_roles_alone() -> None:
    clients = {user: log_in(user) for user in ("hospital", "counter", "hotline", "headquarters")}
    for url, users in PAGES.items():
        assert Client().get(url).url == f"/en/accounts/log-in/?next={url}"
        for user, client in clients.items():
            assert client.get(url).status_code == (200 if user in users else 403), (user, url)


def test_wrong_password_and_unknown_name_say_the_same() -> None:
    one = Client().post("/en/accounts/log-in/", {"login": "counter", "password": "wrong"})
    other = Client().post("/en/accounts/log-in/", {"login": "nobody", "password": "wrong"})
    assert "The name or the password is wrong." in words(one)
    assert words(one) == words(other)


def test_six_wrong_passwords_lock_for_five_minutes() -> None:
    for _ in range(5):
        Client().post("/fa/accounts/log-in/", {"login": "counter", "password": "wrong"})
    response = Client().post("/fa/accounts/log-in/", {"login": "counter", "password": world.PASSWORD})
    assert "تلاش‌های ناموفق زیاد است" in words(response)


def test_a_code_is_taken_once() -> None:
    code = world.totp(datetime.now(UTC))
    first, second = Client(), Client()
    for client in (first, second):
        client.post("/en/accounts/log-in/", {"login": "counter", "password": world.PASSWORD})
    assert first.post("/en/accounts/code/", {"code": code}).status_code == 302
    assert "already used" in words(second.post("/en/accounts/code/", {"code": code}))


def test_first_log_in_enrols_a_second_factor() -> None:
    client = Client()
    client.post("/en/accounts/log-in/", {"login": "newcomer", "password": world.PASSWORD})
    assert client.get("/en/console/people/").url == "/en/accounts/second-factor/"
    page = client.get("/en/accounts/second-factor/")
    secret = re.search(r'class="key"[^>]*>([A-Z2-7]+)<', page.content.decode())[1]
    client.post("/en/accounts/second-factor/", {"code": world.totp(datetime.now(UTC), secret)})
    assert client.get("/en/console/people/").status_code == 200
    again = Client()
    response = again.post("/en/accounts/log-in/", {"login": "newcomer", "password": world.PASSWORD})
    assert response.url == "/en/accounts/code/"


def test_secrets_of_second_factors_are_sealed() -> None:
    from allauth.mfa.models import Authenticator

    stored = Authenticator.objects.get(user__user="counter").data["secret"]
    assert world.TOTP_SECRET not in stored


def test_log_out_ends_it() -> None:
    client = log_in("counter")
    client.post("/en/accounts/log-out/")
    assert client.get("/en/console/people/").status_code == 302


def test_an_account_switched_off_is_out_at_once() -> None:
    client = log_in("counter")
    Account.objects.filter(user="counter").update(is_active=False)
    assert client.get("/en/console/people/").status_code == 302


def test_staff_passwords_keep_the_modern_rule() -> None:
    with pytest.raises(ValidationError):
        account_make(user="short", password="only14letters1", role=Role.HOTLINE)
    assert account_make(user="somebody", password="letters12", role=Role.CITIZEN).role == Role.CITIZEN


@pytest.mark.parametrize("field", ["login", "password"])
def test_controls_in_a_field_are_an_error_or_simply_wrong(field: str) -> None:
    values = {"login": "counter", "password": world.PASSWORD} | {field: "a\u0000b"}
    assert Client().post("/en/accounts/log-in/", values).status_code == 200
