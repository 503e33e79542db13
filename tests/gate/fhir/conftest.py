"""FHIR at the served gate: the official examples with subjects that exist, and a provider's questions."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import empty_database
from tests.gate.conftest import COVERED, Desk, desk_at

EXAMPLES = Path(__file__).with_name("examples")
R4 = "/fhir/R4"
SUBMIT = f"{R4}/CoverageEligibilityRequest/$submit"
FHIR_JSON = "application/fhir+json"
ON_BOTH = pytest.mark.parametrize("desk", ["sqlite", "postgresql"], indirect=True)
"""For what the databases might answer differently."""
Resource = dict[str, Any]


def example(name: str) -> Resource:
    """One of HL7's examples."""
    found: Resource = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def patient(number: str = COVERED, system: str = "https://an.address/ids/ir-national-code") -> Resource:
    """A reference by identifier."""
    return {"identifier": {"system": system, "value": number}}


def asking(number: str = COVERED, **more: Any) -> Resource:
    """HL7's first example about one of our persons."""
    return example("CoverageEligibilityRequest-52345") | {"patient": patient(number)} | more


@dataclass
class Speaker:
    """A system that speaks FHIR."""

    desk: Desk

    def send(self, path: str, body: Any, **headers: str) -> httpx.Response:
        """A resource, or bytes as they are."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Content-Type": FHIR_JSON} | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.desk.http.post(path, content=content, headers=sent)

    def submit(self, body: Any, **headers: str) -> httpx.Response:
        """`$submit`."""
        return self.send(SUBMIT, body, **headers)

    def search(self, value: str, **more: str) -> httpx.Response:
        """Coverage by the beneficiary's identifier."""
        return self.desk.http.post(f"{R4}/Coverage/_search", data={"beneficiary.identifier": value} | more)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """A read."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.desk.http.get(f"{R4}/{path}", headers=sent)

    def asked(self) -> int:
        """How many inquiries the journal holds."""
        return int(self.desk.registry.read("SELECT count(*) FROM inquiry")[0][0])


@pytest.fixture(scope="session", params=["sqlite"])
def desk(request: pytest.FixtureRequest, secrets, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One gate for all files of this folder: what they ask does not disturb the others."""
    folder = tmp_path_factory.mktemp("fhir")
    with empty_database(request.param, request, folder) as url, desk_at(url, secrets, folder / "server.log") as desk:
        yield desk


@pytest.fixture
def fhir(desk: Desk) -> Speaker:
    """FHIR at the desk."""
    return Speaker(desk)
