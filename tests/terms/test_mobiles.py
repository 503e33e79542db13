"""Mobile numbers of both countries (domain-facts 2.3, 2.8)."""

import pytest

from daftar.terms.misunderstood import Misunderstood
from daftar.terms.mobiles import mask_mobile, read_mobile, read_phone, show_phone


@pytest.mark.parametrize(
    ("typed", "country", "mobile"),
    [
        ("09123456789", "IR", "+989123456789"),
        ("۰۹۱۲۳۴۵۶۷۸۹", "IR", "+989123456789"),
        ("9351234567", "IR", "+989351234567"),
        ("0098 912 345 6789", "IR", "+989123456789"),
        ("+98-990-123-4567", "IR", "+989901234567"),
        ("13800138000", "CN", "+8613800138000"),
        ("+86 199 0701 1370", "CN", "+8619907011370"),
    ],
)
def test_a_mobile_is_read_as_typed(typed: str, country: str, mobile: str) -> None:
    assert read_mobile(typed, country) == mobile


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("", "IR"),
        ("0912345678", "IR"),
        ("02188888888", "IR"),
        ("12345678901", "CN"),
        ("hello", "IR"),
        ("0912\x003456789", "IR"),
    ],
)
def test_what_is_no_mobile_is_refused(typed: str, country: str) -> None:
    with pytest.raises(Misunderstood):
        read_mobile(typed, country)


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


def test_a_masked_mobile_shows_its_last_two_digits() -> None:
    assert mask_mobile("+989123456789") == "+98••••••••89"
