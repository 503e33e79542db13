"""The ways to run the law on DuckDB give the same rows, and its kept SQL is what the expressions compile to."""

from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from daftar.rules.engine import household as households
from daftar.rules.engine import texts
from daftar.rules.engine.arrow import in_words
from daftar.rules.engine.duckdb import Law
from daftar.rules.engine.household import Household
from daftar.rules.engine.nation import rebuild_files
from daftar.rules.engine.stages import compiled
from tests.rules.households import facts, household


@pytest.fixture(scope="module")
def houses() -> list[dict[str, pa.Table]]:
    random = Random(17)
    return [facts(household(random, f"h{n}")) for n in range(60)]


@pytest.fixture(scope="module")
def together(houses) -> dict[str, pa.Table]:
    return {name: pa.concat_tables([house[name] for house in houses]) for name in houses[0]}


def rows(table: pa.Table) -> list[str]:
    return sorted(map(str, table.to_pylist()))


def test_households_one_by_one_are_as_all_of_them_at_once(houses, together):
    law = Household()
    alone = pa.concat_tables([law.spans_of(house) for house in houses])
    assert rows(alone) == rows(Law(pa.string()).spans_of(together))


def test_a_nation_from_parquet_is_as_the_same_facts_from_memory(together, tmp_path: Path):
    for name, table in together.items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
    count = rebuild_files(tmp_path, tmp_path / "spans.parquet", memory="1GB")
    written = in_words(pq.read_table(tmp_path / "spans.parquet"))
    assert count == written.num_rows > 200
    assert rows(written) == rows(Law(pa.string()).spans_of(together))


def test_a_household_database_is_made_anew_after_many_uses(houses, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(households, "USES", 2)
    law = Household()
    law.spans_of(houses[0])
    assert not law.worn
    law.spans_of(houses[1])
    assert law.worn


def test_kept_sql_is_what_the_expressions_compile_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(texts, "FOLDER", tmp_path / "kept")
    first, again = (texts.duckdb_texts.__wrapped__("int64") for _ in range(2))
    assert first == again == compiled("int64", "duckdb")
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_kept_sql_goes_by_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "months.py").write_text("one", encoding="utf-8")
    monkeypatch.setattr(texts, "SOURCES", (tmp_path,))
    before = texts._digest()
    (tmp_path / "months.py").write_text("two", encoding="utf-8")
    assert texts._digest() != before
