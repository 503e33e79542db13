"""More than a form may hold, and methods that pages do not take, are refused in the reader's words without error."""

import logging

import pytest
from django.test import Client

from daftar.portal.entitlement.models import OwnEntitlementChallenge
from daftar.portal.journal.models import Inquiry
from tests.portal.acting import log_in, words

pytestmark = pytest.mark.usefixtures("portal")

ASK, OWN, FILES = "entitlement/ask/", "entitlement/own/", "affiliation/files/"
TOLD = {
    "en": ("The form is too large", "at most 1 MB of text"),
    "fa": ("این فرم بیش از اندازه بزرگ است", "حداکثر ۱ مگابایت"),
    "zh": ("表单过大", "最多可提交 1 MB 文字"),
}


@pytest.mark.parametrize("language", list(TOLD))
@pytest.mark.parametrize("page", [ASK, OWN])
def test_ten_megabytes_are_too_large_for_a_form(
    language: str, page: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    client = log_in("hospital")
    response = client.post(f"/{language}/{page}", {"number": "1" * 10_000_000}, "application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert all(sentence in words(response) for sentence in TOLD[language])
    assert not Inquiry.objects.exists()
    assert not OwnEntitlementChallenge.objects.exists()
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []
    assert "error" not in capfd.readouterr().err
    assert client.get(f"/{language}/{ASK}").status_code == 200


def test_ten_megabytes_of_text_beside_a_file_are_too_large_as_well() -> None:
    response = log_in("court").post(f"/en/{FILES}", {"reference_number": "1" * 10_000_000})
    assert response.status_code == 413
    assert TOLD["en"][0] in words(response)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("path", [f"/en/{ASK}", f"/en/{OWN}", "/en/accounts/log-in/"])
def test_a_method_that_no_page_takes_is_not_taken_for_a_stale_form(method: str, path: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert "This page does not take this kind of request" in words(response)
