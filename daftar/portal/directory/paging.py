"""Pages of a list: which one was asked for, whatever stands in the address, and where the last one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from daftar.terms.digits import to_latin

SIZE = 25
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Page:
    """Entries of one page. `more`: there are more than `total`, which is as far as pages go.

    `may_be_more`: the search ended before everything was looked through.
    """

    rows: Sequence[Any]
    number: int
    total: int
    more: bool = False
    may_be_more: bool = False

    @property
    def last(self) -> int:
        """Number of the last page."""
        return max(1, -(-self.total // SIZE))

    @property
    def beyond(self) -> bool:
        """Whether a page after the last was asked for."""
        return self.number > self.last

    @property
    def previous(self) -> int:
        """Number of the page before; 0: none."""
        return min(self.number, self.last + 1) - 1

    @property
    def next(self) -> int:
        """Number of the page after; 0: none."""
        return self.number + 1 if self.number < self.last else 0


def page_asked(request: HttpRequest) -> int:
    """The page's number; 1 for what is no page number."""
    typed = to_latin(request.GET.get("page", "1")[: MOST_DIGITS + 1])
    return max(1, int(typed)) if typed.isascii() and typed.isdecimal() else 1


def first_of(number: int) -> int:
    """Place of the first entry of a page."""
    return (number - 1) * SIZE
