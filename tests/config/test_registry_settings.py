"""Addresses of registries from the environment; a wrong one says which (S2.13)."""

import pytest

from daftar.config.environment import SettingError
from daftar.config.registry_settings import RegistryAddress, registries
from daftar.terms.outcomes import EvidenceKind

URL, TOKEN = "DAFTAR_STUDY_CERTIFICATES_URL", "DAFTAR_STUDY_CERTIFICATES_TOKEN"


def test_a_registry_without_address_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert registries() == {}
    monkeypatch.setenv(URL, "https://connector.example/confirm")
    monkeypatch.setenv(TOKEN, "a-token")
    address = RegistryAddress("https://connector.example/confirm", "a-token")
    assert registries() == {EvidenceKind.STUDY_CERTIFICATE: address}


@pytest.mark.parametrize("url", ["http://connector.example/", "connector.example", "https://"])
def test_a_number_leaves_by_https_alone(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv(URL, url)
    monkeypatch.setenv(TOKEN, "a-token")
    with pytest.raises(SettingError, match=URL):
        registries()


def test_a_token_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL, "http://127.0.0.1:9/")
    with pytest.raises(SettingError, match=TOKEN):
        registries()
