"""Choosing a region step by step: province, then city, as far as a rule says (S4.8); in China and in Iran."""

import pytest
from django.http import QueryDict

from daftar.portal.directory.models import Region
from daftar.portal.directory.region_picker import RegionPickerForm, below, path_of, region_name
from daftar.portal.enrolment.templatetags.insurance_words import place_name
from daftar.portal.settlement.selectors import region_names
from daftar.terms.texts import text
from tests.portal import world
from tests.portal.filing_ground import BEIJING, HANGZHOU, HUBEI, NINGBO, XIANTAO, ZHEJIANG, regions

pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture(autouse=True)
def _regions(portal: str) -> None:
    regions()


def picker(query: str | None = None, **options: object) -> RegionPickerForm:
    """A form on typed values, checked."""
    options = {"countries": ("cn",), "here": "/here/", "enough": {BEIJING}} | options
    form = RegionPickerForm(None if query is None else QueryDict(query), **options)
    form.is_valid()
    return form


def names(codes: list[Region]) -> list[str]:
    """Names of regions."""
    return [each.name for each in codes]


def test_all_provinces_in_the_order_of_the_list() -> None:
    assert names(below("cn"))[:3] == ["北京市", "天津市", "河北省"]
    assert len(below("cn")) == len(below("ir")) == 31
    assert names(below("ir"))[1:3] == ["آذربایجان غربی", "اردبیل"]  # ir-2 before ir-10


def test_headings_are_passed_over() -> None:
    assert names(below(BEIJING))[:2] == ["东城区", "西城区"]
    assert names(below(HUBEI))[-4:] == ["仙桃市", "潜江市", "天门市", "神农架林区"]
    assert names(path_of(XIANTAO)) == ["湖北省", "仙桃市"]
    assert names(path_of("cn-110101")) == ["北京市", "东城区"]


def test_what_is_no_region_has_no_path() -> None:
    for code in ("", "cn", "cn-999999", "x" * 10_000, "cn-33\x00", "杭州", "cn-330100 "):
        assert path_of(code) == [], code


def test_a_circle_of_parents_ends() -> None:
    Region.objects.filter(code=ZHEJIANG).update(parent=NINGBO)
    Region.objects.filter(code=NINGBO).update(parent=ZHEJIANG)
    assert len(path_of(NINGBO)) == 5


def test_a_province_asks_for_its_city_and_the_city_is_picked() -> None:
    first = picker(f"province={ZHEJIANG}")
    assert (first.asks_city, first.picked, first.errors) == (True, None, {})
    assert first.cities == 11
    second = picker(f"province={ZHEJIANG}&city={NINGBO}")
    assert second.picked.name == "宁波市"


def test_where_the_province_is_enough_the_picker_stops() -> None:
    form = picker(f"province={BEIJING}")
    assert (form.asks_city, form.stops.name, form.picked.name) == (False, "北京市", "北京市")
    assert picker(f"province={BEIJING}&city={NINGBO}").picked.name == "北京市"  # a city left behind


def test_the_province_as_a_whole_can_be_offered() -> None:
    assert picker(f"province={ZHEJIANG}&city={ZHEJIANG}", itself="whole").picked.name == "浙江省"
    assert picker(f"province={ZHEJIANG}&city={ZHEJIANG}").picked is None


def test_notes_stand_behind_names() -> None:
    form = picker(f"province={ZHEJIANG}", notes={HANGZHOU: "capital"})
    assert (HANGZHOU, "杭州市 – capital") in form.fields["city"].choices


def test_an_empty_city_is_asked_for_once_it_was_offered() -> None:
    form = picker(f"province={ZHEJIANG}&city=")
    assert form.errors["city"] == [text("input.region_needed", "en")]


def test_another_province_after_the_city_asks_again_without_complaint() -> None:
    form = picker(f"province={HUBEI}&city={NINGBO}")
    assert (form.errors, form.asks_city, form.picked) == ({}, True, None)


def test_regions_that_do_not_exist_are_named_at_their_field() -> None:
    queries = {
        "province=cn-990000": "province",
        "province=33": "province",
        f"province={'9' * 10_000}": "province",
        "province=ir-8": "province",
        f"province={ZHEJIANG}&city=cn-339900": "city",
        f"province={ZHEJIANG}&city=%00": "city",
        "city=cn-999999": "city",
    }
    for query, field in queries.items():
        form = picker(query)
        assert form.errors == {field: [text("input.unknown_region", "en")]}, query
        assert form.picked is None


def test_a_city_alone_in_a_link_names_its_province() -> None:
    form = picker(f"city={HANGZHOU}")
    assert (form.picked.name, form.data["province"]) == ("杭州市", ZHEJIANG)
    assert picker(f"city={XIANTAO}").picked.name == "仙桃市"
    assert picker("city=cn-330203").picked.name == "宁波市"


def test_nothing_chosen_is_no_error() -> None:
    assert (picker("").errors, picker("").picked, picker().asks_city) == ({}, None, False)


def test_iran_province_and_city() -> None:
    tehran = Region.objects.get(name="تهران", level="city")
    form = picker(f"province={tehran.parent}&city={tehran.code}", countries=("ir",), enough=())
    assert form.picked == tehran
    assert picker(f"province={tehran.parent}", countries=("ir",), enough=()).asks_city


def test_a_withdrawn_region_is_not_offered() -> None:
    Region.objects.filter(code=NINGBO).update(withdrawn=True)
    assert picker(f"province={ZHEJIANG}").cities == 10
    assert path_of(NINGBO) == []


@pytest.mark.parametrize("gone", [{NINGBO}, {ZHEJIANG}, {NINGBO, ZHEJIANG, "cn-330203"}])
def test_what_was_filed_for_a_place_keeps_its_name_when_the_place_is_gone(gone: set[str]) -> None:
    """S4.10: as the statement has it."""
    Region.objects.filter(code__in=gone).update(withdrawn=True)
    assert region_name("cn-330203") == "浙江省 宁波市 海曙区"
    assert region_name(NINGBO) == place_name(NINGBO) == "浙江省 宁波市"
    assert region_names([NINGBO]) == {NINGBO: "浙江省宁波市"}


def test_what_was_withdrawn_before_anybody_knew_its_name_is_told_by_its_code() -> None:
    Region.objects.create(code="cn-339999", level="", withdrawn=True, recorded_at=world.long_ago())
    for code in ("cn-339999", "cn-990000", "杭州", "x" * 5000):
        assert region_name(code) == code
