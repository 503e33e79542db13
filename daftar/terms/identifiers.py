"""Identifiers of persons: a type and a number, checked by each type's own rule (design §4, domain-facts 2.1, 2.2, 2.8).

A type is one entry in `TYPES`; its reader takes the compacted text and returns the normal number.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from operator import mul
from typing import NamedTuple, NewType

from daftar.terms.digits import compact
from daftar.terms.misunderstood import Misunderstood

IdentifierNumber = NewType("IdentifierNumber", str)
"""A number in its normal spelling: Latin digits, full length, capital X."""

LONGEST_INPUT = 64


class Identifier(NamedTuple):
    """A checked identifier. `warnings` are codes of things that are odd and yet no error."""

    type: str
    number: IdentifierNumber
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentifierType:
    """How numbers of one type are read, and which jurisdiction they belong to."""

    name: str
    jurisdiction: str
    read: Callable[[str], Identifier]


def read_identifier(type_name: str, number: str) -> Identifier:
    """Read an identifier as typed or sent.

    Raises Misunderstood with `unknown_identifier_type`, `forbidden_character`, `required`, `not_digits`,
    `wrong_length`, `wrong_check_digit`, `all_digits_equal` or `wrong_birth_date`.
    """
    identifier_type = TYPES.get(type_name)
    if identifier_type is None:
        raise Misunderstood("unknown_identifier_type")
    if len(number) > LONGEST_INPUT:
        raise Misunderstood("wrong_length")
    text = compact(number)
    if not text:
        raise Misunderstood("required")
    return identifier_type.read(text)


def mask(number: str) -> str:
    """A number for showing: the first three and last two characters, the rest as dots."""
    return number[:3] + "•" * max(len(number) - 5, 0) + number[-2:] if len(number) > 5 else "•" * len(number)


def _digits(text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        raise Misunderstood("not_digits")
    return text


def read_ir_national_code(text: str) -> Identifier:
    """Iran's ten digits: place (3), person (6), check (1). Dropped leading zeros are put back (domain-facts 2.1)."""
    text = _digits(text)
    if not 8 <= len(text) <= 10:
        raise Misunderstood("wrong_length")
    text = text.zfill(10)
    if len(set(text)) == 1:
        raise Misunderstood("all_digits_equal")
    if int(text[9]) != ir_check_digit(text[:9]):
        raise Misunderstood("wrong_check_digit")
    return Identifier("ir-national-code", IdentifierNumber(text))


_IR_WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2)


def ir_check_digit(nine: str) -> int:
    """Check digit of the first nine digits: weighted sum mod 11, below 2 as it is, else its complement."""
    remainder: int = sum(map(mul, map(int, nine), _IR_WEIGHTS)) % 11
    return remainder if remainder < 2 else 11 - remainder


def read_ir_foreigner_number(text: str) -> Identifier:
    """Number of a foreign national in Iran: 8 to 12 digits, no published check digit (domain-facts 2.2)."""
    text = _digits(text)
    if not 8 <= len(text) <= 12:
        raise Misunderstood("wrong_length")
    return Identifier("ir-foreigner-number", IdentifierNumber(text))


_CN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CN_CHECKS = "10X98765432"


def read_cn_resident_id(text: str) -> Identifier:
    """China's resident identity number, GB 11643: division (6), birth date (8), sequence (3), check (1)."""
    text = text.upper()
    if len(text) != 18:
        raise Misunderstood("wrong_length")
    _digits(text[:17])
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        raise Misunderstood("wrong_birth_date") from None
    if text[17] != cn_check_character(text[:17]):
        raise Misunderstood("wrong_check_digit")
    warnings = () if text[:6] in _cn_counties() else ("unknown_division",)
    return Identifier("cn-resident-id", IdentifierNumber(text), warnings)


def cn_check_character(seventeen: str) -> str:
    """Check character of the first seventeen digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return _CN_CHECKS[sum(map(mul, map(int, seventeen), _CN_WEIGHTS)) % 11]


@cache
def _cn_counties() -> frozenset[str]:
    """Today's 2,978 county codes; older numbers carry codes that no longer exist, so this only warns."""
    return frozenset(files("daftar.terms").joinpath("data/cn-counties.txt").read_text().split())


TYPES: dict[str, IdentifierType] = {
    entry.name: entry
    for entry in (
        IdentifierType("ir-national-code", "ir", read_ir_national_code),
        IdentifierType("ir-foreigner-number", "ir", read_ir_foreigner_number),
        IdentifierType("cn-resident-id", "cn", read_cn_resident_id),
    )
}
