"""An identifier typed on a plain telephone, by SMS or USSD: a bare number that does not say of what type it is (S2.20).

People write it in any digits, with separators and words around it. A foreign national's number in Iran has no check
digit, so that every mistyped national code of ten digits could be one: such a reading is *doubtful*, unless a word
beside it says what it is. Whether it is taken hangs on what was written alone, never on who is known (ADR 0024).
"""

import re
import unicodedata

from daftar.terms.digits import fold, to_latin
from daftar.terms.identifiers import TYPES, Identifier, read_identifier
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.mobiles import read_mobile

LONGEST_MESSAGE = 1600  # ten joined segments; nobody needs more to send a number
DOUBTFUL = "doubtful"
"""Warning of an identifier that may as well be a slip of the hand."""

_NUMBER = re.compile(r"[0-9](?:[\s\-\u2010-\u2015./,_]*[0-9])*(?:[\s\-]*[xX](?![A-Za-z0-9]))?")
_SEPARATOR = re.compile(r"[^0-9X]")
_CHECKED = ("ir-national-code", "cn-resident-id")
_UNCHECKED = "ir-foreigner-number"
_LENGTHS_OF_NATIONAL_CODES = range(8, 11)
_FOREIGN = re.compile("[اأ]تباع|خارجی|فیدا|پناهنده|foreign|fida|外籍|外国")
"""Words by which people say that the number is a foreign national's."""


def possible_identifiers(text: str) -> tuple[Identifier, ...]:
    """What the one number in `text` may be, the likeliest first; a mistyped one leaves doubtful readings or none.

    Raises Misunderstood `required` (no number in it), `given_twice` (more than one) or, where nothing can be read,
    `wrong_length`, `wrong_check_digit` and so on.
    """
    number = the_number_in(text)
    if _FOREIGN.search(fold(text)):
        return (read_identifier(_UNCHECKED, number),)
    found: list[Identifier] = []
    reason = "wrong_length"
    for name in (*_CHECKED, _UNCHECKED):
        assert name in TYPES  # adding a type means saying here whether it is checked
        try:
            found.append(read_identifier(name, number))
        except Misunderstood as error:
            reason = error.code if error.code != "wrong_length" else reason
    if not found:
        raise Misunderstood(reason)
    return tuple(_doubted(each, number) if each.type == _UNCHECKED else each for each in found)


def the_number_in(text: str) -> str:
    """The one number in a message, in Latin digits and without separators. Raises Misunderstood as above."""
    if len(text) > LONGEST_MESSAGE:
        raise Misunderstood("wrong_length")
    visible = "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each) != "Cf")
    numbers = _NUMBER.findall(to_latin(visible))
    if not numbers:
        raise Misunderstood("required")
    if len(numbers) > 1:
        raise Misunderstood("given_twice")
    return _SEPARATOR.sub("", numbers[0].upper())


def _doubted(identifier: Identifier, number: str) -> Identifier:
    mistyped = len(number) in _LENGTHS_OF_NATIONAL_CODES
    return Identifier(identifier.type, identifier.number, (DOUBTFUL,)) if mistyped or _is_mobile(number) else identifier


def _is_mobile(number: str) -> bool:
    """Whether it is somebody's telephone, sent in the place of a code."""
    for each in jurisdictions().values():
        try:
            read_mobile(number, each.mobile_country)
        except Misunderstood:
            continue
        return True
    return False
