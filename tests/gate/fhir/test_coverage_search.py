"""Coverage by the beneficiary's identifier: by POST only, where the agreement allows, and on record."""

import pytest

from tests.gate.conftest import COVERED, LAPSED, UNKNOWN
from tests.gate.fhir.conftest import FHIR_JSON, R4, Speaker
from tests.gate.installation import national_code, token
from tests.gate.test_tokens import until, working

NUMBER = national_code(654_321)
SEARCH = f"{R4}/Coverage/_search"


def test_all_basic_insurers_of_today_in_the_order_in_which_they_pay(fhir: Speaker) -> None:
    answer = fhir.search(f"https://an.address/ids/ir-national-code|{COVERED}")
    bundle = answer.json()
    assert (answer.status_code, bundle["type"], bundle["total"]) == (200, "searchset", 2)
    found = [each["resource"] for each in bundle["entry"]]
    assert [each["order"] for each in found] == [1, 2]
    assert {each["beneficiary"]["identifier"]["value"] for each in found} == {COVERED}
    assert not any("period" in each for each in found)  # general mode tells no end of cover (S2.7)
    code = bundle["identifier"]["value"]
    assert [each["fullUrl"] for each in bundle["entry"]] == [
        f"{fhir.desk.server.base}{R4}/Coverage/{code}-{place}" for place in (1, 2)
    ]
    assert COVERED not in bundle["link"][0]["url"]
    row = fhir.desk.registry.read("SELECT channel, setting, purpose, shown FROM inquiry ORDER BY id DESC LIMIT 1")[0]
    assert tuple(row) == ("fhir", "inpatient", "discovery", "status tracking_code payers")


def test_nobody_known_and_nobody_covering_are_the_same_empty_bundle(fhir: Speaker) -> None:
    bundles = [fhir.search(f"ir-national-code|{number}").json() for number in (LAPSED, UNKNOWN)]
    assert [each.pop("identifier")["value"].isdigit() for each in bundles] == [True, True]
    assert [each.pop("timestamp")[:4].isdigit() for each in bundles] == [True, True]
    assert bundles[0] == bundles[1]
    assert (bundles[0]["total"], "entry" in bundles[0]) == (0, False)


@pytest.mark.parametrize(
    "address",
    [
        f"Coverage?beneficiary.identifier=ir-national-code|{NUMBER}",
        f"Coverage?beneficiary:identifier={NUMBER}",
        "Coverage",
        f"CoverageEligibilityRequest?patient.identifier={NUMBER}",
        f"CoverageEligibilityResponse?patient.identifier={NUMBER}",
        f"CoverageEligibilityResponse?identifier={NUMBER}",
    ],
)
def test_an_identifier_in_an_address_is_refused(fhir: Speaker, address: str) -> None:
    before = fhir.asked()
    answer = fhir.get(address)
    (issue,) = answer.json()["issue"]
    assert (answer.status_code, issue["code"]) == (400, "security")
    assert "Coverage/_search" in issue["details"]["text"]
    by_post = fhir.desk.http.post(f"{SEARCH}?beneficiary.identifier=ir-national-code|{NUMBER}", data={"_count": "1"})
    assert (by_post.status_code, fhir.asked()) == (400, before)
    assert NUMBER not in answer.text + by_post.text + fhir.desk.log.read_text()


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({}, "required"),
        ({"beneficiary.identifier": ""}, "unknown_identifier_system"),
        ({"beneficiary.identifier": NUMBER}, "unknown_identifier_system"),
        ({"beneficiary.identifier": f"urn:a:passport|{NUMBER}"}, "unknown_identifier_system"),
        ({"beneficiary.identifier": "ir-national-code|1"}, "wrong_length"),
        ({"beneficiary.identifier": [f"ir-national-code|{NUMBER}"] * 2}, "given_twice"),
        ({"beneficiary": "Patient/1"}, "unknown_field"),
        ({"beneficiary.identifier": f"ir-national-code|{NUMBER}", "color": "red"}, "unknown_field"),
    ],
)
def test_a_search_that_names_nobody_asks_nothing(fhir: Speaker, form: dict[str, str], code: str) -> None:
    before = fhir.asked()
    answer = fhir.desk.http.post(SEARCH, data=form or {"_count": "1"})
    assert answer.headers["content-type"].startswith(FHIR_JSON)
    assert (answer.status_code, answer.json()["issue"][0]["details"]["coding"]) == (422, [{"code": code}])
    assert fhir.asked() == before


def test_a_search_is_a_form_and_what_is_not_in_force_is_not_told(fhir: Speaker) -> None:
    before = fhir.asked()
    assert fhir.send(SEARCH, {"beneficiary.identifier": COVERED}).status_code == 415
    assert fhir.search(f"ir-national-code|{COVERED}", status="cancelled").json()["total"] == 0
    assert fhir.asked() == before
    assert fhir.search(f"ir-national-code|{COVERED}", status="active").json()["total"] == 2


def test_without_an_agreement_for_eligibility_nothing_is_told(fhir: Speaker) -> None:
    bearer = working(fhir.desk, "court", kind="judicial")
    data = {"beneficiary.identifier": f"ir-national-code|{COVERED}"}
    refused = fhir.desk.http.post(SEARCH, data=data, headers={"Authorization": f"Bearer {bearer}"})
    assert (refused.status_code, refused.json()["issue"][0]["code"]) == (403, "forbidden")


def test_the_quota_of_the_agreement_counts_here_too(fhir: Speaker) -> None:
    fhir.desk.registry.organisation("frugal")
    fhir.desk.registry.write(("UPDATE agreement SET daily_quota = 1 WHERE organisation = 'frugal'", []))
    fhir.desk.registry.client("client-frugal", "frugal")
    until(lambda: token(fhir.desk.server.base, "client-frugal", fhir.desk.registry.secret).status_code == 200, 60)
    bearer = token(fhir.desk.server.base, "client-frugal", fhir.desk.registry.secret).json()["access_token"]
    data = {"beneficiary.identifier": f"ir-national-code|{COVERED}"}
    first, second = (
        fhir.desk.http.post(SEARCH, data=data, headers={"Authorization": f"Bearer {bearer}"}) for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (200, 429)
    assert (second.json()["issue"][0]["code"], "retry-after" in second.headers) == ("throttled", True)
