"""What a pooling region holds: its own region, without what pools a fund of its own (S4.4, S4.5)."""

import csv
import io
from urllib.parse import urlencode

import pytest
from django.test import Client

from daftar.terms.texts import text
from tests.portal import directory_world
from tests.portal.acting import words
from tests.portal.directory_world import institution, pooling

INSTITUTIONS = "/en/directory/institutions/"
PROVINCIAL, CAPITAL, CITY, COUNTY = "H36000099001", "H36010299001", "H36060099001", "H36068199001"
EVERYBODY = [PROVINCIAL, CAPITAL, CITY, "H36060299001", COUNTY]


@pytest.fixture(autouse=True)
def directory(portal: str) -> None:
    directory_world.build()
    institution(PROVINCIAL, "江西示例省立医院", "cn-360000", level="三级甲等", address="示例大道1号")
    pooling("cn-360000", "江西省本级", "cn-360000")
    pooling("cn-110000", "北京市", "cn-110000")


def shown(code: str) -> tuple[list[str], str]:
    """Codes on the page of a pooling region, and the address where all of them are searched."""
    response = Client().get(f"/en/directory/pooling-regions/{code}/")
    return [each.row.code for each in response.context["shown"]], f"{INSTITUTIONS}{response.context['query']}"


def searched(address: str) -> list[str]:
    """Codes that a search finds."""
    return [each.row.code for each in Client().get(address).context["shown"]]


def machines(**asked: str) -> list[str]:
    """Codes that the API tells."""
    told = Client().get("/api/v1/institutions", {"cross_region": "true"} | asked).json()
    return [each["code"] for each in told["institutions"]]


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("cn-360000", [PROVINCIAL]),
        ("cn-360600", [CITY, "H36060299001", COUNTY]),
        ("cn-360100", [CAPITAL]),
        ("cn-110000", ["H11010199001"]),
    ],
)
def test_page_search_file_and_machines_agree(code: str, codes: list[str]) -> None:
    """省本级 is its own level alone; where the province pools for all of it, it is all of it."""
    on_page, address = shown(code)
    assert on_page == searched(address) == sorted(machines(pooling_region=code)) == codes
    assert f"Search all {len(codes)} of them" in words(Client().get(f"/en/directory/pooling-regions/{code}/"))
    file = b"".join(Client().get(f"{INSTITUTIONS}file/?pooling={code}")).decode("utf-8-sig")
    assert [row["code"] for row in csv.DictReader(io.StringIO(file))] == codes


def test_a_county_that_pools_for_itself_is_left_out_of_its_city() -> None:
    pooling("cn-360681", "贵溪市", "cn-360681", opened_on=None)
    assert shown("cn-360600")[0] == [CITY, "H36060299001"]
    assert shown("cn-360681")[0] == machines(pooling_region="cn-360681") == [COUNTY]


def test_two_pooling_regions_of_one_region_hold_the_same() -> None:
    pooling("cn-360600x", "鹰潭市居民", "cn-360600")
    assert shown("cn-360600x")[0] == shown("cn-360600")[0] == [CITY, "H36060299001", COUNTY]


def test_a_pooling_region_that_is_withdrawn_takes_nothing_away() -> None:
    from daftar.portal.directory.models import PoolingRegion
    from daftar.portal.directory.services import entry_save

    for code in ("cn-360100", "cn-360600"):
        entry = PoolingRegion.objects.get(code=code)
        entry.withdrawn = True
        entry_save(entry)
    assert shown("cn-360000")[0] == EVERYBODY


@pytest.mark.parametrize("few", [0, 300])
@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"name": "示例"}, [PROVINCIAL]),
        ({"name": "人民"}, []),
        ({"address": "示例大道"}, [PROVINCIAL]),
        ({"level": "三级甲等"}, [PROVINCIAL]),
        ({"region": "cn-360600"}, []),
        ({"region": "cn-360000", "code": "H36"}, [PROVINCIAL]),
    ],
)
def test_a_search_within_a_pooling_region_stays_in_it(
    asked: dict[str, str], codes: list[str], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daftar.portal.directory.institutions.FEW", few)
    assert searched(f"{shown('cn-360000')[1]}&{urlencode(asked)}") == codes


def test_the_search_says_where_it_is_and_takes_it_along() -> None:
    page = Client().get(INSTITUTIONS, {"pooling": "cn-360000"})
    assert "Only institutions of the pooling region 江西省本级 are searched. Search everywhere" in words(page)
    assert '<input type="hidden" name="pooling" value="cn-360000">' in page.content.decode()
    assert 'name="pooling"' not in Client().get(INSTITUTIONS).content.decode()


@pytest.mark.parametrize("code", ["cn-999999", "x" * 300, "\x00", "' OR 1=1"])
def test_a_pooling_region_that_is_not_there_is_said_so(code: str) -> None:
    page = Client().get(INSTITUTIONS, {"pooling": code})
    assert page.status_code == 422
    assert list(page.context["shown"]) == []
    told = Client().get("/api/v1/institutions", {"pooling_region": code})
    assert told.status_code == 422
    if code == "cn-999999":
        assert text("input.unknown_pooling_region", "en") in words(page)
        assert told.json()["errors"][0]["code"] == "unknown_pooling_region"
