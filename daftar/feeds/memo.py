"""Readers that remember: the same text is read once, and most columns hold few different texts."""

from collections.abc import Callable, Hashable
from typing import Any

from daftar.terms.misunderstood import Misunderstood

_MOST = 100_000


class Refused:
    """In the place of a value: this text cannot be read, and why; `column` when the reader covers several."""

    __slots__ = ("column", "reason")

    def __init__(self, reason: str, column: str = "") -> None:
        self.reason = reason
        self.column = column


class Memo(dict[Any, Any]):
    """A reader by subscript, bounded. `refused` says whether a Refused may be among the values."""

    def __init__(self, read: Callable[[Any], Any], empty: object = None) -> None:
        self.read = read
        self.empty = empty
        self.refused = False

    def __missing__(self, text: Hashable) -> object:
        if text == "" or (isinstance(text, str) and text.isspace()):
            value = self.empty
        else:
            try:
                value = self.read(text)
            except Misunderstood as problem:
                value = Refused(problem.code)
        self.refused = self.refused or isinstance(value, Refused)
        self[text] = value
        return value

    def all(self, texts: list[Any]) -> list[Any]:
        """The values of many texts."""
        if len(self) > _MOST:
            self.clear()
            self.refused = False
        return list(map(self.__getitem__, texts))
