"""What is served here: the CapabilityStatement, SMART's configuration, and the insurers as Organization.

Open to everybody: nothing in it is about a person (R4 §3.1.0.9; SMART App Launch 2.2, "Conformance").
"""

from functools import cache
from typing import Any

import msgspec

from daftar.gate.clients import ASSERTION_ALGORITHMS
from daftar.gate.counter import Counter
from daftar.gate.fhir.coverage import ADDRESS, BENEFICIARY
from daftar.gate.fhir.formats import FHIR_JSON, answer_type
from daftar.gate.fhir.replies import R4, replied
from daftar.gate.fhir.systems import INSURER, system
from daftar.gate.problems import Problem
from daftar.gate.request import Request
from daftar.gate.smart import BEHIND, RESOURCES
from daftar.gate.translator import Reply
from daftar.terms.identifiers import TYPES
from daftar.terms.insurers import insurer_name
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.texts import LANGUAGES

DATE = "2026-11-22"
"""When what is said here was last changed."""

SUBMIT = "http://hl7.org/fhir/OperationDefinition/CoverageEligibilityRequest-submit"
_INTERACTIONS = {"c": "create", "r": "read", "s": "search-type"}
_SECURITY = "http://terminology.hl7.org/CodeSystem/restful-security-service"
_SEARCHES = {
    "CoverageEligibilityResponse": ("request", "reference", "The request that was answered."),
    "Coverage": ("beneficiary", "reference", f"Chained: {BENEFICIARY[0]}=system|number; by POST to {ADDRESS} only."),
}


async def get_metadata(counter: Counter, request: Request) -> Reply:
    """200 with the CapabilityStatement."""
    content_type = answer_type(request)
    return Reply(200, _statement(counter.base_url), content_type)


async def get_smart_configuration(counter: Counter, request: Request) -> tuple[int, bytes]:
    """200 with where and how a backend service logs in."""
    return 200, msgspec.json.encode(smart_configuration(counter.base_url))


async def get_organization(counter: Counter, request: Request) -> Reply:
    """200 with an insurer by its code, named in the reader's language and aliased in the others."""
    content_type, code, language = answer_type(request), request.parts[-1], request.language
    names = [insurer_name(code, each) for each in (language, *LANGUAGES)]
    if names[0] == code:
        raise Problem("not-found")
    organization = {
        "resourceType": "Organization",
        "id": code,
        "language": language,
        "identifier": [{"system": system(counter.base_url, INSURER), "value": code}],
        "active": True,
        "type": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/organization-type", "code": "ins"}]}],
        "name": names[0],
        "alias": sorted(set(names) - {names[0]}),
    }
    return replied(organization, content_type, language)


@cache
def _statement(base_url: str) -> bytes:
    return msgspec.json.encode(capability_statement(base_url))


def capability_statement(base_url: str) -> dict[str, Any]:
    """What this server does, as a CapabilityStatement of the instance."""
    names = ", ".join(f"{system(base_url, each)}" for each in TYPES)
    return {
        "resourceType": "CapabilityStatement",
        "url": f"{base_url}{R4}/metadata",
        "name": "Daftar",
        "title": "Daftar: entitlement to treatment",
        "status": "active",
        "date": DATE,
        "publisher": ", ".join(each.insurer_name["en"] for each in jurisdictions().values()),
        "description": "Is this person covered on this day? One answer and one tracking code, durable before told."
        f" Persons are named by identifiers of these systems: {names}.",
        "kind": "instance",
        "software": {"name": "Daftar"},
        "implementation": {"description": "The counter of a social insurer, for machines.", "url": f"{base_url}{R4}"},
        "fhirVersion": "4.0.1",
        "format": ["json", FHIR_JSON],
        "rest": [
            {
                "mode": "server",
                "security": _security(base_url),
                "resource": [_resource(name, letters) for name, letters in RESOURCES.items()],
            }
        ],
    }


def smart_configuration(base_url: str) -> dict[str, Any]:
    """SMART's configuration of a server for backend services; there is no log-in of people by this way."""
    scopes = [f"system/{name}.{letters}" for name, letters in RESOURCES.items()]
    return {
        "token_endpoint": f"{base_url}/oauth/token",
        "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_basic", "client_secret_post"],
        "token_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
        "grant_types_supported": ["client_credentials"],
        "scopes_supported": [BEHIND, "system/*.read", "system/*.rs", *scopes],
        "code_challenge_methods_supported": ["S256"],  # required by the specification, used by no grant served here
        "capabilities": ["client-confidential-asymmetric", "permission-v1", "permission-v2"],
    }


def _security(base_url: str) -> dict[str, Any]:
    return {
        "service": [{"coding": [{"system": _SECURITY, "code": "SMART-on-FHIR"}], "text": "SMART backend services"}],
        "description": f"Log-in as {base_url}{R4}/.well-known/smart-configuration says.",
    }


def _resource(name: str, letters: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": name,
        "interaction": [{"code": _INTERACTIONS[each]} for each in letters],
        "versioning": "no-version",
        "conditionalCreate": False,
    }
    if name in _SEARCHES:
        parameter, kind, documentation = _SEARCHES[name]
        told["searchParam"] = [{"name": parameter, "type": kind, "documentation": documentation}]
    if name == "CoverageEligibilityRequest":
        told["operation"] = [{"name": "submit", "definition": SUBMIT}]
    return told
