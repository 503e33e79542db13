"""The ways to run the law give the same rows, on DuckDB and on SQLite, and kept SQL is what they compile to."""

from datetime import date
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from daftar.rules.engine import texts
from daftar.rules.engine.arrow import in_words
from daftar.rules.engine.duckdb import Law
from daftar.rules.engine.household import NUMBERED as COLUMNS
from daftar.rules.engine.household import Household, is_household
from daftar.rules.engine.nation import rebuild_files
from daftar.rules.engine.spans import NUMBERED
from daftar.rules.engine.sqlite_functions import day_in, day_of, month_in, year_in
from tests.rules.households import facts, household


@pytest.fixture(scope="module")
def houses() -> list[dict[str, pa.Table]]:
    random = Random(17)
    return [facts(household(random, f"h{n}")) for n in range(100)]


@pytest.fixture(scope="module")
def together(houses) -> dict[str, pa.Table]:
    return {name: pa.concat_tables([house[name] for house in houses]) for name in houses[0]}


def rows(table: pa.Table) -> list[str]:
    return sorted(map(str, table.to_pylist()))


def test_households_one_by_one_are_as_all_of_them_at_once(houses, together):
    law = Household()
    alone = pa.concat_tables([law.spans_of(house) for house in houses])
    assert rows(alone) == rows(law.spans_of(together)) == rows(Law(pa.string()).spans_of(together))
    assert tuple(COLUMNS.names) == NUMBERED


def test_nothing_stays_of_a_household_whose_facts_cannot_be_read(houses):
    law = Household()
    house = next(each for each in houses if each["affiliations"].num_rows)
    far = pa.array([-(10**6)] * house["affiliations"].num_rows)  # before the year 1
    with pytest.raises(RuntimeError):  # not as a database that is away
        law.spans_of({**house, "affiliations": house["affiliations"].set_column(2, "starts", far)})
    assert rows(law.spans_of(houses[1])) == rows(Household().spans_of(houses[1]))


def test_somebody_with_hundreds_of_facts_set_against_each_other_is_no_household():
    def cover(keys: list[str]) -> dict[str, pa.Table]:
        return {"persons": pa.table({"key": ["a"]}), "other_cover": pa.table({"key": keys})}

    assert is_household(cover(["a"] * 150 + ["b"] * 150))
    assert not is_household(cover(["a"] * 201 + ["b"]))
    assert not is_household({"contributions": pa.table({"key": [str(each) for each in range(5001)]})})


def test_a_household_is_written_to_no_disk():
    assert Household().conn.execute("PRAGMA temp_store").fetchone() == (2,)  # memory


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31), date(2000, 2, 29), date(9999, 12, 31)])
def test_days_on_sqlite_are_the_calendars(day: date):
    number = day_of(day.year, day.month, day.day)
    assert number == (day - date(1970, 1, 1)).days
    assert (year_in(number), month_in(number), day_in(number)) == (day.year, day.month, day.day)


def test_the_month_after_the_last_one_begins_the_day_after():
    assert day_of(10_000, 1, 1) == day_of(9999, 12, 31) + 1


def test_a_nation_from_parquet_is_as_the_same_facts_from_memory(together, tmp_path: Path):
    for name, table in together.items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
    count = rebuild_files(tmp_path, tmp_path / "spans.parquet", memory="1GB")
    written = in_words(pq.read_table(tmp_path / "spans.parquet"))
    assert count == written.num_rows > 200
    assert rows(written) == rows(Law(pa.string()).spans_of(together))


@pytest.mark.parametrize("dialect", ["duckdb", "sqlite"])
def test_kept_sql_is_what_the_expressions_compile_to(dialect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(texts, "FOLDER", tmp_path / "kept")
    compiled, kept = (texts.kept_texts.__wrapped__(dialect, "int64") for _ in range(2))
    assert compiled == kept
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_kept_sql_goes_by_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "months.py").write_text("one", encoding="utf-8")
    monkeypatch.setattr(texts, "SOURCES", (tmp_path,))
    before = texts._digest()
    (tmp_path / "months.py").write_text("two", encoding="utf-8")
    assert texts._digest() != before
