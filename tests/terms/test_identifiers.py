"""Identifiers as people type them (domain-facts 2.1, 2.2, 2.8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.terms.digits import to_persian
from daftar.terms.identifiers import TYPES, cn_check_character, ir_check_digit, mask, read_identifier
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.texts import catalogue

NINE = st.text("0123456789", min_size=9, max_size=9)
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def code_of(error: pytest.ExceptionInfo[Misunderstood]) -> str:
    return error.value.code


def slow_ir_check(nine: str) -> int:
    """The rule once more, the way the gazette words it."""
    total = 0
    for position in range(9):
        total += int(nine[position]) * (10 - position)
    rest = total % 11
    return rest if rest in (0, 1) else 11 - rest


@given(NINE)
def test_a_national_code_is_read_in_any_digits(nine: str) -> None:
    code = nine + str(slow_ir_check(nine))
    if len(set(code)) == 1:
        return
    for typed in (code, to_persian(code), code.translate(ARABIC), f" {code[:3]}-{code[3:9]}-{code[9]} "):
        assert read_identifier("ir-national-code", typed).number == code


@given(NINE, st.integers(0, 8), st.integers(1, 9))
def test_a_wrong_digit_is_found_unless_the_sum_happens_to_agree(nine: str, place: int, shift: int) -> None:
    wrong = nine[:place] + str((int(nine[place]) + shift) % 10) + nine[place + 1 :]
    typed = wrong + str(slow_ir_check(nine))
    agrees = slow_ir_check(wrong) == slow_ir_check(nine) and len(set(typed)) > 1
    if agrees:
        assert read_identifier("ir-national-code", typed).number == typed
    else:
        with pytest.raises(Misunderstood):
            read_identifier("ir-national-code", typed)


def test_dropped_leading_zeros_are_put_back() -> None:
    nine = "001234567"
    full = nine + str(ir_check_digit(nine))
    assert read_identifier("ir-national-code", full[2:]).number == full
    assert read_identifier("ir-national-code", full[1:]).number == full


def test_ten_equal_digits_are_nobody() -> None:
    for digit in "0123456789":
        with pytest.raises(Misunderstood) as error:
            read_identifier("ir-national-code", digit * 10)
        assert code_of(error) == "all_digits_equal"


def test_an_unknown_place_is_no_error() -> None:
    nine = "000123456"
    assert read_identifier("ir-national-code", nine + str(ir_check_digit(nine))).warnings == ()


@pytest.mark.parametrize(
    ("id_type", "typed", "code"),
    [
        ("ir-national-code", "", "required"),
        ("ir-national-code", "1234567", "wrong_length"),
        ("ir-national-code", "12345678901", "wrong_length"),
        ("ir-national-code", "12345a7891", "not_digits"),
        ("ir-national-code", "1234567892", "wrong_check_digit"),
        ("ir-national-code", "123456\x007891", "forbidden_character"),
        ("ir-national-code", "\u202e1234567891", "forbidden_character"),
        ("ir-national-code", "1" * 10_000, "wrong_length"),
        ("ir-national-code", "²³⁴⁵⁶⁷⁸⁹¹⁰", "not_digits"),
        ("ir-foreigner-number", "1234567", "wrong_length"),
        ("ir-foreigner-number", "1234567890123", "wrong_length"),
        ("cn-resident-id", "11010519491231002", "wrong_length"),
        ("cn-resident-id", "110105194912310021", "wrong_check_digit"),
        ("cn-resident-id", "11010519491331002X", "wrong_birth_date"),
        ("passport", "1", "unknown_identifier_type"),
    ],
)
def test_what_cannot_be_read_says_why(id_type: str, typed: str, code: str) -> None:
    with pytest.raises(Misunderstood) as error:
        read_identifier(id_type, typed)
    assert code_of(error) == code


def test_published_example_of_the_chinese_standard() -> None:
    found = read_identifier("cn-resident-id", "11010519491231002x")
    assert (found.number, found.warnings) == ("11010519491231002X", ())


def test_a_county_that_is_not_in_the_table_is_a_warning() -> None:
    seventeen = "36062219800101001"  # 余江县, a district of another code today
    found = read_identifier("cn-resident-id", seventeen + cn_check_character(seventeen))
    assert found.warnings == ("unknown_division",)


@given(st.sampled_from(sorted(TYPES)), st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_code(id_type: str, typed: str) -> None:
    try:
        number = read_identifier(id_type, typed).number
    except Misunderstood as error:
        assert f"input.{error.code}" in catalogue("en")  # noqa: PT017 - any text may be fine or refused
    else:
        assert number.isascii()
        assert number.isalnum()


def test_a_masked_number_shows_little() -> None:
    assert mask("1234567891") == "123•••••91"
    assert mask("12345") == "•••••"
