"""Designated institutions: asked by the six fields, found as one types, page by page, as a file (S4.5, S4.6)."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.test import Client

from daftar.feeds.directory_index import note_change
from daftar.portal.directory.models import Institution
from daftar.portal.directory.services import entry_save
from daftar.portal.journal.services import raw_connection
from daftar.terms.texts import text
from tests.portal import directory_world
from tests.portal.acting import words
from tests.portal.directory_world import institution, many, tomorrow

ADDRESS = "/en/directory/institutions/"


@pytest.fixture(autouse=True)
def directory(portal: str) -> None:
    directory_world.build()


def found(**asked: object) -> list[str]:
    """Codes on the page that a search brings."""
    response = Client().get(ADDRESS, asked)
    assert response.status_code == 200
    return [each.row.code for each in response.context["shown"]]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("示例人民", ["H36060099001"]),
        ("人民医院", ["H36060099001"]),
        ("renmin", ["H36060099001"]),
        ("Ren Min", ["H36060099001"]),
        ("rmyy", ["H36060099001"]),
        ("ytssl", ["H36060099001"]),
        ("xiehe", ["H11010199001"]),
        ("h36060", ["H36060099001", "H36060299001"]),
        ("ｈ３６０６００", ["H36060099001"]),
        ("نمونه شميران", ["IR-8-120-1"]),
        ("نمونه كيان", ["IR-80-1"]),
        ("شمیران", ["IR-8-120-1"]),
        ("ir-8-1", ["IR-8-120-1"]),
        ("میران", []),
        ("enmin", []),
        ("人院", []),
        ("' OR 1=1 --", []),
        ("100%", []),
        ("_", []),
    ],
)
def test_a_name_is_found_by_what_people_type(typed: str, codes: list[str]) -> None:
    response = Client().get(ADDRESS, {"name": typed})
    assert [each.row.code for each in response.context["shown"]] == codes
    assert response.status_code == (422 if typed == "_" else 200)


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"region": "cn-360000"}, ["H36010299001", "H36060099001", "H36060299001", "H36068199001"]),
        ({"region": "cn-360600"}, ["H36060099001", "H36060299001", "H36068199001"]),
        ({"region": "cn-360602"}, ["H36060299001"]),
        ({"region": "cn-110100"}, ["H11010199001"]),
        ({"region": "cn-360100", "level": "三级甲等"}, ["H36010299001"]),
        ({"region": "ir-8"}, ["IR-8-120-1"]),
        ({"region": "ir"}, ["IR-8-120-1", "IR-80-1"]),
        ({"level": "三级甲等"}, ["H11010199001", "H36010299001"]),
        ({"institution_class": "中医医院"}, ["H36060299001"]),
        ({"address": "示例路"}, ["H11010199001", "H36010299001"]),
        ({"address": "خيابان نمونه"}, ["IR-8-120-1"]),
        ({"code": "h3606"}, ["H36060099001", "H36060299001", "H36068199001"]),
        ({"code": "360600"}, []),
        ({"name": "yiyuan", "code": "H36060"}, ["H36060099001", "H36060299001"]),
        ({"name": "shili", "region": "cn-360600", "level": "二级甲等"}, ["H36060299001"]),
        ({"name": "示例", "address": "示例路", "region": "cn-110000"}, ["H11010199001"]),
    ],
)
def test_the_six_fields_narrow_together(asked: dict[str, str], codes: list[str]) -> None:
    assert found(**asked) == codes


def test_without_a_choice_the_whole_country_stands_in_the_order_of_regions() -> None:
    assert found() == [code for code, *_ in directory_world.INSTITUTIONS]


def test_a_region_without_institutions_has_none() -> None:
    Institution.objects.filter(code="IR-80-1").delete()
    note_change_now()
    assert found(region="ir-80") == []
    assert found(region="ir-80", name="نمونه") == []


def note_change_now() -> None:
    """As every writer of the directory does."""
    with transaction.atomic():
        note_change(raw_connection())


def test_regions_are_told_with_their_path_in_their_own_language() -> None:
    response = Client().get(ADDRESS, {"region": "cn-360602"})
    assert "江西省 › 鹰潭市 › 月湖区" in words(response)
    assert '<tr lang="zh-Hans">' in response.content.decode()
    assert "北京市 › 东城区" in words(Client().get(ADDRESS, {"region": "cn-110000"}))  # 市辖区 is no place


def test_only_what_is_designated_on_the_day_is_listed() -> None:
    institution("H1", "示例甲", "cn-360681", cross_region=False)
    institution("H2", "示例乙", "cn-360681", closed_on=date(2020, 1, 1))
    institution("H3", "示例丙", "cn-360681", opened_on=tomorrow())
    institution("H4", "示例丁", "cn-360681", closed_on=tomorrow(), opened_on=date(2020, 1, 1))
    institution("H5", "示例戊", "cn-360681", withdrawn=True)
    assert found(region="cn-360681") == ["H36068199001", "H4"]
    assert found(name="示例", region="cn-360681") == ["H36068199001", "H4"]


def test_an_institution_in_a_region_that_is_not_known_is_not_lost() -> None:
    institution("H9", "示例孤院", "cn-990000")
    assert found()[-1] == "H9"
    assert found(name="guyuan") == ["H9"]
    assert "cn-990000" in words(Client().get(ADDRESS, {"name": "guyuan"}))


def test_what_staff_mend_is_found_at_once_under_its_new_name_alone() -> None:
    assert found(name="renmin") == ["H36060099001"]
    entry = Institution.objects.get(code="H36060099001")
    entry.name, entry.region = "鹰潭市示例第二医院", "cn-360681"
    entry_save(entry)
    assert found(name="renmin") == []
    assert found(name="dier") == ["H36060099001"]
    assert found(region="cn-360681") == ["H36060099001", "H36068199001"]


def test_pages_are_cut_where_the_last_ended() -> None:
    many(60)
    listed = [found(region="cn-360600", page=number) for number in (1, 2, 3)]
    assert [len(each) for each in listed] == [25, 25, 13]
    codes = [code for each in listed for code in each]
    assert codes == [
        "H36060099001",
        *sorted([f"H360602{turn:05}" for turn in range(60)] + ["H36060299001"]),
        "H36068199001",
    ]
    searched = [code for number in (1, 2, 3) for code in found(name="zhensuo", page=number)]
    assert sorted(searched) == sorted(f"H360602{turn:05}" for turn in range(60))
    assert set(searched) == set(found(name="zhensuo", region="cn-360602", page=1)) | set(
        found(name="zhensuo", region="cn-360602", page=2) + found(name="zhensuo", region="cn-360602", page=3)
    )


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "1.5", "９x"])
def test_what_is_no_page_number_is_the_first_page(page: str) -> None:
    response = Client().get(ADDRESS, {"page": page})
    assert response.status_code == 200
    assert len(response.context["shown"]) == len(directory_world.INSTITUTIONS)


@pytest.mark.parametrize("page", ["2", "۲", "999999999", "9" * 5000])
@pytest.mark.parametrize("asked", [{}, {"name": "shili"}, {"region": "cn-360602"}])
def test_a_page_beyond_the_end_says_so_and_leads_to_the_last(page: str, asked: dict[str, str]) -> None:
    response = Client().get(ADDRESS, {**asked, "page": page})
    assert response.status_code == 404
    assert "The list ends on page 1." in words(response)
    last = f"?{'&amp;'.join(f'{name}={value}' for name, value in (asked | {'page': '1'}).items())}"
    assert f'href="{last}"' in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"region": "cn-999999"}, text("input.unknown_region", "en")),
        ({"region": "x" * 10_000}, text("input.unknown_region", "en")),
        ({"region": "\x00"}, text("input.unknown_region", "en")),
        ({"name": "医" * 10_000}, text("input.search_too_long", "en", most="100")),
        ({"name": "%_!"}, text("input.no_letters", "en")),
        ({"name": "a\x00b"}, text("input.forbidden_character", "en")),
        ({"name": "\u202eabc"}, text("input.forbidden_character", "en")),
        ({"code": "H" * 33}, text("input.search_too_long", "en", most="32")),
        ({"address": "路" * 101}, text("input.search_too_long", "en", most="100")),
        ({"level": "十级"}, text("input.not_in_region", "en")),
        ({"institution_class": "\ud800"}, text("input.not_in_region", "en")),
    ],
)
def test_a_search_that_cannot_be_understood_says_why(asked: dict[str, str], message: str) -> None:
    asked = {name: value.encode("utf-8", "replace").decode() for name, value in asked.items()}
    response = Client().get(ADDRESS, asked)
    assert response.status_code == 422
    assert message in words(response)
    assert response.context["shown"] == []


def test_addresses_of_a_large_directory_are_searched_within_a_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daftar.portal.directory.views.PLENTY", 5)
    assert text("input.region_with_address", "en") in words(Client().get(ADDRESS, {"address": "示例路"}))
    assert found(address="示例路", region="cn-360000") == ["H36010299001"]


def test_as_one_types_only_what_is_found_is_sent() -> None:
    headers = {"HX-Request": "true", "HX-Target": "found"}
    response = Client().get(ADDRESS, {"name": "xiehe", "region": ""}, headers=headers)
    content = response.content.decode()
    assert "<html" not in content
    assert "H11010199001" in content
    assert response.headers["HX-Replace-Url"] == f"{ADDRESS}?name=xiehe"
    wrong = Client().get(ADDRESS, {"name": "医" * 101}, headers=headers)
    assert wrong.status_code == 200  # so that htmx shows it
    assert text("input.search_too_long", "en", most="100") in words(wrong)


def test_more_than_are_shown_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daftar.portal.directory.institutions.MOST_FOUND", 30)
    many(40)
    response = Client().get(ADDRESS, {"name": "zhensuo"})
    assert "More than 30 found" in words(response)
    assert len(found(name="zhensuo", page=2)) == 5


def sheet(**asked: str) -> list[dict[str, str]]:
    """Rows of the file."""
    response = Client().get(f"{ADDRESS}file/", asked)
    assert response.streaming
    content = b"".join(response.streaming_content)
    assert content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_list_as_a_file_has_everything_that_was_asked_for() -> None:
    many(600)
    rows = sheet(region="cn-360600")
    assert len(rows) == 603
    assert [each["code"] for each in sheet(name="rmyy")] == ["H36060099001"]
    assert rows[0] == {
        "code": "H36060099001",
        "name": "鹰潭市示例人民医院",
        "region": "cn-360600",
        "region_path": "江西省 › 鹰潭市",
        "level": "三级乙等",
        "class": "综合医院",
        "address": "胜利东路示例3号",
        "phone": "",
    }


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_run_by_a_spreadsheet(beginning: str) -> None:
    institution("H7", f"{beginning}cmd|示例", "cn-360681", phone=f"{beginning}1+2")
    (row,) = (each for each in sheet(region="cn-360681") if each["code"] == "H7")
    assert row["name"] == f"'{beginning}cmd|示例"
    assert row["phone"] == f"'{beginning}1+2"


def test_a_telephone_number_is_written_as_it_is() -> None:
    institution("H7", "示例", "cn-360681", phone="+8679112345678")
    (row,) = (each for each in sheet(region="cn-360681") if each["code"] == "H7")
    assert row["phone"] == "+8679112345678"


def test_a_file_of_a_search_that_cannot_be_understood_is_the_page_with_its_message() -> None:
    response = Client().get(f"{ADDRESS}file/", {"region": "cn-999999"})
    assert response.status_code == 422
    assert text("input.unknown_region", "en") in words(response)


def test_how_many_there_are_in_each_province_as_a_chart_with_its_table() -> None:
    institution("H9", "示例孤院", "cn-990000")
    content = Client().get(f"{ADDRESS}by-province/").content.decode()
    assert content.count('class="bars-rows"') == 2
    response = words(Client().get(f"{ADDRESS}by-province/"))
    assert "8 institutions settle directly" in response
    assert response.count("江西省 4") == 2  # in the chart and in the table
    assert "In no province that is known: 1" in response


def test_everything_is_open_to_everybody_in_three_languages() -> None:
    for language in ("fa", "zh", "en"):
        assert Client().get(f"/{language}/directory/institutions/").status_code == 200
    assert "۷ مورد پیدا شد" in words(Client().get("/fa/directory/institutions/"))


def test_words_of_a_source_are_never_markup() -> None:
    institution("H8", "<b>示例</b>", "cn-360681", level='"><script>1', institution_class="<i>")
    content = Client().get(ADDRESS, {"level": '"><script>1'}).content.decode()
    assert "<script>1" not in content
    assert "<b>示例" not in content
    assert content.count("&quot;&gt;&lt;script&gt;1") == 3  # as value and word of the option, and in the table


@pytest.mark.parametrize("hour", [12, 17])
def test_terms_are_asked_for_by_their_key(hour: int, portal: str) -> None:
    """A boolean without "= 1" would read all terms of the table on SQLite."""
    from django.db import connection

    from daftar.portal.directory.begun import begun
    from daftar.portal.directory.days import days_at
    from daftar.portal.directory.wanted import Wanted

    days = days_at(datetime(2026, 11, 22, hour, tzinfo=UTC))
    with connection.execute_wrapper(
        lambda execute, sql, values, many, context: _planned(execute, sql, values, context)
    ):
        list(begun([(True, "示例"), (False, "yiyuan")], [[(True, "#h")]], Wanted(level="三级乙等"), days))


def _planned(execute: object, sql: str, values: object, context: dict) -> object:
    if context["connection"].vendor == "sqlite":
        plan = (
            context["connection"].connection.execute(f"EXPLAIN QUERY PLAN {sql.replace('%s', '?')}", values).fetchall()
        )
        steps = [str(step[-1]) for step in plan]
        assert not any("SCAN i" in step for step in steps), plan
        assert [step for step in steps if "SEARCH institution_term" in step and "whole=?" in step], plan
    return execute(sql, values, False, context)


def test_fields_of_a_search_are_kept_for_nobody_else_than_they_fit() -> None:
    typed = Client().get("/en/directory/institutions/", {"name": "xh", "region": "cn-360000"}).content.decode()
    chosen = Client().get("/en/directory/institutions/", {"region": "cn-360000"}).content.decode()
    empty = Client().get("/en/directory/institutions/").content.decode()
    assert ['value="xh"' in each for each in (typed, chosen, empty)] == [True, False, False]
    assert '<option value="cn-360000" selected>' in typed
    assert '<option value="cn-360000" selected>' not in empty
    assert "医院等级" in Client().get("/zh/directory/institutions/").content.decode()
    institution("H8", "示例", "cn-110101", level="新等级")
    assert '<option value="新等级">' not in empty
    assert '<option value="新等级">' in Client().get("/en/directory/institutions/").content.decode()


def test_a_file_without_an_entry_has_its_heading_alone() -> None:
    Institution.objects.filter(code="IR-80-1").delete()
    note_change_now()
    assert sheet(region="ir-80", name="نمونه") == []
