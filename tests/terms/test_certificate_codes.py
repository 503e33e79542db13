"""Numbers and access codes of certificates as people type them (X.3, S1.28)."""

import math

import pytest

from daftar.terms.certificate_codes import (
    ALPHABET,
    CODE_CHARACTERS,
    code_in_fours,
    new_access_code,
    new_number,
    number_in_fours,
    read_access_code,
    read_certificate_number,
)
from daftar.terms.misunderstood import Misunderstood


def test_an_access_code_carries_more_than_fifty_bits() -> None:
    assert CODE_CHARACTERS * math.log2(len(ALPHABET)) >= 50


def test_numbers_and_codes_are_random_and_read_back_as_shown() -> None:
    numbers, codes = {new_number() for _ in range(200)}, {new_access_code() for _ in range(200)}
    assert len(numbers) == len(codes) == 200
    assert {read_certificate_number(number_in_fours(each)) for each in numbers} == numbers
    assert {read_access_code(code_in_fours(each)) for each in codes} == codes


def test_digits_of_any_script_and_look_alikes_are_read() -> None:
    number = new_number()
    assert read_certificate_number(number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))) == number
    assert read_access_code("xk7q 93md-2htv") == "XK7Q93MD2HTV"
    assert read_access_code("OIL0-۰۱11-AAAA") == "01100111AAAA"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("12", "wrong_length"),
        ("abcdefghijklmnopqrst", "not_digits"),
        ("1\u202e", "forbidden_character"),
        ("9" * 5000, "wrong_length"),
    ],
)
def test_what_cannot_be_a_number_is_named(typed: str, code: str) -> None:
    with pytest.raises(Misunderstood) as refused:
        read_certificate_number(typed)
    assert refused.value.code == code


def test_every_wrong_digit_and_every_swap_of_a_number_is_seen() -> None:
    number = new_number()
    wrong = [number[:at] + digit + number[at + 1 :] for at in range(20) for digit in "0123456789"]
    swapped = [number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(19)]
    for each in {*wrong, *swapped} - {number}:
        with pytest.raises(Misunderstood, match="wrong_check_digit"):
            read_certificate_number(each)


@pytest.mark.parametrize("typed", ["XK7Q-93MD-2HT", "XK7Q-93MD-2HTVV", "XK7Q-93MD-2HT!", "XK7Q-93MD-2HTU"])
def test_what_cannot_be_an_access_code_is_named(typed: str) -> None:
    with pytest.raises(Misunderstood, match="not_an_access_code"):
        read_access_code(typed)
