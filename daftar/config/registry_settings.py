"""Settings of the registries that confirm evidence electronically (S2.13): address and token of each, or neither."""

import os
from typing import NamedTuple
from urllib.parse import urlsplit

from daftar.config.environment import SettingError
from daftar.feeds.connectors.registries import BIRTH_REGISTRATIONS, STUDY_CERTIFICATES
from daftar.terms.outcomes import EvidenceKind

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class RegistryAddress(NamedTuple):
    """Where a registry is asked, and the token that it wants."""

    url: str
    token: str


def registries() -> dict[EvidenceKind, RegistryAddress]:
    """The registries that have an address, by the kind of evidence that they confirm."""
    found = {
        STUDY_CERTIFICATES.kind: _address("DAFTAR_STUDY_CERTIFICATES_URL", "DAFTAR_STUDY_CERTIFICATES_TOKEN"),
        BIRTH_REGISTRATIONS.kind: _address("DAFTAR_BIRTH_REGISTRATIONS_URL", "DAFTAR_BIRTH_REGISTRATIONS_TOKEN"),
    }
    return {kind: address for kind, address in found.items() if address}


def _address(url_name: str, token_name: str) -> RegistryAddress | None:
    url, token = os.environ.get(url_name, ""), os.environ.get(token_name, "")
    if not url:
        return None
    parts = urlsplit(url)
    here = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not (here or (parts.scheme == "https" and parts.hostname)):
        raise SettingError(f"{url_name} must be the https address of the registry")
    if not token:
        raise SettingError(f"{token_name} must hold the token that the registry wants")
    return RegistryAddress(url, token)
