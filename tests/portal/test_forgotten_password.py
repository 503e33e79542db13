"""A forgotten password (S4.15): e-mail, mail code, new password, back to the log-in page."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from daftar.portal.accounts.models import Account, Challenge
from daftar.portal.notices.selectors import newest_messages
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.acting import words
from tests.portal.signing_up import GOOD, code_to, log_in_by_mail, mails_to

pytestmark = pytest.mark.usefixtures("portal")
MAIL = "citizen@example.org"


def forget(client: Client, mail: str = MAIL, language: str = "en") -> object:
    """Ask for a code."""
    return client.post(f"/{language}/accounts/forgotten/", {"mail": mail})


def new_password(client: Client, password: str = GOOD) -> object:
    """The new password twice."""
    return client.post("/en/accounts/forgotten/password/", {"password": password, "again": password})


def test_a_new_password_by_mail_code() -> None:
    client, elsewhere = Client(), log_in_by_mail(MAIL, world.PASSWORD)
    assert forget(client).url == "/en/accounts/forgotten/code/"
    response = client.post("/en/accounts/forgotten/code/", {"code": code_to(MAIL)})
    assert response.url == "/en/accounts/forgotten/password/"
    response = new_password(client)
    assert response.url == "/en/accounts/log-in/?done=reset"
    assert "Your password is changed" in words(client.get(response.url))
    assert client.get("/en/accounts/").status_code == 302  # no log-in by itself
    assert log_in_by_mail(MAIL).get("/en/accounts/").status_code == 200
    assert elsewhere.get("/en/accounts/").status_code == 302
    assert mails_to(MAIL)[0] == text("mail_subject.password_changed", "en")
    old = Client().post("/en/accounts/log-in/", {"login": MAIL, "password": world.PASSWORD})
    assert old.status_code == 200


def test_the_same_answer_whether_the_mailbox_is_known() -> None:
    clients, pages = [Client(), Client()], []
    for client, mail in zip(clients, (MAIL, "nobody@example.org"), strict=True):
        response = forget(client, mail)
        pages.append((response.status_code, response.url, words(client.get(response.url))))
        wrong = client.post(response.url, {"code": "0"})
        pages[-1] += (wrong.status_code, words(wrong))
    assert pages[0] == pages[1]
    assert [each.message.to for each in newest_messages()] == [MAIL]
    assert Challenge.objects.filter(account=None).count() == 1


def test_a_code_works_once_and_in_time() -> None:
    client = Client()
    forget(client)
    code = code_to(MAIL)
    client.post("/en/accounts/forgotten/code/", {"code": code})
    assert new_password(client).status_code == 302
    assert client.post("/en/accounts/forgotten/code/", {"code": code}).url == "/en/accounts/forgotten/"
    assert new_password(client, "another42one").url == "/en/accounts/forgotten/"
    forget(client)
    Challenge.objects.update(expires_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert client.post("/en/accounts/forgotten/code/", {"code": code_to(MAIL)}).status_code == 422


def test_no_password_without_the_code() -> None:
    client = Client()
    forget(client)
    assert client.get("/en/accounts/forgotten/password/").url == "/en/accounts/forgotten/"
    assert new_password(client).url == "/en/accounts/forgotten/"
    assert Account.objects.get(user="citizen").check_password(world.PASSWORD)


def test_five_codes_an_hour() -> None:
    for _ in range(5):
        assert forget(Client()).status_code == 302
    assert forget(Client()).status_code == 429


def test_the_rule_is_the_one_of_sign_up() -> None:
    client = Client()
    forget(client)
    client.post("/en/accounts/forgotten/code/", {"code": code_to(MAIL)})
    assert text("input.password_guide", "en") in words(new_password(client, "short1"))
    assert text("input.password_common", "en") in words(new_password(client, "password1"))


def test_an_account_switched_off_gets_no_code() -> None:
    Account.objects.filter(user="citizen").update(is_active=False)
    forget(Client())
    assert newest_messages() == []


def test_a_locked_log_in_still_locks_the_mailbox_and_its_name_together() -> None:
    for _ in range(5):
        Client().post("/en/accounts/log-in/", {"login": MAIL, "password": "wrong"})
    for login in (MAIL, "citizen", MAIL.upper()):
        response = Client().post("/en/accounts/log-in/", {"login": login, "password": world.PASSWORD})
        assert "Too many failed attempts" in words(response)


def test_unknown_mailboxes_are_locked_as_known_ones() -> None:
    pages = []
    for mail in (MAIL, "nobody@example.org"):
        answers = [Client().post("/en/accounts/log-in/", {"login": mail, "password": "wrong"}) for _ in range(6)]
        pages.append([words(each) for each in answers])
    assert pages[0] == pages[1]
