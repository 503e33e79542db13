"""Mobile numbers of both countries, as typed, in E.164 (domain-facts 2.3, 2.8)."""

import re
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from typing import NewType

import phonenumbers

from daftar.terms.digits import compact, refuse_invisible
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.phones import calling_code, in_e164, parsed_phone

Mobile = NewType("Mobile", str)
"""A mobile number in E.164: +989123456789."""

_TYPED = re.compile(r"\+?[0-9()./]+")
_MOBILE_TYPES = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def read_mobile(text: str, country: str) -> Mobile:
    """Read a mobile of `country` (ISO 3166: IR, CN) as typed there; its `00` and `+` prefixes are taken.

    Letters, extensions and words around a number, which phonenumbers reads or passes over, are no mobile here.
    Raises Misunderstood `forbidden_character`, `required` or `not_a_mobile`.
    """
    parsed = parsed_phone(text, country)
    if parsed is None or not _TYPED.fullmatch(compact(text)) or phonenumbers.number_type(parsed) not in _MOBILE_TYPES:
        raise Misunderstood("not_a_mobile")
    mobile = in_e164(parsed)
    if not mobile.startswith(calling_code(country)):
        raise Misunderstood("not_a_mobile")
    return Mobile(mobile)


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
            return read_mobile(text, country)
    refuse_invisible(text)
    raise Misunderstood("not_a_mobile")


def mask_mobile(mobile: str) -> str:
    """A mobile for showing that a code was sent: country and last two digits."""
    return mobile[:3] + "•" * (len(mobile) - 5) + mobile[-2:]
