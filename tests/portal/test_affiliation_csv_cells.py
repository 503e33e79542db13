"""Cells of an answer file are what the csv module writes and reads, and nothing that a spreadsheet runs (S1.7)."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftar.portal.affiliation.csv_cells import LineReader, cells_text
from daftar.portal.affiliation.heading import Heading
from daftar.portal.directory.sheets import harmless
from daftar.terms.misunderstood import Misunderstood

texts = st.text(st.sampled_from("a۱1.,;\"=@+-＝－\t\r\n |'") | st.characters(codec="utf-8"), max_size=6)


@given(st.lists(texts, min_size=1, max_size=6))
def test_cells_come_back_as_they_were_but_for_the_apostrophe_that_stops_a_formula(cells: list[str]) -> None:
    line = f"1{cells_text(cells)}\r\n"
    (read,) = csv.reader(StringIO(line, newline=""))
    assert read == ["1", *map(harmless, cells)]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        *(
            (cell, f"'{cell}")
            for cell in ("=1+1", "+1+1", "-1+1", "-", "@A1", "＝1", "\t=1", "\r=1", "\n=1", "-1.", "-۱")
        ),
        *((cell, cell) for cell in ("", "-1", "+989120000001", "-12.50", "1", "a=1", "۱-")),
        *((None, ""), (-3, "-3"), (-0.5, "-0.5")),
    ],
)
def test_no_cell_of_any_file_is_run_and_numbers_stay_numbers(cell: object, safe: str) -> None:
    assert harmless(cell) == safe


@given(st.lists(texts.filter(lambda cell: cell == harmless(cell)), min_size=1, max_size=6))
def test_the_bytes_are_those_of_the_csv_module(cells: list[str]) -> None:
    told = StringIO()
    csv.writer(told, lineterminator="\r\n").writerow(["1", *cells])
    assert f"1{cells_text(cells)}\r\n" == told.getvalue()


def test_cells_of_a_line_are_read_in_one_order_whatever_the_heading() -> None:
    reader = LineReader(Heading(("period_to", "number", "mark"), ";"))
    assert reader.cells("b ; 1;m") == ("m", "1", "", "b", "")
    assert reader.cells('"x;y";1;') == ("", "1", "", "x;y", "")
    assert reader.cells("b") == ("", "", "", "b", "")
    assert reader.cells("b;1;m; ;") == ("m", "1", "", "b", "")
    with pytest.raises(Misunderstood, match="file_cells_too_many"):
        reader.cells("b;1;m;more")
