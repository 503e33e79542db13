"""What citizens do on the pages of accounts, by Django's client."""

import re

from django.test import Client

from daftar.portal.notices.selectors import newest_messages
from tests.portal import world

GOOD = "secret42you"
NAMES = {
    world.PENSIONER: "پروین بازنشسته",
    world.SILENT: "نادر بی‌تلفن",
    world.RESIDENT: "王伟",
    world.LAPSED: "لیلا آزمایشی",
}


def code_to(address: str) -> str:
    """The code of the newest message to an address."""
    message = next(each.message for each in newest_messages() if each.message.to == address)
    return re.search(r"\d{6}", message.text)[0]


def mails_to(address: str) -> list[str]:
    """Subjects of what was mailed to an address, newest first."""
    return [each.message.subject for each in newest_messages() if each.message.to == address]


def fill_in(client: Client, made: tuple[str, str, str], mail: str, name: str = "", language: str = "en") -> object:
    """Form F8 up to the mail code."""
    values = {"name": name or NAMES.get(made, "X"), "type": made[0], "number": made[1], "mail": mail}
    return client.post(f"/{language}/accounts/sign-up/", values)


def type_code(client: Client, mail: str, language: str = "en") -> object:
    """The code that was mailed."""
    return client.post(f"/{language}/accounts/sign-up/code/", {"code": code_to(mail)})


def set_password(client: Client, password: str = GOOD, again: str = "", language: str = "en") -> object:
    """The password twice."""
    values = {"password": password, "again": again or password}
    return client.post(f"/{language}/accounts/sign-up/password/", values)


def sign_up(made: tuple[str, str, str], mail: str, password: str = GOOD) -> Client:
    """All three pages."""
    client = Client()
    fill_in(client, made, mail)
    type_code(client, mail)
    assert set_password(client, password).url == "/en/accounts/log-in/?done=signed_up"
    return client


def log_in_by_mail(mail: str, password: str = GOOD) -> Client:
    """A citizen logged in."""
    client = Client()
    response = client.post("/en/accounts/log-in/", {"login": mail, "password": password})
    assert response.status_code == 302, "not logged in"
    return client


def prove_identity(client: Client, made: tuple[str, str, str], page: str = "identity") -> object:
    """The code to the mobile on record."""
    client.post(f"/en/accounts/{page}/")
    code = code_to(world.international(made[2], made[0]))
    return client.post(f"/en/accounts/{page}/code/", {"code": code})
