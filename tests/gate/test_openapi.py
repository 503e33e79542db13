"""The OpenAPI document says what the gate does: every route is in it, and made-up requests are answered as it says.

Its other paths are the portal's public lists: tests/portal/test_api.py.
"""

import re

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from daftar.gate.app import SERVICE
from daftar.gate.fhir.routes import FHIR
from daftar.gate.openapi import document
from daftar.gate.openapi_lists import list_paths
from daftar.gate.rest.routes import REST
from tests.gate.conftest import Desk

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
UNDOCUMENTED = {"/metrics", "/api/v1/openapi.json"}  # Prometheus' format; the document itself
OF_THE_PORTAL = set(list_paths(lambda status: {"description": ""}))
SCHEMA = schemathesis.openapi.from_dict(document()).exclude(path=sorted(OF_THE_PORTAL))


def test_every_route_is_documented() -> None:
    documented = {re.sub(r"{\w+}", "*", path) for path in document()["paths"]}
    routed = {path for room in (REST, FHIR, SERVICE) for path in room.exact}
    routed |= {"/" + "/".join(parts) for room in (REST, FHIR) for _, parts, _ in room.patterns}
    assert routed - UNDOCUMENTED == documented - OF_THE_PORTAL


def test_every_path_that_takes_an_idempotency_key_says_so() -> None:
    handlers = {path: route[1] for room in (REST, FHIR) for path, route in room.exact.items()}
    for room in (REST, FHIR):
        handlers |= {"/" + "/".join(parts): handler for method, parts, handler in room.patterns if method == "POST"}
    documented = {re.sub(r"{\w+}", "*", path): str(methods) for path, methods in document()["paths"].items()}
    takes = {path for path, handler in handlers.items() if "HEADER" in handler.__code__.co_names}
    assert len(takes) == 6
    assert takes == {path for path, said in documented.items() if "parameters/IdempotencyKey" in said}


def test_the_document_is_served(desk: Desk) -> None:
    assert httpx.get(f"{desk.server.base}/api/v1/openapi.json").json() == document()


@pytest.mark.parametrize("shared_database_url", ["sqlite"], indirect=True)
@SCHEMA.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_made_up_requests_are_answered_as_documented(case: schemathesis.Case, desk: Desk) -> None:
    response = case.call(base_url=desk.server.base, headers={"Authorization": desk.http.headers["Authorization"]})
    if response.status_code == 405:  # a path part of the maker's choice may be another route
        return
    case.validate_response(response, checks=CHECKS)
