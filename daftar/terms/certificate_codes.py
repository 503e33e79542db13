"""Number and access code (کد رمز) of a certificate as people see them (X.3: two of the four kinds of code).

The number has twenty digits in fours, the last one a check digit: 63 random bits, so it cannot be guessed. The access
code has twelve characters of Crockford's alphabet in fours, 60 bits: letters, so that nobody takes one for the other.
"""

import secrets
from typing import NewType

from daftar.terms.digits import compact
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.tracking_codes import damm

CertificateNumber = NewType("CertificateNumber", str)
"""Twenty Latin digits without spaces."""

AccessCode = NewType("AccessCode", str)
"""Twelve characters without dashes."""

NUMBER_DIGITS = 20
CODE_CHARACTERS = 12
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_LOOK_ALIKE = str.maketrans("OIL", "011")
LONGEST = 64


def new_number() -> CertificateNumber:
    """A random number."""
    body = f"{secrets.randbelow(10 ** (NUMBER_DIGITS - 1)):0{NUMBER_DIGITS - 1}d}"
    return CertificateNumber(body + damm(body))


def new_access_code() -> AccessCode:
    """A random access code."""
    return AccessCode("".join(secrets.choice(ALPHABET) for _ in range(CODE_CHARACTERS)))


def read_certificate_number(text: str) -> CertificateNumber:
    """Read a number as typed, in any digits and grouping.

    Raises Misunderstood `forbidden_character`, `required`, `not_digits`, `wrong_length` or `wrong_check_digit`.
    """
    number = compact(text[:LONGEST])
    if not number:
        raise Misunderstood("required")
    if not (number.isascii() and number.isdigit()):
        raise Misunderstood("not_digits")
    if len(number) != NUMBER_DIGITS:
        raise Misunderstood("wrong_length")
    if damm(number[:-1]) != number[-1]:
        raise Misunderstood("wrong_check_digit")
    return CertificateNumber(number)


def read_access_code(text: str) -> AccessCode:
    """Read an access code as typed: any case, spaces and dashes, O for 0, I and L for 1.

    Raises Misunderstood `forbidden_character`, `required` or `not_an_access_code`.
    """
    code = compact(text[:LONGEST]).upper().translate(_LOOK_ALIKE)
    if not code:
        raise Misunderstood("required")
    if len(code) != CODE_CHARACTERS or not set(code) <= set(ALPHABET):
        raise Misunderstood("not_an_access_code")
    return AccessCode(code)


def number_in_fours(number: str) -> str:
    """5521 0430 9917 2284 6303."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def code_in_fours(code: str) -> str:
    """XK7Q-93MD-2HTV."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
