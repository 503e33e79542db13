"""The demo's public directory: real regions, made-up hospitals and offices that nobody can ring (issue 4)."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from daftar.config.demo.generate import generate
from daftar.config.demo.institutions import CN_WORDS, INSTITUTIONS
from daftar.config.demo.offices import branches
from daftar.config.demo.pooling import MUNICIPAL, WITHOUT_CITY

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
FACTS = generate(AT, persons=0).facts
ROWS = FACTS.rows
REGIONS = {str(row["code"]): row for row in ROWS["regions"]}
PROVINCES = [row for row in ROWS["regions"] if row["level"] == "province"]
LOCAL_ZERO = re.compile(r"0\d{2,3}-0\d{6,7}")
"""No telephone of either country begins with a zero after the area code."""


def test_five_thousand_hospitals_whose_names_say_that_they_are_made_up() -> None:
    rows = ROWS["institutions"]
    assert len(rows) == len({row["code"] for row in rows}) == INSTITUTIONS
    for row in rows:
        assert ("示例" if str(row["code"]).startswith("H") else "نمونه") in str(row["name"])
        assert re.fullmatch(r"(H\d{6}|IR-[\d-]+-)99\d{3}", str(row["code"]))
        assert row["level"]
        assert row["class"]
        assert row["address"]
    assert len({row["name"] for row in rows}) > 0.99 * INSTITUTIONS, "names tell hospitals apart"
    assert len(CN_WORDS) == len(set(CN_WORDS))


def test_every_county_of_china_and_every_province_of_iran_has_a_hospital() -> None:
    found = Counter(str(row["region"]) for row in ROWS["institutions"])
    assert found.keys() <= REGIONS.keys()
    for code, region in REGIONS.items():
        if code.startswith("cn-") and region["name"] not in (*MUNICIPAL, *WITHOUT_CITY):
            assert found[code], code
    of_iran = {code.split("-")[1] for code in found if code.startswith("ir-")}
    assert len(of_iran) == 31
    assert found["cn-360602"] > found["cn-330102"], "more where the demo's people live"


def test_some_hospitals_are_not_designated_and_some_have_closed() -> None:
    rows = ROWS["institutions"]
    assert 0.6 < sum(bool(row["cross_region"]) for row in rows) / len(rows) < 0.95
    closed = [row for row in rows if row["closed_on"]]
    assert 20 < len(closed) < 200
    assert all(row["opened_on"] <= row["closed_on"] for row in closed)  # type: ignore[operator]


def test_cities_pool_and_the_six_provinces_pool_as_a_whole() -> None:
    """S4.4, S4.8: wherever one is insured in China, some region pools."""
    pools = {str(row["region"]) for row in ROWS["pooling_regions"]}
    assert len(pools) == len(ROWS["pooling_regions"])
    for code, region in REGIONS.items():
        if not code.startswith("cn-") or region["level"] == "country":
            continue
        above = [code]
        while REGIONS[above[-1]]["parent"] != "cn":
            above.append(str(REGIONS[above[-1]]["parent"]))
        province = REGIONS[above[-1]]
        own = [each for each in above[:-1] if each in pools]
        assert above[-1] in pools
        assert len(own) == (0 if province["files_to"] or len(above) == 1 else 1) or region["name"] in WITHOUT_CITY
    names = {row["region"]: row["name"] for row in ROWS["pooling_regions"]}
    assert (names["cn-360000"], names["cn-360600"], names["cn-310000"]) == ("江西省本级", "鹰潭市", "上海市")
    assert names["cn-429004"] == "仙桃市", "a county below the province itself"


def test_all_of_china_is_open_and_iran_shows_the_other_states() -> None:
    today = AT.date()
    of_china = [row for row in ROWS["pooling_regions"] if str(row["code"]).startswith("cn")]
    assert all(row["opened_on"] < datetime(2018, 3, 12).date() for row in of_china)  # type: ignore[operator]
    of_iran = [row["opened_on"] for row in ROWS["pooling_regions"] if str(row["code"]).startswith("ir")]
    assert len(of_iran) == 31
    assert of_iran.count(None) == 1
    assert len([day for day in of_iran if day is not None and day > today]) == 1  # type: ignore[operator]


def test_offices_have_department_address_telephone_and_postcode() -> None:
    """S4.9, S4.26; there is one for each city of China."""
    for row in ROWS["offices"]:
        for column in ("department", "address", "phone", "postcode", "region"):
            assert row[column], (row["code"], column)
        assert len(str(row["code"])) <= 16
        assert len(str(row["postcode"])) == (6 if str(row["code"]).startswith("cn") else 10)
        assert not any(word in str(row["name"]) + str(row["address"]) for word in MUNICIPAL[:1])
    codes = [row["code"] for row in ROWS["offices"]]
    assert len(codes) == len(set(codes)) > 500
    places = {row["region"] for row in ROWS["offices"] if row["kind"] == "handling"}
    cities = {row["code"] for row in ROWS["regions"] if row["level"] == "city" and str(row["parent"]).startswith("cn-")}
    without = {code for code in cities - places if REGIONS[str(code)]["name"] not in (*MUNICIPAL, *WITHOUT_CITY)}
    assert not without


def test_people_are_registered_where_they_were() -> None:
    """The new offices send nothing: data age has no rows for them, and households stay in Jiangxi and the capitals."""
    assert {"cn-h360600", "cn-h110100", "cn-h330100"} <= {row["code"] for row in branches(FACTS, "cn")}
    assert "cn-h330200" not in {row["code"] for row in branches(FACTS, "cn")}
    assert len(branches(FACTS, "ir")) == 62


@pytest.mark.parametrize("table", ["offices", "institutions"])
def test_telephones_ring_nobody(table: str) -> None:
    wrong = [row["phone"] for row in ROWS[table] if not LOCAL_ZERO.fullmatch(str(row["phone"]))]
    assert not wrong
