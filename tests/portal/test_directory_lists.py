"""Pooling regions, offices, regions: lists that anybody reads, searches and fetches (S4.3-S4.5, S4.9, S4.26)."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from daftar.portal.directory.models import Region
from daftar.portal.directory.services import entry_save
from daftar.portal.directory.shown import filings_stop
from daftar.terms.texts import text
from tests.portal import directory_world
from tests.portal.acting import words
from tests.portal.directory_world import RECORDED, office, pooling, tomorrow


@pytest.fixture(autouse=True)
def directory(portal: str) -> None:
    directory_world.build()


def codes(name: str, /, **asked: object) -> list[str]:
    """Codes in a list."""
    return [each.row.code for each in Client().get(f"/en/directory/{name}/", asked).context["shown"]]


def test_pooling_regions_of_a_region_hold_what_lies_below_it() -> None:
    pooling("cn-110000", "北京市", "cn-110000")
    assert codes("pooling-regions") == ["cn-110000", "cn-360100", "cn-360600"]
    assert codes("pooling-regions", region="cn-360000") == ["cn-360100", "cn-360600"]
    assert codes("pooling-regions", region="cn-360681") == []
    assert codes("pooling-regions", name="yts") == ["cn-360600"]


@pytest.mark.parametrize("opened_on", [None, tomorrow()])
def test_that_all_are_open_is_said_of_the_region_that_is_listed(opened_on: date | None) -> None:
    """Where one of Beijing is not, it is not said of China, and still of the province that is asked for."""
    assert said() == said(region="cn") == ["All pooling regions are open now."]
    assert said(region="cn-360000") == ["All pooling regions of 江西省 are open now."]
    pooling("cn-110000", "北京市", "cn-110000", opened_on=opened_on)
    assert said() == said(region="cn") == said(region="cn-110000") == said(region="cn-110101") == []
    assert said(region="cn-360000") == ["All pooling regions of 江西省 are open now."]
    assert said(region="cn-360600", name="yts") == ["All pooling regions of 鹰潭市 are open now."]
    assert said(region="cn-360600", name="没有") == said(region="cn-999999") == []


@pytest.mark.parametrize("opened_on", [None, tomorrow()])
def test_what_is_closed_in_one_country_says_nothing_about_the_other(opened_on: date | None) -> None:
    pooling("ir-8", "استان تهران", "ir-8", opened_on=opened_on)
    pooling("ir-80", "استان نمونه", "ir-80")
    assert said() == ["All pooling regions of 中国 are open now."]
    assert said(region="cn") == ["All pooling regions are open now."]
    assert said(region="ir") == said(region="ir-8") == []
    assert said(region="ir-80") == ["All pooling regions of نمونه are open now."]


def said(**asked: str) -> list[str]:
    """The notes that all are open, as typing brings them as well."""
    whole = Client().get("/en/directory/pooling-regions/", asked)
    typed = Client().get("/en/directory/pooling-regions/", asked, headers={"HX-Request": "true", "HX-Target": "found"})
    note = re.compile(r"All pooling regions (?:of [\w ]+ )?are open now\.")
    assert note.findall(words(whole)) == note.findall(words(typed))
    return note.findall(words(whole))


def test_without_any_pooling_region_nothing_is_said_about_all() -> None:
    from daftar.portal.directory.models import PoolingRegion

    for entry in PoolingRegion.objects.all():
        entry.withdrawn = True
        entry_save(entry)
    assert said() == said(region="cn") == []


def test_a_pooling_region_shows_its_institutions() -> None:
    response = Client().get("/en/directory/pooling-regions/cn-360600/")
    assert [each.row.code for each in response.context["shown"]] == ["H36060099001", "H36060299001", "H36068199001"]
    assert "Search all 3 of them" in words(response)
    pooling("cn-x", "示例", "cn-990000")
    assert "No institution is designated here." in words(Client().get("/en/directory/pooling-regions/cn-x/"))


@pytest.mark.parametrize("code", ["cn-999999", "x" * 5000, "%00", "%0a", "..%2f"])
@pytest.mark.parametrize("name", ["regions", "pooling-regions"])
def test_a_code_that_nothing_has_is_said_so(name: str, code: str) -> None:
    response = Client().get(f"/en/directory/{name}/{code}/")
    assert response.status_code == 404
    if code not in ("%0a", "..%2f"):
        assert "with this code." in words(response)


@pytest.mark.parametrize("code", ["36/06", "36//06/", "file/06", "file/"])
def test_a_code_with_a_slash_is_listed_and_opened(code: str) -> None:
    entry_save(Region(code=code, name="示例区", level="city", parent="cn-360000", recorded_at=RECORDED))
    entry_save(Region(code="cn-9", name="示例县", level="county", parent=code, recorded_at=RECORDED))
    pooling(code, "示例池", code)
    for name in ("regions", "pooling-regions"):
        listed = Client().get(f"/en/directory/{name}/", {"region": code})
        assert code in [each.row.code for each in listed.context["shown"]]
        address = f"/en/directory/{name}/{code}/"
        assert f'href="{address}"' in listed.content.decode()
        assert "示例" in words(Client().get(address))
        assert Client().get(f"/en/directory/{name}/file/").streaming
    assert Client().get("/en/directory/regions/cn-9/").status_code == 200


def test_offices_by_agency_or_department() -> None:
    assert codes("offices", region="cn-360600") == ["cn-h360600"]
    assert codes("offices", name="异地就医") == codes("offices", name="ydjy") == ["cn-h360600"]
    assert codes("offices", name="zonghe") == ["cn-h360100"]
    assert codes("offices", name="cn-h3601") == ["cn-h360100"]
    assert codes("offices", name="胜利西路") == []


def test_an_office_without_a_region_is_not_lost() -> None:
    office("ir-hq", "ستاد مرکزی", "", "", "", "", "")
    assert "ir-hq" in codes("offices")
    assert codes("offices", name="مركزي") == ["ir-hq"]


def test_regions_are_found_and_opened() -> None:
    assert codes("regions", name="yuehu") == codes("regions", name="360602") == ["cn-360602"]
    assert codes("regions", name="8-12") == ["ir-8-120"]
    assert codes("regions", name="شميرانات") == ["ir-8-120"]
    assert codes("regions", region="ir-8") == ["ir-8", "ir-8-120"]
    response = Client().get("/en/directory/regions/cn-360600/")
    assert [(place.code, number) for place, number in response.context["below"]] == [("cn-360602", 1), ("cn-360681", 1)]
    assert "江西省" in words(response)
    beijing = Client().get("/en/directory/regions/cn-110000/")
    assert [place.code for place, _ in beijing.context["below"]] == ["cn-110101"]  # 市辖区 is no place
    assert "Filing to the province is enough" in words(beijing)


def test_where_filings_stop_is_told_by_the_law_of_the_day_whatever_a_source_sent() -> None:
    """S4.7, S4.8: the page of a region, its line in the file and the API say what the page of destinations says."""
    Region.objects.filter(code="cn-360000").update(files_to="cn-360000")
    Region.objects.filter(code="cn-110000").update(files_to="")
    told = {row["code"]: row["files_to"] for row in Client().get("/api/v1/regions").json()["regions"]}
    file = Client().get("/en/directory/regions/file/").getvalue().decode("utf-8-sig")
    listed = {row["code"]: row["files_to"] for row in csv.DictReader(io.StringIO(file))}
    for code, stops in (("cn-110000", True), ("cn-360000", False), ("cn-360100", False), ("ir-8", False)):
        page = words(Client().get(f"/en/directory/regions/{code}/"))
        assert ("Filing to the province is enough" in page) is stops, code
        assert (told[code] or "") == listed[code] == (code if stops else ""), code


def test_before_the_notice_filings_stopped_nowhere() -> None:
    assert filings_stop("cn-110000", datetime(2017, 12, 31, 15, 59, tzinfo=UTC)) == ""
    assert filings_stop("cn-110000", datetime(2017, 12, 31, 16, tzinfo=UTC)) == "cn-110000"  # the new year in China
    assert filings_stop("xx-1", datetime(2026, 1, 1, tzinfo=UTC)) == ""


def test_a_circle_of_parents_hangs_nothing() -> None:
    for code, parent in (("cn-1", "cn-2"), ("cn-2", "cn-1"), ("cn-3", "cn-3")):
        entry_save(Region(code=code, name="示例圈", level="city", parent=parent, recorded_at=RECORDED))
    for address in ("regions/", "regions/cn-1/", "regions/cn-3/", "institutions/?region=cn-1", "offices/?region=cn-3"):
        assert Client().get(f"/en/directory/{address}").status_code == 200


@pytest.mark.parametrize("name", ["regions", "pooling-regions", "offices"])
@pytest.mark.parametrize(
    ("asked", "status", "message"),
    [
        ({"region": "cn-9"}, 422, text("input.unknown_region", "en")),
        ({"name": "医" * 10_000}, 422, text("input.search_too_long", "en", most="100")),
        ({"name": "\x00"}, 422, text("input.forbidden_character", "en")),
        ({"page": "77"}, 404, "The list ends on page 1."),
        ({"name": "nobody"}, 200, "Nothing is found for this."),
    ],
)
def test_bad_input_has_a_clear_message(name: str, asked: dict[str, str], status: int, message: str) -> None:
    response = Client().get(f"/en/directory/{name}/", asked)
    assert response.status_code == status
    assert message in words(response)


@pytest.mark.parametrize(
    ("name", "cell"),
    [("regions", "鹰潭市"), ("pooling-regions", "310 390"), ("offices", "0701-01234567")],
)
def test_lists_are_fetched_as_files(name: str, cell: str) -> None:
    response = Client().get(f"/en/directory/{name}/file/", {"region": "cn-360600"})
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == (3 if name == "regions" else 1)
    assert cell in rows[0].values()
    assert Client().get(f"/en/directory/{name}/file/", {"region": "x"}).status_code == 422


def test_pages_speak_to_their_readers_first() -> None:
    office("ir-hq", "ستاد مرکزی", "ir-8", "", "", "", "")
    shown = Client().get("/fa/directory/offices/").context["shown"]
    assert shown[0].row.code == "ir-hq"
    assert Client().get("/fa/directory/institutions/").context["shown"][0].row.code == "IR-8-120-1"
    assert Client().get("/zh/directory/institutions/").context["shown"][0].row.code == "H11010199001"
