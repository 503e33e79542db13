"""Readers that remember: the same text is read once, and most columns hold few different texts."""

from collections.abc import Callable, Hashable
from typing import Any

from daftar.terms.misunderstood import Misunderstood

_MOST = 100_000
_SAMPLE, _MANY = 400, 4
"""When more than one in so many texts of a block's beginning are different, remembering does not pay: the column is
read as a whole."""

Plain = Callable[[list[str], Any], list[Any] | None]


class Refused:
    """In the place of a value: this text cannot be read, and why; `column` when the reader covers several."""

    __slots__ = ("column", "reason")

    def __init__(self, reason: str, column: str = "") -> None:
        self.reason = reason
        self.column = column


class Memo(dict[Any, Any]):
    """A reader by subscript, bounded. `refused` says whether a Refused may be among the values."""

    def __init__(self, read: Callable[[Any], Any], empty: object = None, plain: Plain | None = None) -> None:
        self.read = read
        self.empty = empty
        self.plain = plain
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
        if texts and texts[0] == texts[-1] and texts.count(texts[0]) == len(texts):
            return [self[texts[0]]] * len(texts)
        if self.plain and (values := self._whole(texts)) is not None:
            return values
        if len(self) > _MOST:
            self.clear()
            self.refused = False
        return list(map(self.__getitem__, texts))

    def _whole(self, texts: list[Any]) -> list[Any] | None:
        sample = texts[:_SAMPLE]
        if self.plain is None or len(set(sample)) <= len(sample) // _MANY:
            return None
        if isinstance(self.empty, Refused) and "" in texts:
            return None
        return self.plain(texts, self.empty)
