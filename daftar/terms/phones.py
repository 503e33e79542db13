"""Telephone numbers of any kind at which somebody can be reached: mobiles, lines with their area (domain-facts 2.8)."""

from functools import cache
from typing import NewType

import phonenumbers

from daftar.terms.digits import compact
from daftar.terms.misunderstood import Misunderstood

Phone = NewType("Phone", str)
"""A number in E.164: +867016222461."""

_LONGEST = 64


def read_phone(text: str, country: str) -> Phone:
    """Read a number as typed in `country` (ISO 3166: IR, CN); `00` and `+` prefixes are taken.

    Raises Misunderstood `forbidden_character`, `required` or `not_a_phone`.
    """
    parsed = parsed_phone(text, country)
    if parsed is None:
        raise Misunderstood("not_a_phone")
    return Phone(in_e164(parsed))


def parsed_phone(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    """A number as typed, of any kind; None for what is no valid one.

    Raises Misunderstood `forbidden_character` or `required`.
    """
    number = compact(text[:_LONGEST])
    if not number:
        raise Misunderstood("required")
    if len(text) > _LONGEST:
        return None
    if number.startswith("00"):
        number = "+" + number[2:]
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_valid_number(parsed) else None


def in_e164(parsed: phonenumbers.PhoneNumber) -> str:
    """A number as it is kept: +867016222461."""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def show_phone(phone: str) -> str:
    """A number for reading, with the country before it; what is no number stays as it is."""
    try:
        parsed = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


@cache
def calling_code(country: str) -> str:
    """What numbers of a country (ISO 3166) begin with as they are kept: +98."""
    return f"+{phonenumbers.country_code_for_region(country)}"
