"""Missing, wrong, empty, foreign and of another version: an OperationOutcome each, and nothing in the journal."""

import json
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from tests.gate.conftest import COVERED
from tests.gate.fhir.conftest import FHIR_JSON, R4, Speaker, asking, patient

REQUEST = "CoverageEligibilityRequest"
STRUCTURE, UNKNOWN_CODE = "structure", "code-invalid"
NO_SYSTEM = "unknown_identifier_system"
FAR = str(date.today() + timedelta(days=400))


def issue(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"].startswith(FHIR_JSON)
    assert answer.json()["resourceType"] == "OperationOutcome"
    (only,) = answer.json()["issue"]
    assert (only["severity"], bool(only["details"]["text"])) == ("error", True)
    return dict(only)


def fault(answer: httpx.Response) -> tuple[int, str, str, str]:
    found = issue(answer)
    (element,) = found["expression"]
    return answer.status_code, element.removeprefix(f"{REQUEST}."), found["details"]["coding"][0]["code"], found["code"]


@pytest.mark.parametrize(
    ("change", "element", "code", "issue_type"),
    [
        ({"status": ...}, "status", "required", "required"),
        ({"created": ...}, "created", "required", "required"),
        ({"insurer": ...}, "insurer", "required", "required"),
        ({"resourceType": ...}, "$this.resourceType", "required", "required"),
        ({"resourceType": "Claim"}, "Claim.resourceType", "unknown_word", UNKNOWN_CODE),
        ({"purpose": []}, "purpose", "empty", STRUCTURE),
        ({"insurance": []}, "insurance", "empty", STRUCTURE),
        ({"priority": {}}, "priority", "empty", STRUCTURE),
        ({"provider": None}, "provider", "empty", STRUCTURE),
        ({"extension": [{"url": "http://a.b/c", "valueCoding": {}}]}, "extension[0].valueCoding", "empty", STRUCTURE),
        ({"insurer": {"display": ""}}, "insurer.display", "not_fhir_form", STRUCTURE),
        ({"purpose": "validation"}, "purpose", "not_fhir_form", STRUCTURE),
        ({"patient": "Patient/1"}, "patient", "not_fhir_form", STRUCTURE),
        ({"created": 2026}, "created", "not_fhir_form", STRUCTURE),
        ({"created": "yesterday"}, "created", "not_fhir_form", STRUCTURE),
        ({"insurance": [{"focal": 1, "coverage": {"display": "x"}}]}, "insurance[0].focal", "not_fhir_form", STRUCTURE),
        ({"priority": {"coding": [{"code": " "}]}}, "priority.coding[0].code", "not_fhir_form", STRUCTURE),
        ({"color": "red"}, "color", "unknown_field", STRUCTURE),
        ({"coverage": {"reference": "Coverage/1"}}, "coverage", "unknown_field", STRUCTURE),
        ({"modifierExtension": [{"url": "http://a.b/c"}]}, "modifierExtension", "not_understood", "extension"),
        ({"implicitRules": "http://a.b/c"}, "implicitRules", "not_understood", "extension"),
        ({"status": "cancelled"}, "status", "unknown_word", UNKNOWN_CODE),
        ({"purpose": ["validation", "gossip"]}, "purpose[1]", "unknown_word", UNKNOWN_CODE),
        ({"purpose": ["benefits"]}, "purpose[0]", "unknown_word", UNKNOWN_CODE),
        ({"servicedDate": "2026-11"}, "servicedDate", "whole_day_needed", "value"),
        ({"servicedDate": "2026-02-30"}, "servicedDate", "not_an_iso_day", "value"),
        ({"servicedDate": FAR}, "servicedDate", "service_day_out_of_range", "value"),
        ({"servicedPeriod": {"end": "2026-11-21"}}, "servicedPeriod.start", "required", "required"),
        (
            {"servicedDate": "2026-11-21", "servicedPeriod": {"start": "2026-11-21"}},
            "servicedPeriod",
            "given_twice",
            "value",
        ),
        ({"patient": {"display": "somebody"}}, "patient", "patient_unresolved", "not-found"),
        ({"patient": {"reference": "Patient/pat1"}}, "patient.reference", "patient_unresolved", "not-found"),
        ({"patient": patient(COVERED, "urn:a:passport")}, "patient.identifier.system", NO_SYSTEM, UNKNOWN_CODE),
        ({"patient": {"identifier": {"value": COVERED}}}, "patient.identifier.system", NO_SYSTEM, UNKNOWN_CODE),
        (
            {"patient": {"identifier": {"system": "ir-national-code"}}},
            "patient.identifier.value",
            "required",
            "required",
        ),
        ({"patient": patient("1")}, "patient.identifier.value", "wrong_length", "value"),
        ({"patient": patient("\u202e" + COVERED)}, "patient.identifier.value", "forbidden_character", "value"),
    ],
)
def test_bad_content_names_the_element_and_asks_nothing(
    fhir: Speaker, change: dict[str, Any], element: str, code: str, issue_type: str
) -> None:
    before = fhir.asked()
    body = {name: value for name, value in (asking() | change).items() if value is not ...}
    status, where, found, kind = fault(fhir.submit(body))
    assert (status, where, found, kind) == (422, element, code, issue_type)
    assert fhir.asked() == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"x"',
        b'{"resourceType":7}',
        b'{"resourceType":"Bundle"}',
        b'{"resourceType":"Bundle","type":"batch","entry":[]}',
        b'{"resourceType":"Bundle","type":"batch","entry":[{"resource":7}]}',
        b'{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Patient","name":"\xff"}}]}',
        b'{"resourceType":"Parameters","parameter":[]}',
        b'{"resourceType":"Parameters","parameter":[{"name":"other","valueString":"x"}]}',
        b'{"resourceType":"Parameters","parameter":[{"name":"resource","resource":{"resourceType":"Parameters"}}]}',
        b'{"resourceType":"CoverageEligibilityRequest","extension":' + b"[" * 100_000,
        b'{"resourceType":"CoverageEligibilityRequest","extension":[{"url":"x","valueX":'
        + b"[" * 60
        + b"]" * 60
        + b"}]}",
    ],
    ids=range(16),
)
def test_what_is_no_request_is_told_so(fhir: Speaker, body: bytes) -> None:
    before = fhir.asked()
    answer = fhir.submit(body)
    assert answer.status_code in (400, 422)
    assert issue(answer)["code"] in ("structure", "required", "code-invalid")
    assert fhir.asked() == before


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("application/fhir+json", 200),
        ("application/json", 200),
        ("application/fhir+json; charset=UTF-8; fhirVersion=4.0", 200),
        ("application/fhir+json; fhirVersion=4.0.1", 200),
        ("application/fhir+json; fhirVersion=3.0", 415),
        ("application/fhir+json; fhirVersion=5.0", 415),
        ("application/json; charset=utf-16", 415),
        ("application/fhir+xml", 415),
        ("application/json+fhir", 415),
        ("text/plain", 415),
        ("", 415),
    ],
)
def test_bodies_are_json_of_version_4(fhir: Speaker, sent: str, status: int) -> None:
    answer = fhir.submit(asking(), Content_Type=sent)
    assert answer.status_code == status
    assert status == 200 or issue(answer)["code"] == "not-supported"


@pytest.mark.parametrize(
    ("accept", "query", "found"),
    [
        ("*/*", "", FHIR_JSON),
        ("application/json", "", "application/json"),
        ("application/fhir+xml, application/fhir+json;q=0.5", "", FHIR_JSON),
        ("application/fhir+json; fhirVersion=4.0", "", FHIR_JSON),
        ("application/fhir+xml", "?_format=json", FHIR_JSON),
        ("application/fhir+xml", "?_format=application/fhir%2Bjson", FHIR_JSON),
        ("*/*", "?_format=application/fhir+json", FHIR_JSON),
        ("*/*", "?_format=xml", ""),
        ("*/*", "?_format=application/fhir%2Bxml", ""),
        ("application/fhir+xml", "", ""),
        ("text/html", "", ""),
        ("application/fhir+json; fhirVersion=3.0", "", ""),
        ("application/fhir+json; q=0", "", ""),
        (";;;,q=x", "", FHIR_JSON),
    ],
)
def test_answers_are_json_of_version_4(fhir: Speaker, accept: str, query: str, found: str) -> None:
    answer = fhir.get(f"metadata{query}", Accept=accept)
    if found:
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, found)
    else:
        assert (answer.status_code, issue(answer)["code"]) == (406, "not-supported")


def test_other_paths_methods_and_sizes(fhir: Speaker) -> None:
    http, code = fhir.desk.http, "4821773055194206"
    expected = {
        ("GET", f"{R4}/CoverageEligibilityRequest/$submit"): 405,
        ("DELETE", f"{R4}/CoverageEligibilityResponse/{code}"): 405,
        ("PUT", f"{R4}/CoverageEligibilityRequest/{code}"): 405,
        ("POST", f"{R4}/metadata"): 405,
        ("GET", f"{R4}/Coverage/_search"): 405,
        ("GET", f"{R4}/CoverageEligibilityResponse/{code}"): 404,
        ("GET", f"{R4}/CoverageEligibilityResponse/x"): 404,
        ("GET", f"{R4}/Coverage/{code}-x"): 404,
        ("GET", f"{R4}/Organization/nobody"): 404,
        ("GET", f"{R4}/Patient/1"): 404,
        ("GET", "/fhir/R5/metadata"): 404,
        ("GET", "/fhir/"): 404,
        ("POST", R4): 404,
    }
    found = {(method, path): http.request(method, path) for method, path in expected}
    assert {each: answer.status_code for each, answer in found.items()} == expected
    assert all(issue(answer)["code"] in ("not-found", "not-supported") for answer in found.values())
    large = fhir.submit(b" " * 2_000_000)
    assert (large.status_code, issue(large)["code"]) == (413, "too-long")


def test_more_requests_than_a_bundle_may_hold(fhir: Speaker) -> None:
    small = {"resource": {"resourceType": "Basic"}}
    body = json.dumps({"resourceType": "Bundle", "type": "batch", "entry": [small] * 1001}).encode()
    assert fault(fhir.submit(body)) == (422, "Bundle.entry", "too_many", "too-long")
