"""`DAFTAR_FACES`: who judges the faces of a proxy binding."""

from datetime import timedelta

import pytest

from daftar.config import environment as env
from daftar.portal.proxy.faces.authority import AuthorityVerifier
from daftar.portal.proxy.faces.builtin import BuiltinVerifier
from daftar.portal.proxy.verifying import chosen_verifier

AUTHORITY = {
    "DAFTAR_FACES": "authority",
    "DAFTAR_FACES_URL": "https://authority.example/compare",
    "DAFTAR_FACES_TOKEN": "a-token",
}


def test_the_built_in_verifier_unless_an_authority_is_named(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    assert isinstance(chosen_verifier(), BuiltinVerifier)
    for name, value in AUTHORITY.items():
        monkeypatch.setenv(name, value)
    settings.FACE_CHECK = env.face_check()
    assert env.FaceCheck("authority", "https://authority.example/compare", "a-token") == settings.FACE_CHECK
    assert isinstance(chosen_verifier(), AuthorityVerifier)


def test_how_long_pictures_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.face_check().remembered == timedelta(days=90)
    monkeypatch.setenv("DAFTAR_FACES_DAYS", "3650")
    assert env.face_check().remembered == timedelta(days=3650)
    for name, value in AUTHORITY.items():
        monkeypatch.setenv(name, value)
    assert env.face_check().remembered == timedelta(days=3650)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DAFTAR_FACES", "somebody"),
        ("DAFTAR_FACES_URL", ""),
        ("DAFTAR_FACES_URL", "http://authority.example/compare"),
        ("DAFTAR_FACES_URL", "https://"),
        ("DAFTAR_FACES_TOKEN", ""),
        ("DAFTAR_FACES_DAYS", "0"),
        ("DAFTAR_FACES_DAYS", "3651"),
        ("DAFTAR_FACES_DAYS", "for ever"),
    ],
)
def test_what_cannot_be_asked_ends_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    for each, usual in AUTHORITY.items():
        monkeypatch.setenv(each, usual)
    monkeypatch.setenv(name, value)
    with pytest.raises(env.SettingError, match=name):
        env.face_check()
