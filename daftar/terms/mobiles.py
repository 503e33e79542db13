"""Mobile numbers of both countries, as typed, in E.164 (domain-facts 2.3, 2.8)."""

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
    number = compact(text[:64])
    if not number:
        raise Misunderstood("required")
    if number.startswith("00"):
        number = "+" + number[2:]
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        raise Misunderstood("not_a_mobile") from None
    if not phonenumbers.is_valid_number(parsed) or phonenumbers.number_type(parsed) not in _MOBILE_TYPES:
        raise Misunderstood("not_a_mobile")
    return Mobile(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def mask_mobile(mobile: str) -> str:
    """A mobile for showing that a code was sent: country and last two digits."""
    return mobile[:3] + "•" * (len(mobile) - 5) + mobile[-2:]
