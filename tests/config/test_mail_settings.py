"""`DAFTAR_SMTP` and `PASSWORD_POLICY`: what they may say."""

import pytest

from daftar.config import environment as env
from daftar.config.mail_sending import start_sending


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", env.MailServer()),
        ("smtp://mail.example.org", env.MailServer("mail.example.org", 25)),
        (
            "smtp+starttls://daftar%40example.org:p%3Aw@mail.example.org:2525",
            env.MailServer("mail.example.org", 2525, "daftar@example.org", "p:w", starttls=True),
        ),
        ("smtps://u:p@mail.example.org", env.MailServer("mail.example.org", 465, "u", "p", tls=True)),
    ],
)
def test_a_mail_server_by_its_address(monkeypatch: pytest.MonkeyPatch, url: str, server: env.MailServer) -> None:
    monkeypatch.setenv("DAFTAR_SMTP", url)
    assert env.mail_server() == server


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_what_is_no_mail_server_ends_the_start(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DAFTAR_SMTP", url)
    with pytest.raises(env.SettingError, match="DAFTAR_SMTP"):
        env.mail_server()


def test_the_password_policy_is_one_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("guide", "modern"):
        monkeypatch.setenv("PASSWORD_POLICY", value)
        assert env.one_of("PASSWORD_POLICY", ("guide", "modern")) == value
    monkeypatch.setenv("PASSWORD_POLICY", "strong")
    with pytest.raises(env.SettingError, match="PASSWORD_POLICY"):
        env.one_of("PASSWORD_POLICY", ("guide", "modern"))


def test_nothing_is_sent_where_mail_may_not_leave(settings) -> None:
    settings.MAIL_LEAVES = False
    assert start_sending() is None
    settings.MAIL_LEAVES = True
    stop = start_sending()
    assert stop is not None
    stop.set()
