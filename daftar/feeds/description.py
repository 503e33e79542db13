"""What a feed table is: its columns, how each is read, and where it goes. Adding a table is adding a description.

The rules that hold for every table are contracts §2: the key is what stands before the first semicolon, the newer
`recorded_at` wins, `deleted=true` withdraws, rows about a person not yet known wait.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from daftar.rules.engine.arrow import FACTS

Stored = str | int | bytes | None
"""A value as it is stored: hex UUID, ISO day, UTC time, whole number, word, text; the same for SQLite and COPY."""

COMMON = ("office", "recorded_at", "deleted")
"""Columns that every table takes."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How the text of one cell becomes what is stored; `read` raises Misunderstood.

    `empty` stands for an empty cell, `blank` in a withdrawn row. `about` is the words of docs/reference/feeds.md.
    `plain` reads a whole column at once as `read` would, or gives None where a cell is out of the ordinary.
    """

    about: str
    read: Callable[[str], Stored]
    empty: Stored = ""
    blank: Stored = ""
    plain: "Callable[[Any, Any], list[Any] | None] | None" = None  # takes an Arrow array, and what stands for ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a feed table; `into` is the column of the registry table, the same name unless said."""

    name: str
    reader: Reader
    key: bool = False
    required: bool = False
    sealed: bool = False
    into: str = ""

    @property
    def target(self) -> str:
        """Column of the registry table."""
        return self.into or self.name


@dataclass(frozen=True, slots=True)
class Identity:
    """Two columns that name a person; stored as the person's key in `into`."""

    type_column: str = "id_type"
    number_column: str = "id_number"
    into: str = "key"
    key: bool = True


@dataclass(frozen=True, slots=True)
class Mobile:
    """A column with a mobile number: its blind index in `into`, the number itself sealed.

    `by` is the identity whose jurisdiction says the country; without one, each jurisdiction's country is tried. `clock`
    is the registry's column with the time at which a counter registered it, where a counter can.
    """

    name: str = "mobile"
    by: Identity | None = None
    into: str = "mobile_key"
    key: bool = False
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule over several columns of one row: `wrong(*values, tomorrow)` is true for a row that may not come in.

    Values come as stored; only rows that are not withdrawn are checked. `reason` is a code of the texts' [feed].
    """

    columns: tuple[str, ...]
    reason: str
    wrong: Callable[..., bool]
    about: str


@dataclass(frozen=True, slots=True)
class Across:
    """A rule over whole columns of a block, where row by row would be slow; withdrawn rows are blank already.

    `look` may put values right, and yields place in the block, column and reason of each row that may not come in.
    """

    look: Callable[[dict[str, list[Any]]], Iterable[tuple[int, str, str]]]
    about: tuple[str, ...]


Wrong = tuple[str, str]
"""A column, and the reason for which its row may not come in."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that a row names; its content is sealed in a column of its own, NULL in a withdrawn row.

    `read` takes the folder of such files and the values of `columns` for some rows, and gives for each of them the
    content, or what is wrong. A table with files is loaded in small parts.
    """

    into: str
    columns: tuple[str, ...]
    read: Callable[[Path | None, Sequence[tuple[Any, ...]]], list[bytes | Wrong]]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """A column of the registry that is made from other columns of the row, as stored."""

    into: str
    columns: tuple[str, ...]
    make: Callable[..., Stored]


Change = tuple[Sequence[Stored] | None, Sequence[Stored]]
"""A row as it was known, None for a new one, and as it is now, in the order of `FeedTable.stored`."""


@dataclass(frozen=True)
class FeedTable:
    """One table of contracts §2 and the registry table that it fills."""

    name: str
    target: str
    columns: tuple[Column, ...]
    identities: tuple[Identity, ...] = ()
    mobile: Mobile | None = None
    checks: tuple[Check, ...] = ()
    across: Across | None = None
    derived: tuple[Derived, ...] = ()
    attached: Attached | None = None
    follow: Callable[[Any, "FeedTable", Sequence[Change]], None] | None = None  # what else changes, in the transaction
    registers: bool = False  # its identity makes the person known, instead of waiting for them
    office_into: str = "office"
    sealed_always: bool = False  # the registry's sealed column takes no NULL
    at_first: tuple[tuple[str, str], ...] = ()  # SQL for columns of the registry that no feed column fills
    changes_access: bool = False  # gates read their snapshot anew after a change
    keeps: bool = False  # a withdrawn row keeps its values: names of places, nothing personal
    moves_cover: bool = True  # its rows can change a person's spans, which are then rebuilt

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All columns that a file may have."""
        pairs = [name for each in self.identities for name in (each.type_column, each.number_column)]
        mobile = [self.mobile.name] if self.mobile else []
        return tuple(dict.fromkeys([*pairs, *mobile, *(column.name for column in self.columns), *COMMON]))

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Columns that a file must have: the key and what is required besides."""
        pairs = [name for each in self.identities for name in (each.type_column, each.number_column)]
        mobile = [self.mobile.name] if self.mobile and self.mobile.key else []
        return tuple([*pairs, *mobile, *(column.name for column in self.columns if column.key or column.required)])

    @cached_property
    def clear(self) -> tuple[Column, ...]:
        """Columns stored in clear."""
        return tuple(column for column in self.columns if not column.sealed)

    @cached_property
    def sealed(self) -> tuple[Column, ...]:
        """Columns stored in the sealed blob."""
        return tuple(column for column in self.columns if column.sealed)

    @cached_property
    def seals(self) -> bool:
        """Whether rows carry a sealed blob."""
        return bool(self.sealed or self.mobile)

    @cached_property
    def stored(self) -> tuple[str, ...]:
        """Columns of the registry table that a row fills, in the order in which rows are built."""
        return (
            *(each.into for each in self.identities),
            *(("jurisdiction",) if self.registers else ()),
            *(column.target for column in self.clear),
            *(each.into for each in self.derived),
            *((self.attached.into,) if self.attached else ()),
            *((self.mobile.into,) if self.mobile else ()),
            *((self.mobile.clock,) if self.mobile and self.mobile.clock else ()),
            *(("sealed",) if self.seals else ()),
            self.office_into,
            "recorded_at",
            "withdrawn",
        )

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Key columns of the registry table."""
        mobile = [self.mobile.into] if self.mobile and self.mobile.key else []
        return (
            *(each.into for each in self.identities if each.key),
            *(column.target for column in self.columns if column.key),
            *mobile,
        )

    @cached_property
    def decides(self) -> tuple[str, ...]:
        """Columns that the law reads: the registry keeps since when it knows them so, and what they said before."""
        return tuple(FACTS.get(self.name, ()))

    @cached_property
    def about_persons(self) -> bool:
        """Whether its rows wait for a person not yet known."""
        return bool(self.identities) and not self.registers
