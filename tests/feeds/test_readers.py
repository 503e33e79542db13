"""Columns read as a whole give what cell by cell gives, or nothing; large files only become faster."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.feeds.description import Reader
from daftar.feeds.memo import Memo, Refused
from daftar.feeds.readers import amount, code, money, text, whole
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
    values = reader.plain(cells, reader.empty)
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
    assert reader.plain(cells, reader.empty) == values


def test_an_empty_cell_of_a_required_column_is_still_a_fault() -> None:
    memo = Memo(READERS["amount"].read, Refused("required"), READERS["amount"].plain)
    assert memo.all([str(number) for number in range(100)]) == list(range(100))
    assert not memo, "nothing is remembered of a column whose cells differ"
    first, second = memo.all(["5000", ""])
    assert first == 5000
    assert isinstance(second, Refused)
    assert memo.all([]) == []


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
