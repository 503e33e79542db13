"""Methods that a path does not take are refused with those that it takes; HEAD is GET without the body (RFC 9110)."""

import httpx
import pytest

from daftar.gate.app import SERVICE
from daftar.gate.fhir.replies import R4
from daftar.gate.fhir.routes import FHIR
from daftar.gate.rest.routes import REST
from daftar.gate.sms.routes import SMS
from daftar.gate.ussd.routes import USSD
from tests.gate.conftest import Desk

TRANSLATORS = (REST, FHIR, SMS, USSD, SERVICE)
EXACT = {path: route[0] for each in TRANSLATORS for path, route in each.exact.items()}
DOCUMENTS = sorted(path for path, method in EXACT.items() if method == "GET")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def takes() -> dict[str, set[str]]:
    """Every path of the gate and what it takes, by its tables of routes."""
    found = {path: {method} for path, method in EXACT.items()} | {path: {"GET", "HEAD"} for path in DOCUMENTS}
    for translator in TRANSLATORS:
        for method, parts, _ in translator.patterns:
            found.setdefault("/" + "/".join(parts).replace("*", "4821773055194206"), set()).add(method)
    return found


def test_a_method_that_is_not_taken_is_told_which_ones_are(desk: Desk) -> None:
    for path, methods in takes().items():
        for method in METHODS:
            response = httpx.request(method, desk.server.base + path)
            allowed = set(response.headers.get("allow", "").split(", ")) - {""}
            refused = method not in methods
            assert (response.status_code == 405, allowed) == (refused, methods if refused else set()), (method, path)


def test_two_methods_of_one_path_are_both_named(desk: Desk) -> None:
    response = httpx.put(f"{desk.server.base}{R4}/CoverageEligibilityRequest")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize("path", DOCUMENTS)
def test_head_is_get_without_the_body(desk: Desk, path: str) -> None:
    asked, head = httpx.get(desk.server.base + path), httpx.head(desk.server.base + path)
    assert (asked.status_code, head.status_code, head.content) == (200, 200, b"")
    assert head.headers["content-type"] == asked.headers["content-type"]
    assert int(head.headers["content-length"]) > 0


def test_load_balancers_may_probe_by_head() -> None:
    assert {"/healthz", "/readyz", "/metrics", "/api/v1/openapi.json"} <= set(DOCUMENTS)
