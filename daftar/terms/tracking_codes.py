"""The tracking code (کد رهگیری) as people see it: 16 digits in fours, the last one a check digit (design §4).

How a code is made from the journal's sequence is `daftar.answers.tracking`; here is only its spelling.
"""

from typing import NewType

from daftar.terms.digits import compact
from daftar.terms.misunderstood import Misunderstood

TrackingCode = NewType("TrackingCode", str)
"""Sixteen Latin digits without spaces."""

LENGTH = 16
BODY_DIGITS = LENGTH - 1

# Damm's quasigroup of order 10 (H. M. Damm, 2004): finds every wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_TABLE = tuple(tuple(int(cell) for cell in row) for row in _DAMM)


GROUP = 3  # digits taken at once: a table of all thousands makes the check five look-ups instead of fifteen


def _after(state: int, digits: str) -> int:
    for digit in digits:
        state = _TABLE[state][int(digit)]
    return state


AFTER = tuple({f"{n:0{GROUP}d}": _after(state, f"{n:0{GROUP}d}") for n in range(10**GROUP)} for state in range(10))
"""The state after a group of digits, by the state before and the group."""


def check_digit(body: str) -> str:
    """The digit that completes a body of fifteen digits."""
    after = AFTER  # five look-ups in a row: a loop would cost twice as much, and every answer has a code
    state = after[after[after[0][body[:3]]][body[3:6]]][body[6:9]]
    return str(after[after[state][body[9:12]]][body[12:]])


def damm(digits: str) -> str:
    """The digit that completes digits of any number."""
    return str(_after(0, digits))


def complete(body: int) -> TrackingCode:
    """The code of a body below 10^15."""
    text = f"{body:0{BODY_DIGITS}d}"
    return TrackingCode(text + check_digit(text))


def read_tracking_code(text: str) -> TrackingCode:
    """Read a code as typed, in any digits and grouping.

    Raises Misunderstood `forbidden_character`, `required`, `not_digits`, `wrong_length` or `wrong_check_digit`.
    """
    code = compact(text[:64])
    if not code:
        raise Misunderstood("required")
    if not (code.isascii() and code.isdigit()):
        raise Misunderstood("not_digits")
    if len(code) != LENGTH:
        raise Misunderstood("wrong_length")
    if check_digit(code[:-1]) != code[-1]:
        raise Misunderstood("wrong_check_digit")
    return TrackingCode(code)


def grouped(code: str) -> str:
    """4821 7730 5519 4206."""
    return " ".join(code[start : start + 4] for start in range(0, LENGTH, 4))
