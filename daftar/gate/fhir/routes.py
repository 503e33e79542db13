"""The paths of FHIR R4. What is under `/fhir/` and not here, another version for one, is refused in FHIR's words."""

from daftar.gate.fhir.capability import get_metadata, get_organization, get_smart_configuration
from daftar.gate.fhir.coverage import get_search, post_search
from daftar.gate.fhir.eligibility import post_request, post_submit
from daftar.gate.fhir.outcomes import problem_outcome
from daftar.gate.fhir.recalled import get_coverage, get_request, get_response, get_responses
from daftar.gate.fhir.replies import R4
from daftar.gate.translator import Translator

_BASE = ("fhir", "R4")
_REQUEST, _RESPONSE, _COVERAGE = "CoverageEligibilityRequest", "CoverageEligibilityResponse", "Coverage"

FHIR = Translator(
    prefixes=("/fhir/",),
    exact={
        f"{R4}/metadata": ("GET", get_metadata),
        f"{R4}/.well-known/smart-configuration": ("GET", get_smart_configuration),
        f"{R4}/{_REQUEST}/$submit": ("POST", post_submit),
        f"{R4}/{_COVERAGE}/_search": ("POST", post_search),
    },
    patterns=(
        ("POST", (*_BASE, _REQUEST), post_request),
        ("GET", (*_BASE, _REQUEST), get_search),
        ("GET", (*_BASE, _REQUEST, "*"), get_request),
        ("GET", (*_BASE, _RESPONSE), get_responses),
        ("GET", (*_BASE, _RESPONSE, "*"), get_response),
        ("GET", (*_BASE, _COVERAGE), get_search),
        ("GET", (*_BASE, _COVERAGE, "*"), get_coverage),
        ("GET", (*_BASE, "Organization", "*"), get_organization),
    ),
    problem=problem_outcome,
    door="fhir",
)
