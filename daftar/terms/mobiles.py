"""Mobile numbers of both countries, as typed, in E.164 (domain-facts 2.3, 2.8)."""

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from typing import NewType

import phonenumbers

from daftar.terms.digits import refuse_invisible
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.phones import calling_code, in_e164, parsed_phone

Mobile = NewType("Mobile", str)
"""A mobile number in E.164: +989123456789."""

_MOBILE_TYPES = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def read_mobile(text: str, country: str) -> Mobile:
    """Read a mobile as typed in `country` (ISO 3166: IR, CN); `00` and `+` prefixes are taken.

    Raises Misunderstood `forbidden_character`, `required` or `not_a_mobile`.
    """
    parsed = parsed_phone(text, country)
    if parsed is None or phonenumbers.number_type(parsed) not in _MOBILE_TYPES:
        raise Misunderstood("not_a_mobile")
    return Mobile(in_e164(parsed))


def read_network_number(text: str, countries: Iterable[str]) -> Mobile:
    """The mobile that a network names as sender: +989123456789, 989123456789, 00989123456789, 09123456789.

    Without a plus sign the first country counts in which it is a mobile; `countries` are those of the jurisdictions.
    Raises Misunderstood `forbidden_character`, `required` or `not_a_mobile`: a short number, a name, another country.
    """
    return _network_number(text[:64], tuple(countries))


@lru_cache(maxsize=8192)  # a provider's telephone asks all day, and reading one costs as much as answering it
def _network_number(text: str, countries: tuple[str, ...]) -> Mobile:
    plain = text.lstrip("+0")
    codes = {country: calling_code(country) for country in countries}
    for country in sorted(codes, key=lambda each: not plain.startswith(codes[each][1:])):  # most likely first
        with suppress(Misunderstood):
            mobile = read_mobile(text, country)
            if mobile.startswith(codes[country]):
                return mobile
    refuse_invisible(text)
    raise Misunderstood("not_a_mobile")


def mask_mobile(mobile: str) -> str:
    """A mobile for showing that a code was sent: country and last two digits."""
    return mobile[:3] + "•" * (len(mobile) - 5) + mobile[-2:]
