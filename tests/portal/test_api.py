"""GET /api/v1/regions, /pooling-regions, /institutions, /offices: lists for machines, open to all (contracts §3)."""

import json

import httpx
import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from daftar.gate.app import PREFIXES
from daftar.gate.openapi import document
from daftar.gate.openapi_lists import list_paths
from daftar.portal.api.listings import EVERYWHERE, LISTINGS
from daftar.portal.directory.models import Institution
from daftar.portal.directory.services import entry_save
from daftar.terms.texts import text
from tests.portal import entries

pytestmark = pytest.mark.usefixtures("directory")

API = "/api/v1"
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
OURS = set(list_paths(lambda status: {"description": ""}))
SCHEMA = schemathesis.openapi.from_dict(document()).include(path=sorted(OURS))


@pytest.fixture
def directory(portal: str) -> None:
    """The small directory."""
    entries.build()


def get(name: str, **query: str) -> dict:
    """A page."""
    response = Client().get(f"{API}/{name}", query)
    assert response.status_code == 200, response.content
    return response.json()


def codes(name: str, **query: str) -> list[str]:
    """Codes of a page."""
    return [each["code"] for each in get(name, **query)[name.replace("-", "_")]]


def refused(name: str, status: int, language: str = "en", **query: str) -> dict:
    """The problem that a query is told."""
    response = Client().get(f"{API}/{name}", query, headers={"accept-language": language})
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Content-Language"] == language
    return response.json()


def test_an_entry_of_each_list() -> None:
    assert get("regions", code=entries.COUNTY)["regions"] == [
        {"code": entries.COUNTY, "name": "余江区", "level": "county", "parent": entries.CITY, "files_to": None}
    ]
    assert get("pooling-regions") == {
        "pooling_regions": [
            {
                "code": "360600",
                "name": "鹰潭市",
                "region": entries.CITY,
                "opened_on": None,
                "insurance_types": ["310", "390"],
            }
        ],
        "next": None,
    }
    (hospital,) = get("institutions", code=entries.HOSPITAL)["institutions"]
    assert (hospital["class"], hospital["opened_on"], hospital["cross_region"]) == ("A100", "2020-01-01", True)
    (office,) = get("offices", region=entries.CITY)["offices"]
    assert (office["code"], office["phone"], office["postcode"]) == (entries.AGENCY, "0701-0000001", None)


def test_a_region_includes_everything_below_it() -> None:
    assert codes("regions", region=entries.PROVINCE) == [entries.PROVINCE, entries.CITY, entries.COUNTY]
    assert codes("institutions", region=entries.PROVINCE) == [entries.CLINIC, entries.HOSPITAL]
    assert codes("institutions", region=entries.COUNTY) == [entries.HOSPITAL]
    assert codes("institutions", region="cn") == [entries.FAR, entries.CLINIC, entries.HOSPITAL]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("余江", [entries.HOSPITAL]),
        ("yujiang", [entries.HOSPITAL]),
        ("yjqrm", [entries.HOSPITAL]),
        ("医院", [entries.FAR, entries.CLINIC, entries.HOSPITAL]),
        ("h3606", [entries.CLINIC, entries.HOSPITAL]),
        ("nothing", []),
        ("%_*", []),
    ],
)
def test_institutions_by_the_beginning_of_a_name_its_sound_or_a_code(typed: str, found: list[str]) -> None:
    assert codes("institutions", q=typed) == found


def test_other_filters_and_all_together() -> None:
    assert codes("regions", level="province") == [entries.ELSEWHERE, entries.PROVINCE]
    assert codes("regions", q="yingtan", region="cn", level="city") == [entries.CITY]
    assert codes("offices", kind="handling", q="鹰潭") == [entries.AGENCY]
    assert codes("offices", kind="branch") == ["ir-1"]
    assert codes("institutions", cross_region="false") == []
    assert len(codes("institutions", **{"class": "A100", "level": "三级甲等"})) == 3


def test_pages_follow_each_other_whatever_comes_or_goes_between() -> None:
    first = get("institutions", limit="2")
    Institution.objects.filter(code=entries.CLINIC).update(withdrawn=True)
    entry_save(fresh("H00000000000"))
    entry_save(fresh("H99999999999"))
    second = get("institutions", limit="2", cursor=first["next"])
    told = [each["code"] for each in first["institutions"] + second["institutions"]]
    assert told == [entries.FAR, entries.CLINIC, entries.HOSPITAL, "H99999999999"]
    assert second["next"] is None


def fresh(code: str) -> Institution:
    """An institution that comes between two pages."""
    made = entries.institution(code, "新医院", entries.CITY)
    made.recorded_at = entries.world.long_ago()
    return made


@pytest.mark.parametrize("language", ["fa", "zh", "en"])
def test_a_cursor_that_is_none_of_this_list_is_refused_in_the_readers_language(language: str) -> None:
    cursor = get("institutions", limit="1")["next"]
    for query in (
        {"cursor": "x"},
        {"cursor": "AAAAAAAAAAAAAAAA"},
        {"cursor": "%00\n"},
        {"cursor": "é" * 5000},
        {"cursor": cursor + "="},
        {"cursor": cursor, "region": "cn"},
    ):
        told = refused("institutions", 400, language, **query)
        assert told["type"] == "/problems/invalid-cursor"
        assert told["title"] == text("problem.invalid-cursor", language)
    assert refused("offices", 400, language, cursor=cursor)["status"] == 400


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"region": "cn-999999"}, "region", "unknown_region"),
        ({"region": "9" * 5000}, "region", "too_long"),
        ({"level": "planet"}, "level", "unknown_word"),
        ({"q": "x" * 10_000}, "q", "too_long"),
        ({"q": "a\x00b"}, "q", "forbidden_character"),
        ({"limit": "0"}, "limit", "number_out_of_range"),
        ({"limit": "-1"}, "limit", "number_out_of_range"),
        ({"limit": "9" * 400}, "limit", "number_out_of_range"),
        ({"limit": "²"}, "limit", "number_out_of_range"),
        ({"colour": "red"}, "colour", "unknown_field"),
        ({"q": ["a", "b"]}, "q", "given_twice"),
    ],
)
def test_what_cannot_be_read_is_named(query: dict[str, str], field: str, code: str) -> None:
    told = refused("regions", 422, "zh", **query)
    assert told["type"] == "/problems/invalid-input"
    assert [(each["field"], each["code"]) for each in told["errors"]] == [(field, code)]
    assert told["errors"][0]["message"]


def test_an_unchanged_page_is_not_sent_again_and_a_mended_one_is() -> None:
    client = Client()
    response = client.get(f"{API}/institutions")
    etag = response.headers["ETag"]
    assert response.headers["Cache-Control"] == "public, max-age=60"
    for asked in (etag, f'"other", W/{etag}', "*"):
        again = client.get(f"{API}/institutions", headers={"if-none-match": asked})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    hospital = Institution.objects.get(code=entries.HOSPITAL)
    hospital.phone = "0701-0000009"
    entry_save(hospital)
    changed = client.get(f"{API}/institutions", headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_head_and_other_methods() -> None:
    client = Client()
    got, head = client.get(f"{API}/regions"), client.head(f"{API}/regions")
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head.headers[name] for name in ("ETag", "Content-Length")} == {
        name: got.headers[name] for name in ("ETag", "Content-Length")
    }
    for method in ("post", "put", "delete", "patch", "options"):
        response = getattr(Client(enforce_csrf_checks=True), method)(f"{API}/regions")
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD"
        assert json.loads(response.content)["type"] == "/problems/method-not-allowed"


@pytest.mark.parametrize("address", ["nowhere", "regions/", "", "institutions/H36060300001"])
def test_what_is_not_there_is_a_problem_too(address: str) -> None:
    response = Client().get(f"{API}/{address}")
    assert response.status_code == 404
    assert response.json()["type"] == "/problems/not-found"


def test_withdrawn_entries_are_not_told() -> None:
    hospital = Institution.objects.get(code=entries.HOSPITAL)
    hospital.withdrawn = True
    entry_save(hospital)
    assert entries.HOSPITAL not in codes("institutions")
    assert codes("institutions", q="余江") == []


def test_a_database_that_is_away_is_503_with_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def fail(*args: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr("daftar.portal.api.views.entries_after", fail)
    response = Client().get(f"{API}/regions", headers={"accept-language": "fa"})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert response.headers["Cache-Control"] == "no-store"
    assert "۱۴۲۰" in response.json()["title"] or "1420" in response.json()["title"]


def test_no_log_in_and_no_cookie() -> None:
    assert not Client().get(f"{API}/regions").cookies


def test_the_one_document_describes_what_is_served() -> None:
    assert {f"{API}/{name}" for name in LISTINGS} == OURS
    assert not any(path.startswith(PREFIXES) for path in OURS), "the gate would take them"
    paths = document()["paths"]
    for name, listing in LISTINGS.items():
        parameters = paths[f"{API}/{name}"]["get"]["parameters"]
        told = {each["name"] for each in parameters if each["in"] == "query"}
        assert told == {*EVERYWHERE, *listing.filters, "limit", "cursor"}


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
@SCHEMA.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_made_up_requests_are_answered_as_documented(case: schemathesis.Case, site: str) -> None:
    case.validate_response(case.call(base_url=site), checks=CHECKS)


def test_behind_the_server_head_has_the_length_and_no_body(site: str) -> None:
    with httpx.Client(base_url=site) as client:
        got, head = client.get(f"{API}/institutions"), client.head(f"{API}/institutions")
    assert head.content == b""
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.content))
