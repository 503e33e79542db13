"""SMART backend services: what is said of the log-in, and how far a token of SMART's scopes reaches."""

import json
import time
from uuid import uuid4

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from daftar.gate.clients import ASSERTION_TYPE
from daftar.gate.smart import RESOURCES, allows, may_be_given
from tests.gate.conftest import COVERED, Desk
from tests.gate.fhir.conftest import FHIR_JSON, R4, SUBMIT, Speaker, asking
from tests.gate.installation import token
from tests.gate.test_tokens import until


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("eligibility", "cr rs rs r"),
        ("system/*.*", "cr rs rs r"),
        ("system/*.cruds", "cr rs rs r"),
        ("system/*.read", "r rs rs r"),
        ("system/*.write", "c   "),
        ("system/*.s", " s s "),
        ("system/Coverage.rs", "  rs "),
        ("system/Coverage.search", "   "),
        ("user/*.read", "   "),
        ("system/*.read?status=active", "   "),
        ("system/Coverage.", "   "),
        ("feeds:persons", "   "),
    ],
)
def test_what_a_scope_allows(scope: str, allowed: str) -> None:
    scopes = frozenset({scope})
    found = [
        "".join(letter for letter in "crs" if letter in letters and allows(scopes, name, letter))
        for name, letters in RESOURCES.items()
    ]
    assert found == allowed.split(" ")
    assert may_be_given(scopes, frozenset({"eligibility"})) == bool("".join(allowed.split()))
    assert not may_be_given(frozenset({"system/*.read"}), frozenset({"affiliation"}))


def with_scope(desk: Desk, scope: str) -> httpx.Response:
    return token(desk.server.base, "client-1", desk.registry.secret, scope=scope)


def test_a_token_of_smart_reaches_as_far_as_its_scopes(fhir: Speaker) -> None:
    told = with_scope(fhir.desk, "system/CoverageEligibilityResponse.read").json()
    assert told["scope"] == "system/CoverageEligibilityResponse.read"
    headers = {"Authorization": f"Bearer {told['access_token']}"}
    base = fhir.desk.server.base
    sent = {"content": json.dumps(asking()), "headers": headers | {"Content-Type": FHIR_JSON}}
    submitted = httpx.post(f"{base}{SUBMIT}", **sent)
    assert submitted.status_code == 200
    code = submitted.json()["id"]
    read = {
        path: httpx.get(f"{base}{R4}/{path}/{code}", headers=headers).status_code
        for path in ("CoverageEligibilityResponse", "CoverageEligibilityRequest")
    }
    assert read == {"CoverageEligibilityResponse": 200, "CoverageEligibilityRequest": 403}
    created = httpx.post(f"{base}{R4}/CoverageEligibilityRequest", **sent)
    assert (created.status_code, created.json()["issue"][0]["code"]) == (403, "forbidden")
    search = {"beneficiary.identifier": f"ir-national-code|{COVERED}"}
    assert httpx.post(f"{base}{R4}/Coverage/_search", data=search, headers=headers).status_code == 403
    as_json = {"subject": {"type": "ir-national-code", "number": COVERED}}
    assert httpx.post(f"{base}/api/v1/eligibility-inquiries", json=as_json, headers=headers).status_code == 403
    for beyond in ("system/Patient.read", "patient/*.read", "system/*.read feeds:persons"):
        assert with_scope(fhir.desk, beyond).json()["error"] == "invalid_scope"


def test_a_backend_service_logs_in_as_the_configuration_says(fhir: Speaker) -> None:
    """Discovery, a signed assertion, a token, a question: as a hospital's system does."""
    base = fhir.desk.server.base
    configuration = httpx.get(f"{base}{R4}/.well-known/smart-configuration")
    assert configuration.headers["content-type"] == "application/json"
    found = configuration.json()
    assert "ES384" in found["token_endpoint_auth_signing_alg_values_supported"]
    assert "client-confidential-asymmetric" in found["capabilities"]
    key = ECKey.generate_key("P-384", {"kid": "hospital"}, private=True)
    fhir.desk.registry.client("client-smart", "provider-1", jwks=json.dumps({"keys": [key.as_dict(private=False)]}))

    def log_in() -> httpx.Response:
        claims = {"iss": "client-smart", "sub": "client-smart", "aud": found["token_endpoint"], "jti": uuid4().hex}
        claims["exp"] = int(time.time()) + 200
        form = {
            "grant_type": "client_credentials",
            "scope": "system/*.cruds",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": jwt.encode({"alg": "ES384", "kid": "hospital"}, claims, key, algorithms=["ES384"]),
        }
        return httpx.post(found["token_endpoint"], data=form)

    until(lambda: log_in().status_code == 200, 60)
    headers = {"Authorization": f"Bearer {log_in().json()['access_token']}", "Content-Type": FHIR_JSON}
    answer = httpx.post(f"{base}{SUBMIT}", content=json.dumps(asking()), headers=headers)
    assert answer.json()["disposition"] == "Covered"


def test_what_is_said_to_be_served_is_served(fhir: Speaker) -> None:
    """Open to everybody, and true: each interaction that the CapabilityStatement names is no 404 or 405 of its path."""
    statement = httpx.get(f"{fhir.desk.server.base}{R4}/metadata").json()
    assert (statement["fhirVersion"], statement["kind"]) == ("4.0.1", "instance")
    code = fhir.submit(asking()).json()["id"]
    served = set()
    for resource in statement["rest"][0]["resource"]:
        named, name = {"Coverage": f"{code}-1", "Organization": "ir-sso"}, resource["type"]
        for interaction in (each["code"] for each in resource["interaction"]):
            if interaction == "read":
                answer = fhir.get(f"{name}/{named.get(name, code)}")
            elif interaction == "create":
                answer = fhir.send(f"{R4}/{name}", asking())
            elif name == "Coverage":
                answer = fhir.search(f"ir-national-code|{COVERED}")
            else:
                answer = fhir.get(f"{name}?{resource['searchParam'][0]['name']}={code}")
            assert answer.status_code in (200, 201), (name, interaction)
            served.add((name, interaction))
    assert len(served) == 7


@pytest.mark.parametrize("header", [None, "Bearer x", "Basic eDp4"])
def test_without_a_token_the_outcome_asks_for_a_log_in(fhir: Speaker, header: str | None) -> None:
    headers = {"Content-Type": FHIR_JSON} | ({"Authorization": header} if header else {})
    refused = httpx.post(f"{fhir.desk.server.base}{SUBMIT}", content=json.dumps(asking()), headers=headers)
    assert (refused.status_code, refused.json()["issue"][0]["code"]) == (401, "login")
    assert refused.headers["www-authenticate"] == "Bearer"
