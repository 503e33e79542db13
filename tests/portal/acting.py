"""What people do on the pages, by Django's client."""

import re
from datetime import UTC, datetime

from django.test import Client

from daftar.portal.journal.models import Inquiry
from daftar.portal.notices.selectors import newest_messages
from tests.portal.world import PASSWORD, totp


def log_in(user: str) -> Client:
    """A client logged in with password and second factor."""
    client = Client()
    client.post("/en/accounts/log-in/", {"login": user, "password": PASSWORD})
    client.post("/en/accounts/code/", {"code": totp(datetime.now(UTC))})
    return client


def newest_code() -> str:
    """The one-time code of the newest message."""
    return re.search(r"\d{6}", newest_messages()[0].message.text)[0]


def own_entitlement(client: Client, made: tuple[str, str, str], mobile: str = "", language: str = "en") -> object:
    """Type identifier and mobile on the page of one's own entitlement."""
    values = {"type": made[0], "number": made[1], "mobile": mobile or made[2]}
    return client.post(f"/{language}/entitlement/own/", values)


def told(made_key: object) -> list[Inquiry]:
    """The journal's rows about a person, oldest first."""
    return list(Inquiry.objects.filter(key=made_key).order_by("asked_at", "id"))


def words(response: object) -> str:
    """The text of a page without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())
