"""POST /eligibility-inquiries over HTTP, on SQLite and PostgreSQL (S2.7, contracts §3)."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import httpx
import pytest

from daftar.terms.tracking_codes import read_tracking_code
from tests.gate.conftest import COVERED, LAPSED, UNKNOWN, Desk
from tests.gate.installation import national_code

PATH = "/api/v1/eligibility-inquiries"


def subject(number: str = COVERED, type: str = "ir-national-code") -> dict[str, str]:
    return {"type": type, "number": number}


def field_of(response: httpx.Response) -> tuple[int, str, str]:
    assert response.headers["content-type"] == "application/problem+json"
    (error,) = response.json()["errors"]
    assert error["message"]
    return response.status_code, error["field"], error["code"]


def test_covered_with_a_tracking_code_and_nothing_about_the_person(desk: Desk) -> None:
    answer = desk.ask(COVERED)
    assert answer.status_code == 200
    told = answer.json()
    assert set(told) == {"tracking_code", "status", "service_date", "setting", "answered_at"}
    assert (told["status"], told["setting"]) == ("covered", "outpatient")
    assert read_tracking_code(told["tracking_code"]) == told["tracking_code"]
    assert told["answered_at"].endswith("Z")


def test_an_unknown_person_is_told_like_a_known_uncovered_one(desk: Desk) -> None:
    known, unknown = desk.ask(LAPSED), desk.ask(UNKNOWN)
    told = [{**each.json(), "tracking_code": "", "answered_at": ""} for each in (known, unknown)]
    assert told[0] == told[1]
    assert told[0]["status"] == "not_covered"
    assert len(known.content) == len(unknown.content)
    of_each = ("date", "x-request-id")
    assert {name: value for name, value in known.headers.items() if name not in of_each} == {
        name: value for name, value in unknown.headers.items() if name not in of_each
    }
    assert [len(each.headers["x-request-id"]) for each in (known, unknown)] == [32, 32]


def test_a_past_day_is_answered_with_the_facts_of_that_day(desk: Desk) -> None:
    assert desk.ask(LAPSED, service_date="2025-06-30").json()["status"] == "covered"
    assert desk.ask(LAPSED, service_date="2025-07-01").json()["status"] == "not_covered"
    assert desk.ask(COVERED, service_date="1950-01-01").json()["status"] == "not_covered"


def test_inpatient_names_the_payers_in_order(desk: Desk) -> None:
    told = desk.ask(COVERED, setting="inpatient").json()
    assert [payer["order"] for payer in told["payers"]] == [1, 2]
    assert {payer["insurer"] for payer in told["payers"]} == {"ir-sso", "ir-salamat"}
    assert all(payer["reason"] for payer in told["payers"])


def test_the_asker_reads_the_answer_again_and_nobody_else_does(desk: Desk, other_provider: httpx.Client) -> None:
    told = desk.ask(COVERED).json()
    path = f"{PATH}/{told['tracking_code']}"
    assert desk.http.get(path).json() == told
    for stranger in (other_provider.get(path), desk.http.get(f"{PATH}/4821773055194206"), desk.http.get(f"{PATH}/x")):
        assert stranger.status_code == 404
        assert stranger.json()["type"] == "/problems/not-found"


def test_the_hospital_records_the_payer_once(desk: Desk, other_provider: httpx.Client) -> None:
    code = desk.ask(COVERED, setting="inpatient").json()["tracking_code"]
    path = f"{PATH}/{code}/admission"
    choice = {"reference": "پرونده ۱۲", "payer": "ir-sso"}
    assert other_provider.post(path, json=choice).status_code == 404
    first = desk.post(path, choice)
    assert (first.status_code, first.json()["payer"]) == (200, "ir-sso")
    assert desk.post(path, choice).json() == first.json()
    assert desk.post(path, choice | {"payer": "ir-salamat"}).status_code == 409
    assert field_of(desk.post(path, choice | {"payer": "nobody"})) == (422, "payer", "unknown_word")
    assert field_of(desk.post(path, {"reference": " ", "payer": "ir-sso"})) == (422, "reference", "required")
    outpatient = desk.ask(COVERED).json()["tracking_code"]
    assert desk.post(f"{PATH}/{outpatient}/admission", choice).status_code == 422


def test_a_batch_answers_in_order_and_one_bad_item_is_its_own_problem(desk: Desk) -> None:
    wrong = {"subject": subject(COVERED[:9] + str((int(COVERED[9]) + 1) % 10))}
    items = [{"subject": subject()}, wrong, {"subject": subject(UNKNOWN)}, {"subject": 7}, {"subject": subject()}]
    answers = desk.post(f"{PATH}/batch", {"inquiries": items}).json()["answers"]
    assert [answer.get("status") for answer in answers] == ["covered", 422, "not_covered", 422, "covered"]
    assert answers[1]["errors"][0]["field"] == "subject.number"
    assert answers[3]["errors"][0]["code"] == "wrong_type"
    assert len({answers[place]["tracking_code"] for place in (0, 2, 4)}) == 3


def counted(desk: Desk) -> float:
    """Inquiries by API that /metrics has counted."""
    lines = desk.http.get("/metrics").text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith('daftar_inquiries_total{channel="api"'))


def test_a_batch_of_a_thousand_and_not_one_more(desk: Desk) -> None:
    items = [{"subject": subject()}] * 1001
    before = counted(desk)
    assert len(desk.post(f"{PATH}/batch", {"inquiries": items[:1000]}).json()["answers"]) == 1000
    assert counted(desk) == before + 1000
    assert field_of(desk.post(f"{PATH}/batch", {"inquiries": items})) == (422, "inquiries", "too_many")
    assert desk.post(f"{PATH}/batch", {"inquiries": []}).json() == {"answers": []}


def test_idempotency_key_gets_the_first_answer(desk: Desk) -> None:
    body = {"subject": subject()}
    first = desk.post(PATH, body, **{"Idempotency-Key": "visit-7"})
    again = desk.post(PATH, body, **{"Idempotency-Key": "visit-7"})
    assert again.json() == first.json()
    other = desk.post(PATH, {"subject": subject(UNKNOWN)}, **{"Idempotency-Key": "visit-7"})
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-mismatch")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"subject": subject("")}, (422, "subject.number", "required")),
        ({"subject": subject("0000010012345")}, (422, "subject.number", "wrong_length")),
        ({"subject": subject("00000100\x0019")}, (422, "subject.number", "forbidden_character")),
        ({"subject": subject("\u202e" + COVERED)}, (422, "subject.number", "forbidden_character")),
        ({"subject": subject(COVERED, "cn-resident-id")}, (422, "subject.number", "wrong_length")),
        ({"subject": subject(COVERED, "passport")}, (422, "subject.type", "unknown_word")),
        ({"subject": {"number": COVERED}}, (422, "subject.type", "required")),
        ({"subject": subject() | {"name": "x"}}, (422, "subject.name", "unknown_field")),
        ({"subject": "x"}, (422, "subject", "wrong_type")),
        ({"service_date": 7}, (422, "service_date", "wrong_type")),
        ({"service_date": "20261121"}, (422, "service_date", "not_an_iso_day")),
        ({"service_date": "2026-02-30"}, (422, "service_date", "not_an_iso_day")),
        ({"service_date": "20261121\0\0"}, (422, "service_date", "not_an_iso_day")),
        ({"service_date": "1949-12-31"}, (422, "service_date", "service_day_out_of_range")),
        ({"service_date": str(date.today() + timedelta(days=400))}, (422, "service_date", "service_day_out_of_range")),
        ({"setting": "dental"}, (422, "setting", "unknown_word")),
        ({"color": "red"}, (422, "color", "unknown_field")),
    ],
)
def test_bad_input_names_the_field(desk: Desk, change: dict[str, object], found: tuple[int, str, str]) -> None:
    assert field_of(desk.post(PATH, {"subject": subject()} | change)) == found


def test_problems_are_told_in_the_readers_language(desk: Desk) -> None:
    messages = {}
    for language in ("fa", "zh", "en"):
        answer = desk.post(PATH, {"subject": subject("1")}, **{"Accept-Language": language})
        messages[language] = answer.json()["errors"][0]["message"]
    assert messages["fa"] == "تعداد رقم‌ها درست نیست."
    assert messages["zh"] == "位数不对。"
    assert messages["en"] == "The number of digits is wrong."


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_a_day_is_advised_as_it_is_taken(desk: Desk, language: str) -> None:
    """Pages take 1405/08/30 too; machines write days in one way."""
    sent = {"subject": subject(), "service_date": "1405/08/30"}
    [error] = desk.post(PATH, sent, **{"Accept-Language": language}).json()["errors"]
    advised = re.findall(r"[0-9۰-۹]+[-/][0-9۰-۹]+[-/][0-9۰-۹]+", error["message"])
    assert len(advised) == 1
    answers = [desk.post(PATH, {"subject": subject(), "service_date": day}) for day in advised]
    assert [answer.status_code for answer in answers] == [200]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"subject":' + b"[" * 100_000, b'"x"', b"null", b"[]"])
def test_malformed_json_is_a_problem_and_never_a_500(desk: Desk, body: bytes) -> None:
    response = desk.http.post(PATH, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.json()["title"]


def test_ten_megabytes_are_too_much(desk: Desk) -> None:
    response = desk.http.post(PATH, content=b" " * 10_000_000, headers={"Content-Type": "application/json"})
    assert response.status_code == 413


def test_another_media_type_is_refused(desk: Desk) -> None:
    body = json.dumps({"subject": subject()}).encode()
    assert desk.http.post(PATH, content=body, headers={"Content-Type": "text/plain"}).status_code == 415


def test_other_methods_and_paths(desk: Desk) -> None:
    assert desk.http.get(PATH).status_code == 405
    assert desk.http.delete(f"{PATH}/4821773055194206").status_code == 405
    assert desk.http.get("/api/v1/eligibility-inquiries/1/2/3").status_code == 404


def test_a_hundred_at_once_are_each_answered(desk: Desk) -> None:
    import asyncio

    async def all_at_once() -> list[str]:
        limits = httpx.Limits(max_connections=100)
        headers = dict(desk.http.headers)
        async with httpx.AsyncClient(base_url=desk.server.base, headers=headers, limits=limits, timeout=60) as http:
            sent = [http.post(PATH, json={"subject": subject(LAPSED if n % 3 else COVERED)}) for n in range(300)]
            return [response.json() for response in await asyncio.gather(*sent)]

    told = asyncio.run(all_at_once())
    assert [each["status"] for each in told] == ["not_covered" if n % 3 else "covered" for n in range(300)]
    assert len({each["tracking_code"] for each in told}) == 300


def test_a_batch_under_an_idempotency_key_is_answered_once(desk: Desk) -> None:
    items = [{"subject": subject()}, {"subject": subject("1")}, {"subject": subject(LAPSED)}]
    first, again = (
        desk.post(f"{PATH}/batch", {"inquiries": items}, **{"Idempotency-Key": "batch-1"}).json()["answers"]
        for _ in range(2)
    )
    assert again == first
    changed = [items[0], items[0], {"subject": subject(UNKNOWN)}]
    other = desk.post(f"{PATH}/batch", {"inquiries": changed}, **{"Idempotency-Key": "batch-1"}).json()["answers"]
    assert other[0] == first[0]
    assert other[1]["status"] == "covered"  # a problem is not kept: its place was free
    assert other[2]["type"] == "/problems/idempotency-mismatch"


def test_a_row_that_cannot_be_read_fails_alone(desk: Desk) -> None:
    strange = national_code(777)
    key = desk.registry.person(strange)
    desk.registry.span(key, date(2020, 1, 1), None)
    desk.registry.write(("UPDATE coverage SET reason = 'of_a_later_version' WHERE key = ?", [key]))
    with ThreadPoolExecutor(12) as threads:
        numbers = [strange if place == 5 else COVERED for place in range(24)]
        told = list(threads.map(lambda number: desk.ask(number).status_code, numbers))
    assert told == [503 if place == 5 else 200 for place in range(24)]
    assert desk.ask(COVERED).status_code == 200
