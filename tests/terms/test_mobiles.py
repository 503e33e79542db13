"""Mobile numbers of both countries (domain-facts 2.3, 2.8)."""

import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.terms.digits import to_latin
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.mobiles import mask_mobile, read_mobile

OURS = {"IR": re.compile(r"\+989[0-9]{9}"), "CN": re.compile(r"\+861[3-9][0-9]{9}")}
"""Mobiles of each country by its numbering plan (domain-facts 2.3, 2.8)."""

KINDS = [value for name, value in vars(phonenumbers.PhoneNumberType).items() if name.isupper()]
OF_ALL_COUNTRIES = [
    (region, kind, phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164))
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    for kind in KINDS
    if (example := phonenumbers.example_number_for_type(region, kind))
]
SPELT = st.from_regex(r"\A(\+|00)?(98|86)?0?(9|1[3-9])[0-9۰-۹]{8,10}[ )(./x-]{0,2}[0-9A-Z]{0,3}\Z") | st.text(
    max_size=30
)


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
        ("+1 650 253 0000", "IR"),
        ("+44 7911 123456", "CN"),
        ("+86 138 0013 8000", "IR"),
        ("0098 912 345 6789", "CN"),
        ("hello09123456789", "IR"),
        ("0912-FLOWERS", "IR"),
        ("09123456789 ext 5", "IR"),
        ("09123456789" + " " * 64 + "x", "IR"),
    ],
)
def test_what_is_no_mobile_is_refused(typed: str, country: str) -> None:
    with pytest.raises(Misunderstood):
        read_mobile(typed, country)


def said(typed: str, country: str) -> str:
    """The mobile, or why it is none."""
    try:
        return read_mobile(typed, country)
    except Misunderstood as error:
        return error.code


@pytest.mark.parametrize("country", list(OURS))
def test_of_all_the_worlds_numbers_the_countrys_mobiles_are_taken(country: str) -> None:
    """The example numbers of phonenumbers: every region, every kind."""
    assert len(OF_ALL_COUNTRIES) > 900
    for region, kind, number in OF_ALL_COUNTRIES:
        mobile = region == country and kind == phonenumbers.PhoneNumberType.MOBILE
        assert said(number, country) == (number if mobile else "not_a_mobile"), region


@given(SPELT, st.sampled_from(list(OURS)))
def test_what_is_taken_is_a_mobile_of_the_country_and_all_of_what_was_typed(typed: str, country: str) -> None:
    mobile = said(typed, country)
    if not mobile.startswith("+"):
        return
    assert OURS[country].fullmatch(mobile)
    parsed = phonenumbers.parse(mobile)
    assert phonenumbers.is_valid_number_for_region(parsed, country)
    assert phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE
    digits = re.sub(r"[^0-9]", "", to_latin(typed))
    assert mobile.endswith(digits.lstrip("0")[-10:])
    assert not re.search(r"[^\W\d_]", typed)


@given(st.sampled_from(list(OURS)), st.data())
def test_a_mobile_is_read_in_every_spelling(country: str, data: st.DataObject) -> None:
    start = {"IR": "+98912", "CN": "+86138"}[country]
    mobile = start + data.draw(st.text("0123456789", min_size=7 + (country == "CN"), max_size=7 + (country == "CN")))
    code, own = mobile[:3], mobile[3:]
    spellings = [
        mobile,
        f"00{code[1:]}{own}",
        own,
        f"0{own}" if country == "IR" else own,
        f"{code} {own[:3]}-{own[3:]}",
    ]
    assert {read_mobile(each, country) for each in spellings} == {mobile}


def test_a_masked_mobile_shows_its_last_two_digits() -> None:
    assert mask_mobile("+989123456789") == "+98••••••••89"
