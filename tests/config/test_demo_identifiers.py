"""Made-up identifiers pass every check and can belong to nobody (issue 2, "Set-up")."""

import csv
from datetime import date

import pytest

from daftar.config.demo import identifiers
from daftar.config.demo.regions import FOLDER
from daftar.terms.identifiers import read_identifier
from daftar.terms.mobiles import read_mobile

SERIALS = [0, 1, 4, 5, 998, 19_999, 123_456]
HIGHEST_PLACE_IN_USE = 732
"""Of the places of issue that persian-tools 0.0.11 lists."""


@pytest.mark.parametrize("serial", SERIALS)
def test_an_iranian_code_is_valid_and_of_no_place(serial: int) -> None:
    number = identifiers.ir_national_code(serial)
    assert read_identifier("ir-national-code", number).number == number
    assert int(number[:3]) > HIGHEST_PLACE_IN_USE


@pytest.mark.parametrize("serial", SERIALS)
def test_a_foreigners_number_is_valid_and_begins_with_zeros(serial: int) -> None:
    number = identifiers.ir_foreigner_number(serial)
    assert read_identifier("ir-foreigner-number", number).number == number
    assert number.startswith("000000")


@pytest.mark.parametrize("serial", SERIALS)
@pytest.mark.parametrize("sex", ["male", "female"])
def test_a_chinese_number_is_valid_and_of_no_division(serial: int, sex: str) -> None:
    birth = date(1996, 2, 29)
    found = read_identifier("cn-resident-id", identifiers.cn_resident_id(serial, birth, sex))
    assert found.warnings == ("unknown_division",)
    assert found.number[6:14] == "19960229"
    assert (int(found.number[16]) % 2 == 1) is (sex == "male")


def test_no_province_of_china_begins_like_ours() -> None:
    with (FOLDER / "cn-provinces.csv").open(encoding="utf-8") as file:
        provinces = {line["code"] for line in csv.DictReader(file)} | {"71", "81", "82", "83"}
    assert not {division[:2] for division in identifiers.CN_DIVISIONS} & provinces
    assert not any(division.startswith("9") for division in identifiers.CN_DIVISIONS)


def test_numbers_of_a_row_differ() -> None:
    birth = date(1980, 1, 1)
    assert len({identifiers.ir_national_code(serial) for serial in range(30_000)}) == 30_000
    assert len({identifiers.cn_resident_id(serial, birth, "male") for serial in range(1996)}) == 1996


@pytest.mark.parametrize("serial", SERIALS)
def test_mobiles_are_valid_by_form(serial: int) -> None:
    assert read_mobile(identifiers.ir_mobile(serial), "IR") == identifiers.ir_mobile(serial)
    assert read_mobile(identifiers.cn_mobile(serial), "CN") == identifiers.cn_mobile(serial)


def test_a_real_place_or_division_is_told_apart() -> None:
    assert not identifiers.is_made_up("ir-national-code", "0012345678")
    assert not identifiers.is_made_up("cn-resident-id", "11010519491231002X")
    assert not identifiers.is_made_up("ir-foreigner-number", "812345678901")
    assert identifiers.is_made_up("ir-national-code", identifiers.ir_national_code(7))
