"""What may stand in the query of a list, and how each word is read; whatever else stands there is refused by name."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict

from daftar.terms.digits import ZERO_WIDTH_NON_JOINER, refuse_invisible, to_latin
from daftar.terms.misunderstood import Misunderstood
from daftar.terms.problems import FieldError, Problem

PAGE = 100
MOST = 500
LONGEST = 100

Reader = Callable[[str], Any]


def plain(text: str) -> str:
    """One line of text, without anything invisible in it. Raises Misunderstood."""
    if len(text) > LONGEST:
        raise Misunderstood("too_long")
    refuse_invisible(text, allow=ZERO_WIDTH_NON_JOINER)
    return text.strip()


def a_code(text: str) -> str:
    """A code, in digits of any script."""
    return to_latin(plain(text))


def flag(text: str) -> bool:
    """`true` or `false`."""
    if text not in ("true", "false"):
        raise Misunderstood("unknown_word", allowed="true false")
    return text == "true"


def one_of(*words: str) -> Reader:
    """One of some words."""

    def read(text: str) -> str:
        if text not in words:
            raise Misunderstood("unknown_word", allowed=" ".join(words))
        return text

    return read


def page_length(text: str) -> int:
    """How many entries a page has."""
    digits = to_latin(text)
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 9 and 1 <= int(digits) <= MOST):
        raise Misunderstood("number_out_of_range", least="1", most=str(MOST))
    return int(digits)


def read_query(query: QueryDict, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """The query's words by name, read; empty ones are as if they were not there. Raises Problem `invalid-input`."""
    found: dict[str, Any] = {}
    errors = []
    for name, values in query.lists():
        try:
            if name not in readers:
                raise Misunderstood("unknown_field")
            if len(values) > 1:
                raise Misunderstood("given_twice")
            if values[0]:
                found[name] = readers[name](values[0])
        except Misunderstood as error:
            errors.append(FieldError(name[:LONGEST], error.code, error.values))
    if errors:
        raise Problem("invalid-input", tuple(errors))
    return found
