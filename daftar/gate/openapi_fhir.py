"""FHIR's part of the OpenAPI document. What a resource may hold is FHIR's to say; /fhir/R4/metadata names it."""

from typing import Any

from daftar.gate.fhir.formats import FHIR_JSON
from daftar.gate.fhir.replies import R4
from daftar.gate.problems import STATUS

_ALWAYS = (406, 429, 503)
_CLIENT = (401, 403)
_BODY = (400, 413, 415, 422)
_REQUEST, _RESPONSE, _COVERAGE = "CoverageEligibilityRequest", "CoverageEligibilityResponse", "Coverage"


def fhir_paths(idempotency: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The paths of FHIR R4 with what each answers; `idempotency` stands where a question is asked."""
    id = _parameter("id", "path", "Sixteen digits; of a Coverage with a hyphen and its place.")
    by_request = _parameter("request", "query", "The request that was answered, by its id.")
    refused = {"summary": "Refused: search by POST to Coverage/_search.", "responses": _told((400,), answered=None)}
    return {
        f"{R4}/metadata": {"get": _open("The CapabilityStatement.", FHIR_JSON)},
        f"{R4}/.well-known/smart-configuration": {"get": _open("How a backend service logs in.", "application/json")},
        f"{R4}/{_REQUEST}/$submit": {
            "post": _asked("Covered or not?", FHIR_JSON, "FhirEligibilityRequest", _RESPONSE, "c") | idempotency
        },
        f"{R4}/{_REQUEST}": {
            "post": _asked(
                "Covered or not? Recorded, and read later.", FHIR_JSON, "FhirEligibilityRequest", _REQUEST, "c"
            )
            | {"responses": _told((*_BODY, *_CLIENT), answered="201")}
            | idempotency,
            "get": refused,
        },
        f"{R4}/{_REQUEST}/{{id}}": {"get": _read("What was asked.", _REQUEST, id)},
        f"{R4}/{_RESPONSE}": {"get": _read("The answer to a request.", _RESPONSE, by_request, 400, 422)},
        f"{R4}/{_RESPONSE}/{{id}}": {"get": _read("What was answered.", _RESPONSE, id)},
        f"{R4}/{_COVERAGE}": {"get": refused},
        f"{R4}/{_COVERAGE}/_search": {
            "post": _asked(
                "All basic insurers that cover a person today, in the order in which they pay.",
                "application/x-www-form-urlencoded",
                "FhirCoverageSearch",
                _COVERAGE,
                "s",
            )
            | idempotency
        },
        f"{R4}/{_COVERAGE}/{{id}}": {"get": _read("A cover that an answer refers to.", _COVERAGE, id)},
        f"{R4}/Organization/{{id}}": {"get": _open("An insurer by its code.", FHIR_JSON, 404) | {"parameters": [id]}},
    }


def fhir_schemas() -> dict[str, Any]:
    """Resources as far as they are described here."""
    text, reference = {"type": "string"}, {"type": "object"}
    request = {
        "resourceType": {"const": _REQUEST},
        "status": {"enum": ["active"]},
        "purpose": {"type": "array", "items": {"enum": ["validation", "discovery", "benefits"]}},
        "patient": {"type": "object", "properties": {"identifier": {"$ref": "#/components/schemas/FhirIdentifier"}}},
        "created": {"type": "string", "format": "date"},
        "insurer": reference,
        "servicedDate": {"type": "string", "format": "date"},
    }
    return {
        "FhirResource": {"type": "object", "required": ["resourceType"], "properties": {"resourceType": text}},
        "FhirIdentifier": {"type": "object", "properties": {"system": text, "value": text}},
        "FhirEligibilityRequest": {"type": "object", "required": list(request)[:6], "properties": request},
        "FhirCoverageSearch": {
            "type": "object",
            "required": ["beneficiary.identifier"],
            "properties": {"beneficiary.identifier": text},
        },
    }


def _asked(summary: str, media_type: str, schema: str, resource: str, letter: str) -> dict[str, Any]:
    content = {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {
        "summary": summary,
        "security": _security(resource, letter),
        "requestBody": {"required": True, "content": content},
        "responses": _told((*_BODY, *_CLIENT)),
    }


def _read(summary: str, resource: str, parameter: dict[str, Any], *refusals: int) -> dict[str, Any]:
    return {
        "summary": summary,
        "security": _security(resource, "r"),
        "parameters": [parameter],
        "responses": _told((*_CLIENT, 404, *refusals)),
    }


def _open(summary: str, media_type: str, *refusals: int) -> dict[str, Any]:
    told = {"description": "Told.", "content": {media_type: {"schema": {"type": "object"}}}}
    return {"summary": summary, "responses": _told(refusals, answered=None) | {"200": told}}


def _told(refusals: tuple[int, ...], answered: str | None = "200") -> dict[str, Any]:
    """The answer, and what may be said instead, each a resource."""
    content = {FHIR_JSON: {"schema": {"$ref": "#/components/schemas/FhirResource"}}}
    slugs = {status: ", ".join(slug for slug, of in STATUS.items() if of == status) for status in STATUS.values()}
    told = {str(each): {"description": slugs[each], "content": content} for each in sorted({*refusals, *_ALWAYS})}
    return told | ({answered: {"description": "Answered.", "content": content}} if answered else {})


def _security(resource: str, letter: str) -> list[dict[str, list[str]]]:
    return [{"client": ["eligibility"]}, {"client": [f"system/{resource}.{letter}"]}]


def _parameter(name: str, where: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": where, "required": True, "description": description, "schema": {"type": "string"}}
