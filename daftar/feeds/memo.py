"""Readers that remember: the same text is read once, and most columns hold few different texts."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from daftar.terms.misunderstood import Misunderstood

_MOST = 100_000
_MANY = 4
"""When more than one in so many texts of a block are different, remembering does not pay: the column is read as a
whole, where its reader can."""

Plain = Callable[[pa.StringArray, Any], list[Any] | None]


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

    def all(self, cells: pa.StringArray) -> list[Any]:
        """The values of a column."""
        encoded = cells.dictionary_encode()
        different = len(encoded.dictionary)
        if self.plain and different * _MANY > len(cells) and (values := self._whole(cells)) is not None:
            return values
        return self._of(encoded.dictionary.to_pylist(), encoded.indices, len(cells))

    def with_first(self, first: pa.StringArray, second: pa.StringArray) -> list[Any]:
        """The values of two columns that are read together, as pairs."""
        same = first.dictionary_encode().dictionary.to_pylist()
        if len(same) != 1:
            return self.each(list(zip(first.to_pylist(), second.to_pylist(), strict=True)))
        encoded = second.dictionary_encode()
        pairs = [(same[0], text) for text in encoded.dictionary.to_pylist()]
        return self._of(pairs, encoded.indices, len(second))

    def each(self, texts: Sequence[Any]) -> list[Any]:
        """The values of texts, or of what else the reader takes, one by one."""
        if len(self) > _MOST:
            self.clear()
            self.refused = False
        return list(map(self.__getitem__, texts))

    def _of(self, different: list[Any], places: pa.IntegerArray, count: int) -> list[Any]:
        """Each different text is read once, and its value stands where it stood."""
        values = self.each(different)
        if len(values) == 1:
            return values * count
        if len(values) == count:  # all are different, and stand in their order
            return values
        spread = np.empty(len(values), dtype=object)
        spread[:] = values
        found: list[Any] = spread[places.to_numpy()].tolist()
        return found

    def _whole(self, cells: pa.StringArray) -> list[Any] | None:
        if self.plain is None or (isinstance(self.empty, Refused) and pc.any(pc.equal(cells, "")).as_py()):
            return None
        values = self.plain(cells, self.empty)
        if isinstance(self.empty, Refused) and values is not None and self.empty in values:
            return None  # cells of blanks alone: one by one, so that each is known for refused
        return values
