"""The OpenAPI document: the gate's part made from the structs that it decodes and encodes, and the portal's lists
(contracts §3)."""

from functools import cache
from typing import Any

import msgspec

from daftar.feeds.report import MOST_QUARANTINED
from daftar.gate.counter import Counter
from daftar.gate.openapi_fhir import fhir_paths, fhir_schemas
from daftar.gate.openapi_lists import list_paths, list_schemas
from daftar.gate.problems import STATUS
from daftar.gate.request import Request
from daftar.gate.rest.affiliation_told import AffiliationInquiry, AffiliationTold
from daftar.gate.rest.asked import AdmissionChoice, AdmissionRecorded
from daftar.gate.rest.certificates import CertificateOpening, CertificateTold
from daftar.gate.rest.eligibility import EligibilityAnswer, EligibilityBatch, EligibilityInquiry
from daftar.gate.rest.own_entitlement import Confirm, OwnEntitlementTold, Start
from daftar.gate.rest.retries import LONGEST_KEY

Operation = dict[str, Any]
_IDEMPOTENCY: Operation = {"parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}]}
_STRUCTS = (
    AffiliationInquiry,
    AffiliationTold,
    CertificateOpening,
    CertificateTold,
    EligibilityInquiry,
    EligibilityAnswer,
    AdmissionChoice,
    AdmissionRecorded,
    Start,
    Confirm,
    OwnEntitlementTold,
)
_ALWAYS = (429, 503)
_BODY = (400, 413, 415, 422)
_CLIENT = (401, 403)


async def get_openapi(counter: Counter, request: Request) -> tuple[int, bytes]:
    """200 with the document."""
    return 200, _encoded()


@cache
def _encoded() -> bytes:
    return msgspec.json.encode(document())


def document() -> dict[str, Any]:
    """OpenAPI 3.1 of every endpoint, the gate's and the portal's."""
    _, schemas = msgspec.json.schema_components(_STRUCTS, ref_template="#/components/schemas/{name}")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Daftar", "version": "1", "description": "The counter of a social insurer, for machines."},
        "paths": _paths(),
        "components": {
            "schemas": schemas | _own_schemas() | list_schemas() | fhir_schemas(),
            "parameters": {"IdempotencyKey": _idempotency_key()},
            "securitySchemes": {
                "client": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {}}}}
            },
        },
    }


def _paths() -> dict[str, dict[str, Operation]]:
    inquiries = "/api/v1/eligibility-inquiries"
    code = _path_parameter("tracking_code", "Sixteen digits.")
    return {
        "/oauth/token": {"post": _token()},
        inquiries: {
            "post": _posts("Covered or not?", "EligibilityInquiry", "EligibilityAnswer", _CLIENT) | _IDEMPOTENCY
        },
        f"{inquiries}/batch": {
            "post": _posts(
                "Up to 1,000 questions at once, each with an answer or a problem in its place.",
                *("EligibilityBatch", "EligibilityAnswers", _CLIENT),
            )
            | _IDEMPOTENCY
        },
        f"{inquiries}/{{tracking_code}}": {
            "get": {
                "summary": "What was answered, for the organisation that asked.",
                "security": [{"client": ["eligibility"]}],
                "parameters": [code],
                "responses": _responses("EligibilityAnswer", (*_CLIENT, 404)),
            }
        },
        f"{inquiries}/{{tracking_code}}/admission": {
            "post": _posts(
                "The payer chosen for an admission.", "AdmissionChoice", "AdmissionRecorded", (*_CLIENT, 404, 409)
            )
            | {"parameters": [code]}
        },
        **_official_paths(),
        "/api/v1/own-entitlement/start": {
            "post": _posts("Send a one-time code to the applicant's mobile.", "Start", "Started", (403,), client=False)
        },
        "/api/v1/own-entitlement/confirm": {
            "post": _posts("Type the code back.", "Confirm", "OwnEntitlementTold", (403,), client=False)
        },
        "/api/v1/feeds/{table}/{batch}": {"put": _feed()},
        **list_paths(_problem),
        **fhir_paths(_IDEMPOTENCY),
        "/healthz": {"get": _plain("The process answers.")},
        "/readyz": {"get": _plain("Questions can be answered now.")},
    }


def _official_paths() -> dict[str, dict[str, Operation]]:
    """What funds, judicial and quasi-judicial organisations may ask (S1)."""
    return {
        "/api/v1/affiliation-inquiries": {
            "post": _posts(
                "Affiliated today, or in a period? One of four outcomes; an absent key is not permitted to the asker.",
                "AffiliationInquiry",
                "AffiliationTold",
                _CLIENT,
                scope="affiliation",
            )
            | _IDEMPOTENCY
        },
        "/api/v1/certificates/open": {
            "post": _posts(
                "Open a certificate addressed to the organisation, with its number and access code.",
                "CertificateOpening",
                "CertificateTold",
                (*_CLIENT, 404, 410),
                scope="certificates",
            )
        },
    }


def _posts(
    summary: str, sent: str, told: str, refusals: tuple[int, ...], *, client: bool = True, scope: str = "eligibility"
) -> Operation:
    operation: Operation = {
        "summary": summary,
        "requestBody": {"required": True, "content": {"application/json": {"schema": _reference(sent)}}},
        "responses": _responses(told, (*_BODY, *refusals)),
    }
    return operation | ({"security": [{"client": [scope]}]} if client else {})


def _responses(told: str, refusals: tuple[int, ...]) -> dict[str, Any]:
    answered = {"200": {"description": "Answered.", "content": {"application/json": {"schema": _reference(told)}}}}
    return answered | {str(status): _problem(status) for status in sorted({*refusals, *_ALWAYS})}


def _problem(status: int) -> dict[str, Any]:
    slugs = ", ".join(slug for slug, of in STATUS.items() if of == status)
    return {"description": slugs, "content": {"application/problem+json": {"schema": _reference("Problem")}}}


def _token() -> Operation:
    fields = ("grant_type", "client_id", "client_secret", "scope", "client_assertion_type", "client_assertion")
    form = {"type": "object", "required": ["grant_type"], "properties": {name: {"type": "string"} for name in fields}}
    return {
        "summary": "An access token for five minutes, by client secret or private_key_jwt.",
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}},
        "responses": _responses("Token", (*_BODY, 401)),
    }


def _feed() -> Operation:
    text = {"schema": {"type": "string"}}
    return {
        "summary": "Push a batch of facts; the same batch again changes nothing.",
        "security": [{"client": []}],
        "parameters": [_path_parameter("table", "Feed table."), _path_parameter("batch", "Your name for the batch.")],
        "requestBody": {"required": True, "content": {"text/csv": text, "application/x-ndjson": text}},
        "responses": _responses("FeedReport", (*_BODY, *_CLIENT)),
    }


def _plain(summary: str) -> Operation:
    told = {"description": summary, "content": {"application/json": {"schema": {"type": "object"}}}}
    return {"summary": summary, "responses": {"200": told, "503": _problem(503)}}


def _idempotency_key() -> dict[str, Any]:
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Your own mark on a question: for 48 hours the same body gets the first answer again, and"
        " another body is refused. In a batch each place counts by itself.",
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
    }


def _path_parameter(name: str, description: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": description, "schema": {"type": "string"}}


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _own_schemas() -> dict[str, Any]:
    """Shapes that are not one struct."""
    text, number = {"type": "string"}, {"type": "integer"}
    error = _object(field=text, code=text, message=text)
    bad_row = _object(line=number, column=text, reason=text)
    answer_or_problem = {"anyOf": [_reference("EligibilityAnswer"), _reference("Problem")]}
    inquiries = {"type": "array", "items": _reference("EligibilityInquiry"), "maxItems": 1000}
    return {
        "EligibilityBatch": _object(inquiries=inquiries) | {"description": EligibilityBatch.__doc__},
        "EligibilityAnswers": _object(answers={"type": "array", "items": answer_or_problem}),
        "Started": _object(challenge={"type": "string", "format": "uuid"}),
        "Token": _object(access_token=text, token_type=text, expires_in=number, scope=text),
        "FeedReport": _object(
            rows=number,
            changed=number,
            stale=number,
            pending=number,
            quarantined_rows=number,
            quarantined={"type": "array", "items": bad_row, "maxItems": MOST_QUARANTINED},
        ),
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status"],
            "properties": {"type": text, "title": text, "status": number, "errors": {"type": "array", "items": error}},
        },
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}
