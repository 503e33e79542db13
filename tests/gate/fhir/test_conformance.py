"""Everything that the gate says in FHIR is accepted by three validators, which disagree usefully."""

import copy
from typing import Any

import httpx

from tests.gate.conftest import COVERED, LAPSED
from tests.gate.fhir.conftest import R4, Resource, Speaker, asking, example, patient
from tests.gate.fhir.validators import by_javascript, by_models, by_schema

INPATIENT = [{"category": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"}]}}]


def everything_told(fhir: Speaker) -> dict[str, Resource]:
    """Each kind of answer once, in the three languages."""
    bundle = {"resourceType": "Bundle", "type": "batch", "entry": [{"resource": asking()}, {"resource": asking("1")}]}
    fa, zh = {"Accept_Language": "fa"}, {"Accept_Language": "zh"}
    submitted = fhir.submit(asking(), **fa)
    inpatient = fhir.submit(asking(item=INPATIENT), **zh)
    code, stay = submitted.json()["id"], inpatient.json()["id"]
    told = {
        "covered": submitted,
        "not covered": fhir.submit(asking(LAPSED)),
        "inpatient": inpatient,
        "partial": fhir.submit(example("CoverageEligibilityRequest-52346") | {"patient": patient()}, **fa),
        "batch": fhir.submit(bundle),
        "created": fhir.send(f"{R4}/CoverageEligibilityRequest", asking()),
        "informed": fhir.send(f"{R4}/CoverageEligibilityRequest", asking(), Prefer="return=OperationOutcome"),
        "request": fhir.get(f"CoverageEligibilityRequest/{code}"),
        "response": fhir.get(f"CoverageEligibilityResponse/{code}", **fa),
        "response of a stay": fhir.get(f"CoverageEligibilityResponse/{stay}"),
        "coverage": fhir.get(f"Coverage/{code}-1"),
        "payer": fhir.get(f"Coverage/{stay}-2", **zh),
        "searched": fhir.search(f"ir-national-code|{COVERED}"),
        "searched in vain": fhir.search(f"ir-national-code|{LAPSED}"),
        "found by request": fhir.get(f"CoverageEligibilityResponse?request=CoverageEligibilityRequest/{code}"),
        "insurer": fhir.get("Organization/ir-sso", **fa),
        "capabilities": fhir.get("metadata"),
        "field at fault": fhir.submit(asking(purpose=["x"]), **zh),
        "not found": fhir.get("Patient/1", **fa),
        "not acceptable": fhir.get("metadata", Accept="application/fhir+xml"),
        "no token": httpx.get(f"{fhir.desk.server.base}{R4}/Coverage/1-1"),
    }
    return {name: answer.json() for name, answer in told.items()}


def within(resource: Resource) -> list[Resource]:
    """A resource and those inside a Bundle."""
    entries = resource.get("entry", [])
    inside = [each.get("resource") or each["response"]["outcome"] for each in entries]
    return [resource, *inside]


def test_three_validators_accept_everything_that_is_told(fhir: Speaker) -> None:
    told = everything_told(fhir)
    kinds = {each["resourceType"] for resource in told.values() for each in within(resource)}
    assert kinds == {
        *("CoverageEligibilityRequest", "CoverageEligibilityResponse", "Coverage", "Bundle"),
        *("Organization", "CapabilityStatement", "OperationOutcome"),
    }
    every = [(name, each) for name, resource in told.items() for each in within(resource)]
    assert [(name, found) for name, each in every if (found := by_models(each))] == []
    assert [(name, found) for name, each in every if (found := by_schema(each))] == []
    found = by_javascript([each for _, each in every])
    assert [(name, said) for (name, _), said in zip(every, found, strict=True) if said] == []


def broken(resource: Resource, **changes: Any) -> Resource:
    return {name: each for name, each in (copy.deepcopy(resource) | changes).items() if each is not ...}


def test_the_validators_would_see_what_is_wrong() -> None:
    """So that nobody takes their silence for more than it is: each finds one of these, and together they find all."""
    request = {"reference": "CoverageEligibilityRequest/1"}  # in HL7's own, npm's `fhir` misses the capitals
    good = example("CoverageEligibilityResponse-E2500") | {"request": request}
    wrong = [broken(good, outcome="fine"), broken(good, insurer=...), broken(good, covered=True)]
    javascript = by_javascript([good, *wrong])
    seen = [
        (bool(by_models(each)), bool(by_schema(each)), bool(said))
        for each, said in zip([good, *wrong], javascript, strict=True)
    ]
    assert seen[0] == (False, False, False)
    assert all(any(each) for each in seen[1:])
    assert all(any(column) for column in zip(*seen[1:], strict=True))
