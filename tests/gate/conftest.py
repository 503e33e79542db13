"""One served gate a file and database, with a provider, a hospital and three persons."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx
import pytest

from tests.gate.installation import Registry, Server, national_code, served, token

COVERED, LAPSED, UNKNOWN = national_code(1), national_code(2), national_code(999_999)


@dataclass
class Desk:
    """A provider at the gate."""

    server: Server
    registry: Registry
    http: httpx.Client
    log: Path

    def ask(self, number: str, **more: object) -> httpx.Response:
        """One eligibility inquiry."""
        return self.post(
            "/api/v1/eligibility-inquiries", {"subject": {"type": "ir-national-code", "number": number}} | more
        )

    def post(self, path: str, body: object, **headers: str) -> httpx.Response:
        """A JSON body."""
        return self.http.post(path, json=body, headers=headers)


@pytest.fixture(scope="module")
def desk(shared_database_url: str, secrets, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_at(shared_database_url, secrets, tmp_path_factory.mktemp("log") / "server.log") as desk:
        yield desk


@contextmanager
def desk_at(url: str, secrets, log: Path) -> Iterator[Desk]:
    """Serve the gate on an empty database with two providers and three persons."""
    registry = Registry(url, secrets)
    registry.organisation("provider-1")
    registry.organisation("provider-2")
    registry.client("client-1", "provider-1")
    registry.client("client-2", "provider-2")
    covered = registry.person(COVERED, mobile="+989120000001")
    registry.span(covered, date(2020, 1, 1), None)
    registry.span(covered, date(2021, 1, 1), None, insurer="ir-salamat")
    lapsed = registry.person(LAPSED, mobile="+989120000002")
    registry.span(lapsed, date(2020, 1, 1), date(2025, 6, 30))
    with served(url, log=log, DAFTAR_REQUEST_LOG="all") as server:
        bearer = token(server.base, "client-1", registry.secret).raise_for_status().json()["access_token"]
        with httpx.Client(base_url=server.base, headers={"Authorization": f"Bearer {bearer}"}) as http:
            yield Desk(server, registry, http, log)


@pytest.fixture(scope="module")
def other_provider(desk: Desk) -> Iterator[httpx.Client]:
    """Another provider at the same gate."""
    bearer = token(desk.server.base, "client-2", desk.registry.secret).json()["access_token"]
    with httpx.Client(base_url=desk.server.base, headers={"Authorization": f"Bearer {bearer}"}) as http:
        yield http
