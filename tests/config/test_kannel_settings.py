"""Settings of the gateway of SMS: a half-told one ends the start with a sentence that names what is missing."""

import pytest

from daftar.config import environment as env
from daftar.config.environment import SettingError, WebAddress

WHOLE = {
    "DAFTAR_KANNEL": "http://daftar:p%40ss@127.0.0.1:13013/cgi-bin/sendsms",
    "DAFTAR_KANNEL_STORE": "https://admin:other@kannel.example/store-status.txt",
    "DAFTAR_KANNEL_SECRET": "a-secret-of-the-gate",
    "DAFTAR_SMS_NUMBER": "1420",
}


@pytest.fixture(autouse=True)
def _told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (WHOLE | {"PORT": "8001"}).items():
        monkeypatch.setenv(name, value)
    for name in ("DAFTAR_KANNEL_REPORTS", "DAFTAR_USSD_GATEWAYS"):
        monkeypatch.delenv(name, raising=False)


def test_a_gateway_that_is_told_whole() -> None:
    kannel = env.kannel()
    assert kannel.sendsms == WebAddress("127.0.0.1", 13013, "/cgi-bin/sendsms", "daftar", "p@ss")
    assert kannel.store == WebAddress("kannel.example", 443, "/store-status.txt", "admin", "other", tls=True)
    assert (kannel.reports, kannel.secret, kannel.number) == ("http://127.0.0.1:8001", "a-secret-of-the-gate", "1420")


def test_without_a_gateway_sms_stay_in_the_outbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAFTAR_KANNEL")
    assert env.kannel().sendsms is None


def test_without_a_store_doubts_wait_for_their_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAFTAR_KANNEL_STORE")
    assert env.kannel().store is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DAFTAR_KANNEL", "127.0.0.1:13013"),
        ("DAFTAR_KANNEL", "ftp://a:b@host/"),
        ("DAFTAR_KANNEL", "http://127.0.0.1:13013/cgi-bin/sendsms"),
        ("DAFTAR_KANNEL_STORE", "http://127.0.0.1:13000/store-status.txt"),
        ("DAFTAR_KANNEL_SECRET", ""),
        ("DAFTAR_SMS_NUMBER", ""),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=name):
        env.kannel()
