"""Mobile and other telephone numbers of both countries, as typed, in E.164 (domain-facts 2.3, 2.8)."""

from typing import NewType

import phonenumbers

from daftar.terms.digits import compact
from daftar.terms.misunderstood import Misunderstood

Mobile = NewType("Mobile", str)
"""A mobile number in E.164: +989123456789."""

_MOBILE_TYPES = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def read_mobile(text: str, country: str) -> Mobile:
    """Read a mobile as typed in `country` (ISO 3166: IR, CN); `00` and `+` prefixes are taken.

    Raises Misunderstood `forbidden_character`, `required` or `not_a_mobile`.
    """
    parsed = _parsed(text, country)
    if parsed is None or phonenumbers.number_type(parsed) not in _MOBILE_TYPES:
        raise Misunderstood("not_a_mobile")
    return Mobile(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def read_phone(text: str, country: str) -> str:
    """Read a telephone as typed in `country`, a mobile or a landline with its area code; in E.164.

    Raises Misunderstood `forbidden_character`, `required` or `not_a_phone`.
    """
    parsed = _parsed(text, country)
    if parsed is None:
        raise Misunderstood("not_a_phone")
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def show_phone(phone: str) -> str:
    """A number in E.164 for reading, with spaces; what is no number stays as it is."""
    try:
        parsed = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _parsed(text: str, country: str) -> phonenumbers.PhoneNumber | None:
    """A valid number of any kind; None for anything else. Raises `forbidden_character` or `required`."""
    number = compact(text[:64])
    if not number:
        raise Misunderstood("required")
    if number.startswith("00"):
        number = "+" + number[2:]
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_valid_number(parsed) else None


def mask_mobile(mobile: str) -> str:
    """A mobile for showing that a code was sent: country and last two digits."""
    return mobile[:3] + "•" * (len(mobile) - 5) + mobile[-2:]
