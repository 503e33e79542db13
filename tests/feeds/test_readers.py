"""Columns read as a whole give what cell by cell gives, or nothing; large files only become faster."""

import sys
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from daftar.feeds.block import Block, as_cells
from daftar.feeds.description import Reader
from daftar.feeds.examine import Examiner
from daftar.feeds.formats.csv_rows import _careful, _plain
from daftar.feeds.formats.lines import Piece
from daftar.feeds.memo import Memo, Refused
from daftar.feeds.readers import amount, code, day, instant, money, month, ratio, text, whole
from daftar.feeds.tables import TABLES
from daftar.store.keys import Secrets
from daftar.terms.misunderstood import Misunderstood
from tests.feeds.conftest import Registry
from tests.feeds.test_tables import ROWS

READERS = {
    "amount": amount(),
    "money": money(),
    "version": whole(1, 2_000_000_000),
    "code": code(8),
    "text": text(6),
    "text with a word for nothing": text(6, empty="feed"),
}
ORDINARY = st.one_of(st.integers(0, 10**16).map(str), st.text("abcA9-._/:#", max_size=9))
STRANGE = st.one_of(
    st.sampled_from(
        ["", " ", " 12", "12 ", "-5", "۱۲", "²", "1\n2", "a\nb", "é", "a b", "می‌ک", "\u202e1", "+1", "1_0", "0x1"]
    ),
    st.text(max_size=9),
)


def slowly(reader: Reader, cells: list[str]) -> list[object]:
    """Cell by cell."""
    memo = Memo(reader.read, reader.empty)
    return [memo[cell] for cell in cells]


@pytest.mark.parametrize("name", READERS)
@given(cells=st.one_of(st.lists(ORDINARY, min_size=1), st.lists(ORDINARY | STRANGE, min_size=1)))
def test_a_column_as_a_whole_is_its_cells(name: str, cells: list[str]) -> None:
    reader = READERS[name]
    assert reader.plain is not None
    values = reader.plain(as_cells(cells), reader.empty)
    assert values is None or values == slowly(reader, cells)


@pytest.mark.parametrize(
    ("name", "cells", "values"),
    [
        ("amount", ["1", "999999999999999", "", "007"], [1, 10**15 - 1, None, 7]),
        ("code", ["a1", "H3606"], ["a1", "H3606"]),
        ("text", ["心内科", "", " x "], ["心内科", "", "x"]),
        ("text with a word for nothing", ["", "x"], ["feed", "x"]),
    ],
)
def test_ordinary_columns_are_read_as_a_whole(name: str, cells: list[str], values: list[object]) -> None:
    reader = READERS[name]
    assert reader.plain is not None
    assert reader.plain(as_cells(cells), reader.empty) == values


def test_an_empty_cell_of_a_required_column_is_still_a_fault() -> None:
    memo = Memo(READERS["amount"].read, Refused("required"), READERS["amount"].plain)
    assert memo.all(as_cells([str(number) for number in range(100)])) == list(range(100))
    assert not memo, "nothing is remembered of a column whose cells differ"
    first, second = memo.all(as_cells(["5000", ""]))
    assert first == 5000
    assert isinstance(second, Refused)
    assert memo.all(as_cells([])) == []


def test_a_cell_of_blanks_in_a_required_column_is_a_fault_too() -> None:
    memo = Memo(READERS["text"].read, Refused("required"), READERS["text"].plain)
    for blank in (" ", "\u3000", "\u00a0", "\r"):
        values = memo.all(as_cells(["one", blank, "three"]))
        assert (values[0], type(values[1]), values[2]) == ("one", Refused, "three")
        assert memo.refused, "whoever examines the rows looks for it"


def test_faults_late_in_a_varied_file_are_found(people: Registry) -> None:
    """After thousands of ordinary rows, which are read as a whole, the strange ones are told one by one."""
    rows = [ROWS["settlements"] | {"settlement_id": f"S{number}", "total": str(number)} for number in range(9_000)]
    strange = {8_100: "-1", 8_200: "", 8_300: "9" * 16, 8_400: "1.5", 8_500: "۷۷"}
    for place, cell in strange.items():
        rows[place] = rows[place] | {"total": cell}
    report = people.load("settlements", rows, suffix=".csv", at=datetime(2026, 11, 21, 12, tzinfo=UTC))
    assert [(each.line - 2, each.reason) for each in report.quarantined] == [
        (8_100, "amount_below_zero"),
        (8_200, "required"),
        (8_300, "out_of_range"),
        (8_400, "not_a_whole_number"),
    ]
    assert people.query("SELECT total FROM settlement WHERE settlement_id = 'S8500'") == [(77,)]


FIGURES = {
    "day": (day(), "2026-11-21"),
    "month": (month(), "2026-10"),
    "time": (instant(), "2026-11-21T10:00:00Z"),
    "whole number": (whole(0, 99), "30"),
    "share": (ratio(), "0.85"),
    "code": (code(16), "A-10"),
}
SCRIPTS = [chr(zero) for zero in range(sys.maxunicode) if unicodedata.decimal(chr(zero), None) == 0]
READ = {"0", "٠", "۰", "０"}
"""The zeros of the scripts whose digits are taken: Latin, Arabic, Persian, full-width."""


@pytest.mark.parametrize("name", FIGURES)
@given(zero=st.sampled_from(SCRIPTS), typed=st.data())
def test_a_digit_of_another_script_is_a_fault_and_never_stored(name: str, zero: str, typed: st.DataObject) -> None:
    """Every digit of Unicode matches `\\d`; a month of such digits was stored once, and no rebuild could read it."""
    reader, ordinary = FIGURES[name]
    place = typed.draw(st.sampled_from([place for place, letter in enumerate(ordinary) if letter.isdecimal()]))
    cell = ordinary[:place] + chr(ord(zero) + int(ordinary[place])) + ordinary[place + 1 :]
    with suppress(Misunderstood):
        assert reader.read(cell) == reader.read(ordinary)
        assert zero in READ


TRICKY = st.sampled_from(["a", "", " ", "\0", "é", "NA", "1", "a", "b", '"', "\r", "\ufeff"])
LINES = st.integers(1, 3).flatmap(
    lambda width: st.tuples(
        st.just(width),
        st.lists(st.lists(TRICKY, min_size=width, max_size=width) | st.lists(TRICKY, max_size=3), max_size=3),
    )
)


@example((2, [["\ufeffa", "b"]]))
@example((2, [["a", "b"], [""], ["c", "d"]]))
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(LINES)
def test_lines_split_together_are_the_lines_split_one_by_one(sent: tuple[int, list[list[str]]]) -> None:
    width, texts = sent
    piece = Piece(2, 0, "\n".join(",".join(cells) for cells in texts).encode())
    columns = _plain(piece, width)
    if columns is not None:
        numbers, rows, faults = _careful(piece.lines(), width)
        assert (numbers, faults) == (list(range(2, len(piece) + 2)), [])
        assert [column.to_pylist() for column in columns] == [list(cells) for cells in zip(*rows, strict=True)]


def mostly(good: st.SearchStrategy[str], *strange: str) -> st.SearchStrategy[str]:
    """Nearly always something that may come in: a row has nine cells."""
    return st.integers(0, 30).flatmap(lambda chance: st.sampled_from(strange) if chance == 0 else good)


CELLS = {
    "id_type": mostly(st.just("ir-national-code"), "", "cn-resident-id"),
    "id_number": mostly(st.sampled_from(["9999999980", "999-999998-0", "0012345679"]), "9999999999", "1", ""),
    "month": mostly(st.sampled_from(["2026-10", "2026-11", "۲۰۲۶-۱۰"]), "2026-13", ""),
    "kind": mostly(st.sampled_from(["compulsory", "voluntary"]), "else"),
    "days": mostly(st.integers(0, 31).map(str), "", "x", "۳۰", "-1", "32"),
    "amount": mostly(st.integers(0, 10**18 - 1).map(str), "", "-1", "1e3", "007", str(10**18)),
    "currency": mostly(st.just("IRR"), "", "rial"),
    "recorded_at": mostly(st.sampled_from(["2026-10-01T00:00:00Z", ""]), "yesterday", "2030-01-01"),
    "deleted": mostly(st.sampled_from(["", "", "true"]), "maybe"),
}


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=15), cut=st.integers(0, 14))
def test_a_block_examined_as_a_whole_is_its_rows_examined_one_by_one(rows: list[dict[str, str]], cut: int) -> None:
    at, start = datetime(2026, 11, 21, 12, tzinfo=UTC), min(cut, len(rows))
    secrets = Secrets(b"examined".ljust(32))
    block = Block(list(range(2, len(rows) + 2)), {name: as_cells([row[name] for row in rows]) for name in CELLS})
    part = block.part(start, 5)
    together = Examiner(TABLES["contributions"], secrets).examine(block, at).part(block, part)
    slow = Examiner(TABLES["contributions"], secrets)
    for memo in slow.columns.values():
        memo.plain = None
    singly = [slow.examine(part.part(place, 1), at) for place in range(len(part))]
    assert together.rows == [row for each in singly for row in each.rows]
    assert together.assumed == [mark for each in singly for mark in each.assumed]
    assert together.source == [place for place, each in enumerate(singly) if each.rows]
    assert together.faults == [fault for each in singly for fault in each.faults]
