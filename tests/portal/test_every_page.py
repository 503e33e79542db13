"""What holds on every page: language in the address, error pages, headers, nothing personal left behind."""

import logging
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from daftar.portal.theme.errors import WORDS
from tests.portal import world
from tests.portal.acting import log_in, newest_code, own_entitlement, words

pytestmark = pytest.mark.usefixtures("portal")


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


def test_a_journey_leaves_nothing_personal_in_logs_addresses_or_sessions(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    addresses = []
    citizen, counter, hospital = Client(), log_in("counter"), log_in("hospital")
    own_entitlement(citizen, world.PAID, mobile="09121111111")
    addresses.append(own_entitlement(citizen, world.PAID).url)
    addresses.append(citizen.post("/en/entitlement/own/code/", {"code": newest_code()}).url)
    addresses.append(counter.post("/en/console/people/", {"type": world.PAID[0], "number": world.PAID[1]}).url)
    counter.get(addresses[-1])
    addresses.append(counter.post(f"{addresses[-1]}mobile/", {"mobile": world.PAID[2], "seen": "on"}).url)
    values = {"type": world.PAID[0], "number": world.PAID[1], "service_day": str(date.today()), "setting": "inpatient"}
    addresses.append(hospital.post("/en/entitlement/ask/", values).url)
    sessions = [str(each.get_decoded()) for each in Session.objects.all()]
    left = "\n".join([*addresses, *sessions, caplog.text])
    assert len(sessions) == 3
    for personal in (world.PAID[1], world.PAID[2][1:], "رضا", "نمونه"):
        assert personal not in left


def test_what_is_kept_of_a_page_is_kept_by_language_and_never_from_who_is_logged_in() -> None:
    sign_up = {"fa": "ثبت‌نام", "zh": "注册", "en": "Sign up"}
    inside = log_in("counter")
    for _ in range(2):  # drawn, then kept
        for language, text in sign_up.items():
            anybodys = words(Client().get(f"/{language}/directory/institutions/"))
            assert [each for each in sign_up if sign_up[each] in anybodys] == [language]
            assert text not in words(inside.get(f"/{language}/directory/institutions/"))
