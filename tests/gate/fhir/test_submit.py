"""CoverageEligibilityRequest `$submit` and create over HTTP, on SQLite and PostgreSQL: HL7's examples, our words."""

import time
from datetime import date

import pytest

from daftar.terms.tracking_codes import read_tracking_code
from tests.gate.conftest import COVERED, LAPSED, UNKNOWN
from tests.gate.fhir.conftest import ON_BOTH, R4, Resource, Speaker, asking, example, patient
from tests.gate.installation import national_code

REQUESTS = f"{R4}/CoverageEligibilityRequest"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


@ON_BOTH
def test_the_official_examples_about_a_subject_that_exists(fhir: Speaker) -> None:
    first = fhir.submit(asking()).json()
    assert first["resourceType"] == "CoverageEligibilityResponse"
    assert (first["outcome"], first["disposition"]) == ("complete", "Covered")
    assert [each["inforce"] for each in first["insurance"]] == [True]
    assert read_tracking_code(first["id"]) == first["identifier"][0]["value"]
    assert first["patient"]["identifier"]["value"] == COVERED
    second = fhir.submit(example("CoverageEligibilityRequest-52346") | {"patient": patient()}).json()
    assert (second["servicedDate"], second["insurance"][0]["inforce"]) == ("2014-09-17", False)
    assert (second["outcome"], second["purpose"]) == ("partial", ["validation", "benefits"])
    assert second["error"][0]["code"]["text"]


@ON_BOTH
def test_nothing_of_general_mode_is_told_but_status_and_code(fhir: Speaker) -> None:
    """S2.7: no end of cover, no reason, no name; an unknown person is told like a known uncovered one."""
    known, unknown = fhir.submit(asking(LAPSED)), fhir.submit(asking(UNKNOWN))
    assert len(known.content) == len(unknown.content)
    told = []
    for answer, number in ((known, LAPSED), (unknown, UNKNOWN)):
        resource = answer.text.replace(answer.json()["id"], "CODE").replace(number, "NUMBER")
        told.append(resource.replace(answer.json()["created"], "TIME"))
    assert told[0] == told[1]
    assert "lapsed" not in known.text
    assert "period" not in fhir.submit(asking()).text.lower()


def test_the_journal_names_the_channel_the_ground_and_the_purpose(fhir: Speaker) -> None:
    code = fhir.submit(asking(purpose=["validation", "benefits"])).json()["id"]
    row = fhir.desk.registry.read(
        "SELECT channel, mode, ground, purpose, shown, organisation, account FROM inquiry ORDER BY id DESC LIMIT 1"
    )[0]
    expected = ("fhir", "general", "agreement", "validation benefits", "status tracking_code", "provider-1", "client-1")
    assert tuple(row) == expected
    read = fhir.get(f"CoverageEligibilityResponse/{code}").json()
    assert (read["outcome"], read["purpose"]) == ("partial", ["validation", "benefits"])


def test_the_person_may_come_along_as_a_resource(fhir: Speaker) -> None:
    person = {"resourceType": "Patient", "id": "pat1", "identifier": [patient()["identifier"]]}
    alone = example("CoverageEligibilityRequest-52345")
    contained = alone | {"contained": [person], "patient": {"reference": "#pat1"}}
    url = "urn:uuid:0b0c6d3e-0000-4000-8000-000000000001"
    by_url = alone | {"patient": {"reference": url}}
    for body in (
        contained,
        bundle(alone, person),
        {"resourceType": "Bundle", "type": "collection", "entry": [entry(by_url), entry(person) | {"fullUrl": url}]},
        parameters(asking()),
        parameters(bundle(alone, person)),
        asking() | {"meta": {"profile": ["http://somebody.else/StructureDefinition/eligibility|9"]}},
    ):
        answer = fhir.submit(body)
        assert (answer.status_code, answer.json()["disposition"]) == (200, "Covered"), answer.text


@pytest.mark.parametrize(
    "system", ["ir-national-code", "urn:somebody:ir-national-code", "https://a.b/c#ir-national-code"]
)
def test_a_system_is_known_by_its_last_part(fhir: Speaker, system: str) -> None:
    assert fhir.submit(asking(patient=patient(system=system))).json()["disposition"] == "Covered"


def test_a_system_that_others_gave_and_a_type_without_a_system(fhir: Speaker) -> None:
    coding = [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "NNIRN"}]
    by_type = {"identifier": {"type": {"coding": coding}, "value": COVERED}}
    assert fhir.submit(asking(patient=by_type)).json()["disposition"] == "Covered"
    chinese = patient("11010519491231002X", "urn:oid:2.16.156.10011.1.3")
    assert fhir.submit(asking(patient=chinese)).json()["insurer"]["reference"] == "Organization/cn-bmi"


def test_inpatient_care_names_the_payers_in_order(fhir: Speaker) -> None:
    category = {"coding": [{"system": ACT_CODE, "code": "IMP"}]}
    told = fhir.submit(asking(item=[{"category": category}], servicedPeriod={"start": "2024-03-01T08:00:00Z"})).json()
    assert (told["servicedDate"], [each["inforce"] for each in told["insurance"]]) == ("2024-03-01", [True, True])
    payers = [fhir.get(each["coverage"]["reference"]).json() for each in told["insurance"]]
    assert [each["order"] for each in payers] == [1, 2]
    assert payers[0]["payor"][0]["reference"] == "Organization/ir-sso"
    assert payers[1]["payor"][0]["identifier"]["value"] == "ir-salamat"
    assert all(each["extension"][0]["valueCodeableConcept"]["text"] for each in payers)
    assert fhir.get(f"Coverage/{told['id']}-3").status_code == 404
    in_our_words = fhir.submit(asking(item=[{"category": {"coding": [{"code": "inpatient"}]}}])).json()
    assert len(in_our_words["insurance"]) == 2


@ON_BOTH
def test_create_then_read_the_request_and_its_answer(fhir: Speaker) -> None:
    created = fhir.send(REQUESTS, asking())
    code = created.json()["id"]
    assert (created.status_code, created.headers["location"]) == (201, f"{fhir.desk.server.base}{REQUESTS}/{code}")
    read = fhir.get(f"CoverageEligibilityRequest/{code}").json()
    assert read == created.json() | {"patient": read["patient"]}
    assert "identifier" not in read["patient"]  # the journal keeps no number
    answer = fhir.get(f"CoverageEligibilityResponse/{code}").json()
    assert (answer["request"]["reference"], answer["disposition"]) == (f"CoverageEligibilityRequest/{code}", "Covered")
    found = fhir.get(f"CoverageEligibilityResponse?request=CoverageEligibilityRequest/{code}").json()
    assert [each["resource"] for each in found["entry"]] == [answer]
    assert fhir.get("CoverageEligibilityResponse?request=4821773055194206").json()["total"] == 0
    minimal = fhir.send(REQUESTS, asking(), Prefer="return=minimal")
    assert (minimal.status_code, minimal.content, "location" in minimal.headers) == (201, b"", True)


def test_nobody_but_the_asker_reads_an_answer(fhir: Speaker, other_provider) -> None:
    code = fhir.submit(asking()).json()["id"]
    for path in ("CoverageEligibilityRequest", "CoverageEligibilityResponse"):
        assert other_provider.get(f"{R4}/{path}/{code}").status_code == 404
    assert other_provider.get(f"{R4}/Coverage/{code}-1").status_code == 404
    assert other_provider.get(f"{R4}/CoverageEligibilityResponse?request={code}").json()["total"] == 0


@ON_BOTH
def test_a_bundle_of_several_is_answered_in_order_and_one_bad_request_alone(fhir: Speaker) -> None:
    body = bundle(asking(), asking("1"), asking(LAPSED), asking(purpose=[]))
    told = fhir.submit(body).json()
    assert told["type"] == "batch-response"
    assert [each["response"]["status"] for each in told["entry"]] == ["200", "422", "200", "422"]
    assert [each["resource"]["disposition"] for each in told["entry"] if "resource" in each] == [
        "Covered",
        "Not covered",
    ]
    faults = [each["response"]["outcome"]["issue"][0] for each in told["entry"] if "resource" not in each]
    assert faults[0]["expression"] == ["Bundle.entry[1].resource.patient.identifier.value"]


@ON_BOTH
def test_a_row_that_cannot_be_read_fails_one_request_of_a_bundle(fhir: Speaker) -> None:
    strange = national_code(778)
    key = fhir.desk.registry.person(strange)
    fhir.desk.registry.span(key, date(2020, 1, 1), None)
    fhir.desk.registry.write(("UPDATE coverage SET reason = 'of_a_later_version' WHERE key = ?", [key]))
    for language, words in (("fa", "دوباره تلاش کنید"), ("zh", "请稍后再试"), ("en", "Please try again")):
        before = fhir.asked()
        told = fhir.submit(bundle(asking(), asking(strange), asking(LAPSED)), Accept_Language=language).json()
        assert [each["response"]["status"] for each in told["entry"]] == ["200", "503", "200"]
        (issue,) = told["entry"][1]["response"]["outcome"]["issue"]
        assert (issue["code"], words in issue["details"]["text"]) == ("transient", True)
        assert fhir.asked() == before + 2


@ON_BOTH
def test_an_idempotency_key_gets_the_first_answer(fhir: Speaker) -> None:
    before = fhir.asked()
    mark = {"Idempotency_Key": f"visit-{time.time_ns()}"}
    first, again = fhir.submit(asking(), **mark), fhir.submit(asking(), **mark)
    assert first.json() == again.json()
    other = fhir.submit(asking(LAPSED), **mark)
    assert (other.status_code, other.json()["issue"][0]["code"]) == (422, "conflict")
    as_json = fhir.desk.post(
        "/api/v1/eligibility-inquiries",
        {"subject": {"type": "ir-national-code", "number": COVERED}},
        **{"Idempotency-Key": mark["Idempotency_Key"]},
    )
    assert as_json.status_code == 422
    created = fhir.send(REQUESTS, asking(), If_None_Exist="identifier=x")
    assert (created.status_code, fhir.asked()) == (422, before + 1)


@pytest.mark.parametrize(
    ("language", "words"), [("fa", "حمایت درمانی دارد"), ("zh", "享受医疗待遇"), ("en", "Covered")]
)
def test_the_disposition_is_in_the_readers_language(fhir: Speaker, language: str, words: str) -> None:
    answer = fhir.submit(asking(), Accept_Language=language)
    assert (answer.json()["disposition"], answer.headers["content-language"]) == (words, language)


def test_nothing_personal_in_logs_or_metrics(fhir: Speaker) -> None:
    number = national_code(765_432)
    told = [fhir.submit(asking(number)), fhir.search(f"ir-national-code|{number}"), fhir.submit(asking(number + "7"))]
    told += [fhir.send(REQUESTS, asking(number)), fhir.get(f"Coverage?beneficiary.identifier={number}")]
    assert [each.status_code for each in told] == [200, 200, 422, 201, 400]
    metrics = fhir.desk.http.get("/metrics").text
    assert 'daftar_inquiries_total{channel="fhir",outcome="not_covered"}' in metrics
    log = fhir.desk.log.read_text()
    assert '"door": "fhir"' in log
    assert number not in metrics + log + told[3].headers["location"]


def entry(resource: Resource) -> Resource:
    return {"resource": resource}


def bundle(*resources: Resource) -> Resource:
    return {"resourceType": "Bundle", "type": "batch", "entry": [entry(each) for each in resources]}


def parameters(resource: Resource) -> Resource:
    return {"resourceType": "Parameters", "parameter": [{"name": "resource", "resource": resource}]}
