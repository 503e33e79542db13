"""One tester's journey leaves no identifier, name or mobile in any log line, URL or metric (issue 2, design §4)."""

import json
from uuid import uuid4

import httpx

from tests.gate.conftest import COVERED, LAPSED, UNKNOWN, Desk

MOBILE = "09120000001"
SPELLINGS = [COVERED, LAPSED, UNKNOWN, MOBILE, MOBILE[1:], "+98" + MOBILE[1:]]


def journey(desk: Desk) -> list[httpx.Response]:
    """Everything a provider and an insured do in a day, with mistakes."""
    subject = {"type": "ir-national-code", "number": COVERED}
    answers = [desk.ask(number) for number in (COVERED, LAPSED, UNKNOWN)]
    answers += [desk.ask(COVERED + "9"), desk.ask(COVERED, setting="x"), desk.ask(COVERED, setting="inpatient")]
    answers.append(desk.post("/api/v1/eligibility-inquiries/batch", {"inquiries": [{"subject": subject}] * 3}))
    answers.append(desk.http.get(f"/api/v1/eligibility-inquiries/{answers[0].json()['tracking_code']}"))
    answers.append(desk.post("/api/v1/own-entitlement/start", {"subject": subject, "mobile": MOBILE}))
    answers.append(desk.post("/api/v1/own-entitlement/start", {"subject": subject, "mobile": "09129999999"}))
    answers.append(desk.post("/api/v1/own-entitlement/confirm", {"challenge": "x", "code": COVERED}))
    answers.append(desk.http.get(f"/api/v1/eligibility-inquiries/{COVERED}"))
    return answers


def test_nothing_personal_in_logs_urls_or_metrics(desk: Desk) -> None:
    answers = journey(desk)
    assert all(answer.status_code < 500 for answer in answers)
    metrics = desk.http.get("/metrics").text
    assert 'daftar_inquiries_total{channel="api",outcome="covered"}' in metrics
    log = desk.log.read_text()
    redirects = " ".join(answer.headers.get("location", "") for answer in answers)
    for told in (metrics, log, redirects):
        assert not [spelling for spelling in SPELLINGS if spelling in told]


def test_a_request_is_found_in_the_log_by_its_id(desk: Desk) -> None:
    ours, personal = uuid4().hex, COVERED.rjust(64, "0")
    first = desk.http.get("/api/v1/openapi.json", headers={"X-Request-Id": ours})
    assert first.headers["x-request-id"] == ours
    second = desk.http.get("/api/v1/openapi.json", headers={"X-Request-Id": personal})  # no id of a proxy of ours
    assert second.headers["x-request-id"] not in (ours, personal)
    lines = [json.loads(line) for line in desk.log.read_text().splitlines() if '"request"' in line]
    found = {line["request_id"]: line for line in lines}
    for answer in (first, second):
        line = found[answer.headers["x-request-id"]]
        assert (line["door"], line["route"], line["status"]) == ("api", "get_openapi", 200)


def test_health_metrics_and_lag(desk: Desk) -> None:
    assert desk.http.get("/healthz").json() == {"status": "alive"}
    assert desk.http.get("/readyz").json() == {"status": "ready"}
    desk.registry.write(
        (
            'INSERT INTO feed_office (office, "table", newest_fact, last_contact)'
            " VALUES ('ir-7', 'persons', '2026-11-01 00:00:00+00:00', '2026-11-01 00:00:00+00:00')",
            [],
        )
    )
    metrics = desk.http.get("/metrics").text
    assert 'daftar_feed_lag_seconds{office="ir-7",table="persons"}' in metrics
    for name in (
        "daftar_inquiry_seconds_bucket",
        "daftar_batch_size_bucket",
        "daftar_refused_total",
        "daftar_request_seconds_bucket",
    ):
        assert name in metrics
