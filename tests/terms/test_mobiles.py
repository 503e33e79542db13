"""Mobile numbers of both countries (domain-facts 2.3, 2.8)."""

import pytest

from daftar.terms.misunderstood import Misunderstood
from daftar.terms.mobiles import mask_mobile, read_mobile


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


def test_a_masked_mobile_shows_its_last_two_digits() -> None:
    assert mask_mobile("+989123456789") == "+98••••••••89"
