"""Problems as OperationOutcome (R4 §3.1.0.4), in the reader's language."""

from typing import Any

import msgspec

from daftar.gate.fhir.formats import FHIR_JSON, VERSION
from daftar.gate.problems import Problem
from daftar.gate.request import Request
from daftar.gate.translator import Reply, problem_reply
from daftar.terms.problems import hotline
from daftar.terms.texts import text

CONTENT_TYPE = f"{FHIR_JSON}; charset=utf-8; fhirVersion={VERSION}".encode()

_BY_SLUG = {
    "malformed-json": "structure",
    "invalid-input": "invalid",
    "search-by-post": "security",
    "unauthorised": "login",
    "forbidden": "forbidden",
    "no-agreement": "forbidden",
    "not-found": "not-found",
    "body-too-large": "too-long",
    "idempotency-mismatch": "conflict",
    "too-many-requests": "throttled",
    "quota-exceeded": "throttled",
    "unavailable": "transient",
}
_BY_FIELD_CODE = {
    "required": "required",
    "unknown_field": "structure",
    "empty": "structure",
    "not_fhir_form": "structure",
    "unknown_word": "code-invalid",
    "not_understood": "extension",
    "unknown_identifier_system": "code-invalid",
    "patient_unresolved": "not-found",
    "too_many": "too-long",
}
"""The word of http://hl7.org/fhir/issue-type for each; `not-supported` and `value` for the others."""


def problem_outcome(problem: Problem, request: Request) -> Reply:
    """The reply to a request that is not answered as asked."""
    language = request.language
    body = msgspec.json.encode(outcome_of(problem, language))
    return problem_reply(problem, language, body, CONTENT_TYPE)


def outcome_of(problem: Problem, language: str) -> dict[str, Any]:
    """The OperationOutcome of a problem: an issue for each field at fault, else one."""
    if problem.errors:
        issues = [
            _issue(
                _BY_FIELD_CODE.get(each.code, "value"),
                each.code,
                text(f"input.{each.code}", language, **each.values),
                each.field,
            )
            for each in problem.errors
        ]
    else:
        values = {"hotline": hotline(language)} | problem.values
        told = text(f"problem.{problem.slug}", language, **values)
        issues = [_issue(_BY_SLUG.get(problem.slug, "not-supported"), problem.slug, told)]
    return {"resourceType": "OperationOutcome", "language": language, "issue": issues}


def informed(words: str, language: str) -> dict[str, Any]:
    """An OperationOutcome that says that all is well."""
    issue = {"severity": "information", "code": "informational", "details": {"text": words}}
    return {"resourceType": "OperationOutcome", "language": language, "issue": [issue]}


def _issue(code: str, ours: str, words: str, element: str = "") -> dict[str, Any]:
    issue: dict[str, Any] = {
        "severity": "error",
        "code": code,
        "details": {"coding": [{"code": ours}], "text": words},
    }
    return issue | ({"expression": [element]} if element else {})
