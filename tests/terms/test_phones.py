"""Telephones as people type them: mobiles and landlines with their area code (domain-facts 2.8)."""

import pytest

from daftar.terms.misunderstood import Misunderstood
from daftar.terms.phones import read_phone, show_phone


@pytest.mark.parametrize(
    ("typed", "country", "phone"),
    [
        ("0701-6222461", "CN", "+867016222461"),
        ("１３８００１３８０００", "CN", "+8613800138000"),
        ("۰۲۱ ۸۸۸۸ ۸۸۸۸", "IR", "+982188888888"),
        ("0086 138 0013 8000", "CN", "+8613800138000"),
    ],
)
def test_a_telephone_may_be_a_landline(typed: str, country: str, phone: str) -> None:
    assert read_phone(typed, country) == phone


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "required"), ("12345", "not_a_phone"), ("hello", "not_a_phone"), ("138\x00", "forbidden_character")],
)
def test_what_is_no_telephone_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Misunderstood) as error:
        read_phone(typed, "CN")
    assert error.value.code == code


def test_a_telephone_is_shown_with_spaces() -> None:
    assert show_phone("+8613800138000") == "+86 138 0013 8000"
    assert show_phone("none") == "none"
