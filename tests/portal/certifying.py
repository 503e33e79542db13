"""What citizens and organisations do with certificates on the pages, by Django's client."""

import re

from django.test import Client

from daftar.portal.notices.models import NoticeChannel
from daftar.portal.notices.services import choice_set
from tests.portal import officials, world
from tests.portal.signing_up import log_in_by_mail

MAIL = "citizen@example.org"


def citizen() -> Client:
    """PAID, whose identity is verified and who is told by mail."""
    choice_set(world.key_of(world.PAID), channel=NoticeChannel.MAIL, mail=MAIL, language="en")
    return log_in_by_mail(MAIL, world.PASSWORD)


def prepare(client: Client, language: str = "en", addressee: str = officials.FUND, **period: str) -> object:
    """Up to the preview."""
    start = f"/{language}/certificates/own/"
    assert client.post(start, {"period_from": "", "period_to": ""} | period).status_code == 302
    chosen = client.post(f"{start}organisation/", {"organisation": addressee})
    assert chosen.status_code == 302
    return client.get(chosen.url)


def issue(client: Client, language: str = "en", addressee: str = officials.FUND, **period: str) -> tuple[str, str]:
    """A certificate's number and access code, as the page tells them."""
    prepare(client, language, addressee, **period)
    sent = client.post(f"/{language}/certificates/own/preview/")
    return number_and_code(client.get(sent.url).content.decode())


def number_and_code(content: str) -> tuple[str, str]:
    """Read off the page of number and code."""
    return re.search(r'data-number="(\d+)"', content)[1], re.search(r'data-access-code="(\w+)"', content)[1]


def open_document(client: Client, number: str, code: str, language: str = "en") -> object:
    """Type number and access code on the organisation's page."""
    return client.post(f"/{language}/certificates/open/", {"number": number, "access_code": code})
