"""What holds on every page: language in the address, error pages, headers, nothing personal left behind."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import structlog
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from structlog.testing import capture_logs

from daftar.portal.theme.errors import WORDS
from tests.portal import world
from tests.portal.acting import log_in, newest_code, own_entitlement, words

pytestmark = pytest.mark.usefixtures("portal")
django_log = logging.getLogger("django.request")


@pytest.mark.parametrize(
    ("asked", "language"),
    [("fa-IR,fa;q=0.9,en;q=0.5", "fa"), ("zh-CN,zh;q=0.9", "zh"), ("zh-Hans", "zh"), ("en-GB", "en"), ("de", "en")],
)
def test_the_bare_address_asks_the_browser_for_the_language(asked: str, language: str) -> None:
    assert Client().get("/", headers={"accept-language": asked}).url == f"/{language}/"


@pytest.mark.parametrize(
    ("language", "tag", "direction"), [("fa", "fa", "rtl"), ("zh", "zh-Hans", "ltr"), ("en", "en", "ltr")]
)
def test_language_and_direction_are_said(language: str, tag: str, direction: str) -> None:
    content = Client().get(f"/{language}/entitlement/own/").content.decode()
    assert f'<html lang="{tag}" dir="{direction}">' in content
    for other in {"fa", "zh", "en"} - {language}:
        assert f'href="/{other}/entitlement/own/"' in content


def test_headers_of_every_page() -> None:
    response = Client().get("/en/")
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Frame-Options"] == "DENY"


def test_an_unknown_page_in_the_readers_language() -> None:
    response = Client().get("/fa/nowhere/")
    assert response.status_code == 404
    assert "این صفحه اینجا نیست" in words(response)


def test_a_form_without_its_token_is_refused_politely() -> None:
    response = Client(enforce_csrf_checks=True).post("/en/entitlement/own/", {})
    assert response.status_code == 403
    assert "open for too long" in words(response)


@pytest.mark.parametrize(("failure", "status"), [(OperationalError("away"), 503), (RuntimeError("defect"), 500)])
def test_failures_have_a_page_that_needs_no_database(monkeypatch, failure: Exception, status: int) -> None:
    def fail(*args: object, **options: object) -> None:
        raise failure

    monkeypatch.setattr("daftar.portal.console.views.render", fail)
    response = Client(raise_request_exception=False).get("/en/")
    assert response.status_code == status
    assert str(WORDS[status][0]) in words(response)
    assert (status == 503) == ("Retry-After" in response.headers)


class Said:
    """Whatever is said while it listens: by structlog, by Django's loggers, or printed by anybody."""

    def __init__(self, logged: pytest.LogCaptureFixture, printed: pytest.CaptureFixture[str]) -> None:
        self._logged, self._printed, self._text = logged, printed, ""
        logged.set_level(logging.DEBUG)
        self._events: list[Any] = []

    @contextmanager
    def listening(self) -> Iterator["Said"]:
        """Structlog writes past pytest's handler of logs, so that its events are taken where they are made."""
        with capture_logs() as self._events:
            yield self
        self._text = "\n".join([*map(str, self._events), self._logged.text, *self._printed.readouterr()])

    def __contains__(self, text: str) -> bool:
        return text in self._text


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Said:
    return Said(caplog, capfd)


@pytest.mark.parametrize(
    "leak",
    [
        lambda: structlog.get_logger().info("asked", number=world.PAID[1]),
        lambda: django_log.error("%s asked", world.PAID[1]),
        lambda: print(world.PAID[1]),
    ],
    ids=["structlog", "logging", "printed"],
)
def test_a_leak_of_any_kind_would_be_heard(said: Said, leak: Callable[[], None]) -> None:
    with said.listening():
        leak()
    assert world.PAID[1] in said


def citizens_steps() -> list[str]:
    """Addresses that a citizen comes to: their entitlement with a wrong mobile and the right one, who looked."""
    client = Client()
    own_entitlement(client, world.PAID, mobile="09121111111")
    addresses = [own_entitlement(client, world.PAID).url]
    addresses.append(client.post("/en/entitlement/own/code/", {"code": newest_code()}).url)
    client.post("/en/accounts/log-in/", {"login": "citizen@example.org", "password": world.PASSWORD})
    addresses += re.findall(r'href="([^"]+)"', client.get("/en/looks/").content.decode())
    return addresses


def staffs_steps() -> list[str]:
    """Addresses that a counter and organisations come to, with what is mistyped, too."""
    counter, hospital, court = log_in("counter"), log_in("hospital"), log_in("court")
    person = {"type": world.PAID[0], "number": world.PAID[1]}
    addresses = [counter.post("/en/console/people/", person).url]
    counter.get(addresses[0])
    addresses.append(counter.post(f"{addresses[0]}mobile/", {"mobile": world.PAID[2], "seen": "on"}).url)
    counter.post("/en/console/people/", person | {"number": world.PAID[1] + "9"})
    values = person | {"service_day": str(date.today()), "setting": "inpatient"}
    addresses.append(hospital.post("/en/entitlement/ask/", values).url)
    letter = {"reference_number": "77", "reference_date": str(date.today())}
    addresses.append(court.post("/en/affiliation/ask/", person | letter).url)
    court.get(addresses[-1])
    court.post("/en/affiliation/ask/", person)
    hospital.post("/en/affiliation/ask/", person)
    return addresses


def test_a_journey_leaves_nothing_personal_in_logs_addresses_metrics_or_sessions(said: Said) -> None:
    with said.listening():
        addresses = [*staffs_steps(), *citizens_steps()]
        metrics = Client().get("/metrics").content.decode()
    sessions = [str(each.get_decoded()) for each in Session.objects.all()]
    left = "\n".join([*addresses, *sessions, metrics])
    assert len(sessions) == 4
    assert 'daftar_inquiries_total{channel="web",outcome="covered"}' in metrics
    for personal in (world.PAID[1], world.PAID[2][1:], "09121111111"[1:], "رضا", "نمونه", "citizen@example.org"):
        assert personal not in left
        assert personal not in said


def test_what_is_kept_of_a_page_is_kept_by_language_and_never_from_who_is_logged_in() -> None:
    sign_up = {"fa": "ثبت‌نام", "zh": "注册", "en": "Sign up"}
    inside = log_in("counter")
    for _ in range(2):  # drawn, then kept
        for language, text in sign_up.items():
            anybodys = words(Client().get(f"/{language}/directory/institutions/"))
            assert [each for each in sign_up if sign_up[each] in anybodys] == [language]
            assert text not in words(inside.get(f"/{language}/directory/institutions/"))
