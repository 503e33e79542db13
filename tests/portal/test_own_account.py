"""One's own account: password, second factor, notices, log-ins on other devices."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from daftar.portal.accounts.models import Account, LogInSession
from daftar.portal.accounts.sessions import browser_named
from daftar.portal.notices.selectors import channel_of
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import log_in, words
from tests.portal.signing_up import GOOD, log_in_by_mail, mails_to

pytestmark = pytest.mark.usefixtures("portal")
MAIL = "citizen@example.org"
PAGES = ("", "password/new/", "sessions/")


def citizen() -> Client:
    return log_in_by_mail(MAIL, world.PASSWORD)


@pytest.mark.parametrize("page", PAGES)
def test_pages_of_an_account_are_for_who_is_logged_in(page: str) -> None:
    assert Client().get(f"/en/accounts/{page}").url.startswith("/en/accounts/log-in/")
    assert citizen().get(f"/en/accounts/{page}").status_code == 200
    assert log_in("counter").get(f"/en/accounts/{page}").status_code == 200


def test_a_password_is_changed_with_the_present_one() -> None:
    client, elsewhere = citizen(), citizen()
    values = {"old": "wrong", "password": GOOD, "again": GOOD}
    assert text("input.wrong_old_password", "en") in words(client.post("/en/accounts/password/new/", values))
    response = client.post("/en/accounts/password/new/", values | {"old": world.PASSWORD})
    assert "Your password is changed" in words(client.get(response.url))
    assert elsewhere.get("/en/accounts/").status_code == 302
    assert log_in_by_mail(MAIL).get("/en/accounts/").status_code == 200
    assert mails_to(MAIL)[0] == text("mail_subject.password_changed", "en")


def test_the_present_password_cannot_be_guessed_there() -> None:
    client = citizen()
    values = {"old": "wrong", "password": GOOD, "again": GOOD}
    codes = [client.post("/en/accounts/password/new/", values).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]


def test_staff_change_theirs_by_the_modern_rule() -> None:
    values = {"old": world.PASSWORD, "password": "only14letters1", "again": "only14letters1"}
    response = log_in("counter").post("/en/accounts/password/new/", values)
    assert text("input.password_modern", "en") in words(response)


def test_log_ins_are_listed_and_one_is_ended() -> None:
    here, there = citizen(), citizen()
    page = here.get("/en/accounts/sessions/").content.decode()
    assert page.count("this device") == 1
    (other,) = re.findall(r'name="end" value="([0-9a-f-]{36})"', page)
    assert there.get("/en/accounts/").status_code == 200
    here.post("/en/accounts/sessions/", {"end": other})
    assert there.get("/en/accounts/").status_code == 302
    assert here.get("/en/accounts/").status_code == 200


def test_log_out_everywhere_also_ends_a_log_in_that_was_never_used() -> None:
    here, unused = citizen(), citizen()
    response = here.post("/en/accounts/sessions/", {"end": "all"})
    assert "You are logged out everywhere" in words(here.get(response.url))
    for client in (here, unused):
        assert client.get("/en/accounts/").status_code == 302


def test_a_log_in_that_is_over_is_not_listed() -> None:
    here, left, old = citizen(), citizen(), citizen()
    left.post("/en/accounts/log-out/")
    newest = LogInSession.objects.latest("started_at")
    LogInSession.objects.filter(id=newest.id).update(seen_at=datetime.now(UTC) - timedelta(hours=5))
    assert "Devices now logged in: 1" in words(here.get("/en/accounts/"))
    assert left.get("/en/accounts/").status_code == 302
    assert old.get("/en/accounts/").status_code == 200  # Django's session decides that, not the list


def test_nobody_ends_the_log_in_of_another() -> None:
    client, counter = citizen(), log_in("counter")
    mine = LogInSession.objects.get(account__user="citizen")
    counter.post("/en/accounts/sessions/", {"end": str(mine.id)})
    assert client.get("/en/accounts/").status_code == 200


@pytest.mark.parametrize("end", ["", "x", "0" * 40])
def test_nonsense_ends_nothing(end: str) -> None:
    client = citizen()
    assert client.post("/en/accounts/sessions/", {"end": end}).status_code == 302
    assert client.get("/en/accounts/").status_code == 200


def test_when_a_log_in_was_last_used_is_noted_to_five_minutes() -> None:
    client = citizen()
    before = datetime.now(UTC) - timedelta(hours=1)
    LogInSession.objects.update(seen_at=before)
    client.get("/en/accounts/")
    assert LogInSession.objects.get().seen_at > before


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("curl/8.0", ""),
    ],
)
def test_browsers_in_short_words(agent: str, words: str) -> None:
    assert browser_named(agent) == words


def test_an_authenticator_for_citizens_who_wish_and_without_it_again() -> None:
    client = citizen()
    page = client.get("/en/accounts/second-factor/")
    secret = re.search(r'class="key"[^>]*>([A-Z2-7]+)<', page.content.decode())[1]
    code = world.totp(datetime.now(UTC), secret)
    assert client.post("/en/accounts/second-factor/", {"code": code}).url == "/en/accounts/"
    again = Client()
    response = again.post("/en/accounts/log-in/", {"login": MAIL, "password": world.PASSWORD})
    assert response.url == "/en/accounts/code/"
    assert again.get("/en/accounts/").status_code == 302
    assert client.get("/en/accounts/second-factor/off/").status_code == 200
    assert client.post("/en/accounts/second-factor/off/").url == "/en/accounts/"
    assert Account.objects.get(user="citizen").authenticator_set.count() == 0
    log_in_by_mail(MAIL, world.PASSWORD)
    page = words(client.get("/en/accounts/"))
    assert page.index("Second factor removed") < page.index("Second factor set up")


def test_staff_cannot_do_without_it() -> None:
    client = log_in("counter")
    assert client.post("/en/accounts/second-factor/off/").url == "/en/console/"
    assert Account.objects.get(user="counter").authenticator_set.count() == 1


def test_notices_by_sms_or_mail_as_the_person_chooses() -> None:
    client, key = citizen(), world.key_of(world.PAID)
    for channel in ("sms", "mail"):
        response = client.post("/fa/accounts/notices/", {"channel": channel})
        assert response.url == "/fa/accounts/?done=notices"
        assert channel_of(key) == channel
    assert client.post("/fa/accounts/notices/", {"channel": "pigeon"}).status_code == 422
    assert client.post("/fa/accounts/notices/", {}).status_code == 422


def test_the_page_head_names_the_person_whose_name_lies_sealed() -> None:
    assert "رضا نمونه" in words(citizen().get("/en/"))
