"""The case number: fourteen digits, the last a check digit; 43 random bits, shorter than any other code (X.3)."""

import secrets

from daftar.terms.digits import compact
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.tracking_codes import damm

DIGITS = 14
LONGEST = 64


def new_case_number() -> str:
    """A random number."""
    body = f"{secrets.randbelow(10 ** (DIGITS - 1)):0{DIGITS - 1}d}"
    return body + damm(body)


def read_case_number(text: str) -> str:
    """Read a number as typed, in any digits and grouping.

    Raises Misunderstood `forbidden_character`, `required`, `not_digits`, `wrong_length` or `wrong_check_digit`.
    """
    number = compact(text[:LONGEST])
    if not number:
        raise Misunderstood("required")
    if not (number.isascii() and number.isdigit()):
        raise Misunderstood("not_digits")
    if len(number) != DIGITS:
        raise Misunderstood("wrong_length")
    if damm(number[:-1]) != number[-1]:
        raise Misunderstood("wrong_check_digit")
    return number


def grouped(number: str) -> str:
    """4821-77305-51942."""
    return f"{number[:4]}-{number[4:9]}-{number[9:]}"
