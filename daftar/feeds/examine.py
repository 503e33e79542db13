"""Rows checked and turned into what is stored: column by column, so that a million rows cost seconds.

A faulty row is set aside with its first fault; the others become tuples in the order of `FeedTable.stored`. A withdrawn
row keeps its key alone: what was withdrawn is not kept.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import compress, repeat
from pathlib import Path
from typing import Any

import pyarrow as pa

from daftar.feeds.block import Block, Fault
from daftar.feeds.description import Column, FeedTable, Stored
from daftar.feeds.masking import masked
from daftar.feeds.memo import Memo, Refused
from daftar.feeds.offices import LONGEST_CODE
from daftar.feeds.persons import NOBODY, Named, Reached, identity_reader, mobile_reader
from daftar.feeds.readers import code, flag, instant, stored_time
from daftar.store.keys import Secrets
from daftar.store.sealing import seal_rows
from daftar.terms.identifiers import TYPES

IDENTIFIER_TABLE = "person_identifier"
_A_DAY = timedelta(days=1)


@dataclass(slots=True)
class Examined:
    """Good rows of a block, ready to be stored, and the faults of the others.

    `fields` are the sealed fields of each row in clear, for comparing; `assumed` marks rows without `recorded_at`;
    `source` is each row's place in the block; `identifiers` are type and sealed number where persons become known.
    """

    rows: list[tuple[Stored, ...]]
    fields: list[dict[str, str]]
    assumed: list[bool]
    source: list[int]
    identifiers: list[tuple[str, bytes]]
    faults: list[Fault]

    def part(self, block: Block, part: Block) -> "Examined":
        """What belongs to a part of the examined block, by `Block.part`."""
        if len(part) == len(block):
            return self
        start = bisect_left(block.lines, part.lines[0]) if part.lines else 0
        first, last = bisect_left(self.source, start), bisect_left(self.source, start + len(part.lines))
        lines = set(part.lines)
        return Examined(
            self.rows[first:last],
            self.fields[first:last],
            self.assumed[first:last],
            [place - start for place in self.source[first:last]],
            self.identifiers[first:last],
            [fault for fault in self.faults if fault.line in lines],
        )


class Examiner:
    """Examines the blocks of one table; remembers what it has read."""

    def __init__(self, table: FeedTable, secrets: Secrets, files: Path | None = None) -> None:
        """`files`: the folder of what rows name, where they name files."""
        self.table = table
        self.secrets = secrets
        self.files = files
        self.identities = [
            Memo(identity_reader(secrets, each.type_column, each.number_column)) for each in table.identities
        ]
        self.mobile = Memo(mobile_reader(secrets))
        self.columns = {
            column.name: Memo(column.reader.read, _empty(column), column.reader.plain) for column in table.columns
        }
        self.office = Memo(code(LONGEST_CODE).read, "")
        self.deleted = Memo(flag().read, 0)
        self.recorded_at = Memo(instant().read)

    def examine(self, block: Block, at: datetime, office: str = "", *, bound: bool = False) -> Examined:
        """Check a block. `at` stands for a missing `recorded_at`, `office` for a missing office.

        A `bound` sender writes for its `office` alone.
        """
        return _Examination(self, block, at, office, bound).result()


class _Examination:
    """One block's way through; `hard` faults count for every row, `soft` ones not for withdrawn rows."""

    def __init__(self, examiner: Examiner, block: Block, at: datetime, office: str, bound: bool) -> None:
        self.by = examiner
        self.table = examiner.table
        self.block = block
        self.count = len(block.lines)
        self.hard: dict[int, tuple[str, str]] = {}
        self.soft: dict[int, tuple[str, str]] = {}
        self.at = at
        self.default_office = office
        self.bound = bound
        self.values: dict[str, list[Any]] = {}

    def cells(self, name: str) -> pa.StringArray:
        return self.block.columns[name] if name in self.block.columns else pa.repeat("", self.count)

    def read(self, memo: Memo, column: str, faults: dict[int, tuple[str, str]], first: str | None = None) -> list[Any]:
        """The values of a column, or of two that are read together; None where refused, with the fault noted."""
        cells = self.cells(column)
        values = memo.all(cells) if first is None else memo.with_first(self.cells(first), cells)
        if memo.refused:
            for i, value in enumerate(values):
                if value.__class__ is Refused:
                    faults.setdefault(i, (value.column or column, value.reason))
                    values[i] = None
        return values

    def result(self) -> Examined:
        deleted = self.read(self.by.deleted, "deleted", self.hard)
        self.withdrawn = [i for i, value in enumerate(deleted) if value]
        self.values["withdrawn"] = deleted
        self.read_persons()
        for column in self.table.columns:
            faults = self.hard if column.key else self.soft
            self.values[column.target] = self.read(self.by.columns[column.name], column.name, faults)
        assumed = self.read_origin()
        self.blank_withdrawn()
        self.check()
        self.attach()
        return self.build(assumed)

    def read_persons(self) -> None:
        for identity, memo in zip(self.table.identities, self.by.identities, strict=True):
            faults = self.hard if identity.key else self.soft
            named: list[Named | None] = self.read(memo, identity.number_column, faults, identity.type_column)
            self.values[identity.into] = [each and each.key for each in named]
            if self.table.registers:
                self.named = named
                self.values["jurisdiction"] = [each and TYPES[each.type].jurisdiction for each in named]
        if mobile := self.table.mobile:
            faults = self.hard if mobile.key else self.soft
            country = mobile.by.type_column if mobile.by else ""  # no column has this name: its cells are empty
            self.reached: list[Reached | None] = self.read(self.by.mobile, mobile.name, faults, country)
            self.values[mobile.into] = [each and each.key for each in self.reached]
            if mobile.clock:
                self.values[mobile.clock] = [None] * self.count  # a feed's mobile goes by the row's own time
            if mobile.key:
                for i, key in enumerate(self.values[mobile.into]):
                    if key is None:
                        self.hard.setdefault(i, (mobile.name, "required"))

    def read_origin(self) -> list[bool]:
        """Office and `recorded_at`; returns which rows came without the latter."""
        offices = self.read(self.by.office, "office", self.hard)
        if self.bound:
            for i, each in enumerate(offices):
                if each and each != self.default_office:
                    self.hard.setdefault(i, ("office", "another_office"))
        if self.default_office or None in offices:
            offices = [each or self.default_office for each in offices]
        self.values[self.table.office_into] = offices
        times = self.read(self.by.recorded_at, "recorded_at", self.hard)
        different, latest = set(times), stored_time(self.at + _A_DAY)
        if any(value is not None and value > latest for value in different):
            for i, value in enumerate(times):
                if value is not None and value > latest:
                    self.hard.setdefault(i, ("recorded_at", "in_the_future"))
        self.values["recorded_at"] = times
        if None not in different:
            return [False] * self.count
        assumed = [value is None for value in times]
        instead = self.block.received or [stored_time(self.at)] * self.count
        self.values["recorded_at"] = [value or other for value, other in zip(times, instead, strict=True)]
        return assumed

    def blank_withdrawn(self) -> None:
        if not self.withdrawn:
            return
        blanks = {column.target: column.reader.blank for column in self.table.columns if not column.key}
        blanks |= {each.into: NOBODY for each in self.table.identities if not each.key}
        if self.table.mobile and not self.table.mobile.key:
            blanks[self.table.mobile.into] = None
        for name, blank in blanks.items():
            values = self.values[name]
            for i in self.withdrawn:
                values[i] = blank
        for i in self.withdrawn:
            self.soft.pop(i, None)
            if self.table.mobile:
                self.reached[i] = Reached(None, "")

    def check(self) -> None:
        """The rules over several columns; a row's first fault is the one that is told."""
        for i, fault in self.soft.items():
            self.hard.setdefault(i, fault)
        if self.table.across:
            for i, column, reason in self.table.across.look(self.values):
                self.hard.setdefault(i, (column, reason))
        tomorrow = (self.at + _A_DAY).date().isoformat()
        for check in self.table.checks:
            wrong = map(check.wrong, *(self.values[name] for name in check.columns), repeat(tomorrow))
            for i in compress(range(self.count), wrong):
                self.hard.setdefault(i, (check.columns[0], check.reason))

    def attach(self) -> None:
        """The content of the files that good rows name, sealed."""
        attached = self.table.attached
        if attached is None:
            return
        withdrawn = set(self.withdrawn)
        named = [i for i in range(self.count) if i not in self.hard and i not in withdrawn]
        given = [tuple(self.values[name][i] for name in attached.columns) for i in named]
        contents: list[bytes | None] = [None] * self.count
        for i, content in zip(named, attached.read(self.by.files, given), strict=True):
            if isinstance(content, bytes):
                contents[i] = self.by.secrets.seal(content, about=f"{self.table.target}.{attached.into}")
            else:
                self.hard[i] = content
        self.values[attached.into] = contents

    def build(self, assumed: list[bool]) -> Examined:
        faults = [
            Fault(self.block.lines[i], column, reason, masked(self.block.cell(column, i)))
            for i, (column, reason) in sorted(self.hard.items())
        ]
        good = [i not in self.hard for i in range(self.count)] if self.hard else [True] * self.count
        source = list(compress(range(self.count), good))
        fields = self.fields(source)
        if self.table.seals:
            self.values["sealed"] = [None] * self.count
            self.seal(source, fields)
        self.derive()
        columns = (self.values[name] for name in self.table.stored)
        rows = list(compress(zip(*columns, strict=True), good))
        return Examined(rows, fields, list(compress(assumed, good)), source, self.identifiers(source), faults)

    def derive(self) -> None:
        for each in self.table.derived:
            cells = zip(*(self.values[name] for name in each.columns), strict=True)
            self.values[each.into] = [None if None in given else each.make(*given) for given in cells]

    def fields(self, source: list[int]) -> list[dict[str, str]]:
        """What is to be sealed of each good row."""
        if not self.table.seals:
            return []
        given = {column.target: self.values[column.target] for column in self.table.sealed}
        given = {name: cells for name, cells in given.items() if any(cells)}
        names, everywhere = list(given), list(zip(*given.values(), strict=True)) or [()] * self.count
        fields = [{name: cell for name, cell in zip(names, everywhere[i], strict=True) if cell} for i in source]
        if self.table.mobile:
            for i, each in zip(source, fields, strict=True):
                reached = self.reached[i]
                if reached and reached.number:
                    each[self.table.mobile.name] = reached.number
        return fields

    def seal(self, source: list[int], fields: list[dict[str, str]]) -> None:
        blobs, always = self.values["sealed"], self.table.sealed_always
        wanted = [(i, each) for i, each in zip(source, fields, strict=True) if each or always]
        sealed = seal_rows(self.by.secrets, self.table.target, [each for _, each in wanted])
        for (i, _), blob in zip(wanted, sealed, strict=True):
            blobs[i] = blob

    def identifiers(self, source: list[int]) -> list[tuple[str, bytes]]:
        if not self.table.registers:
            return []
        named = [self.named[i] for i in source]
        secrets = self.by.secrets
        sealed = seal_rows(secrets, IDENTIFIER_TABLE, [{"number": each.number} for each in named if each])
        return [(each.type, blob) for each, blob in zip(filter(None, named), sealed, strict=True)]


def _empty(column: Column) -> object:
    return Refused("required") if column.key or column.required else column.reader.empty
