"""A nation's spans from Parquet files to a Parquet file, in bounded memory."""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from daftar.rules.engine.arrow import FACTS, facts_schema, law_arrow
from daftar.rules.engine.duckdb import IBIS_TYPES
from daftar.rules.engine.texts import Text, kept_texts

VIEWS = ("quick",)
"""Stages that are read once: not kept, but computed where they are read."""


def rebuild_files(folder: Path, out: Path, *, memory: str) -> int:
    """Spans of a nation from Parquet files `<fact table>.parquet` in `folder`, as numbers, to the Parquet file `out`.

    Keys may be of any type that the files have in common. Holds no more than `memory` (as DuckDB writes it, `3GB`) and
    spills the rest to `folder`. Returns the number of spans.
    """
    conn = duckdb.connect(":memory:")
    conn.execute(f"SET memory_limit = '{memory}'; SET temp_directory = '{folder / 'spill'}'")
    conn.execute("SET preserve_insertion_order = false")
    key_type = pq.read_schema(folder / "persons.parquet").field("key").type
    for name, table in law_arrow().items():
        conn.register("law_rows", table)
        conn.execute(f"CREATE TABLE {name} AS SELECT * FROM law_rows")
    for name in FACTS:
        file = folder / f"{name}.parquet"
        if file.exists():
            conn.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{file}')")
        else:
            conn.register(name, facts_schema(name, key_type).empty_table())
    *stages, last = kept_texts("duckdb", IBIS_TYPES[key_type])
    for place, stage in enumerate(stages):
        kind = "VIEW" if stage.name in VIEWS else "TABLE"
        conn.execute(f"CREATE {kind} {stage.name} AS {stage.sql}")
        _drop(conn, stage, [*stages[place + 1 :], last])
    count = conn.execute(f"COPY ({last.sql}) TO '{out}'").fetchone()
    return int(count[0]) if count else 0


def _drop(conn: duckdb.DuckDBPyConnection, done: Text, later: list[Text]) -> None:
    """Give back what no later stage reads."""
    needed = {name for stage in later for name in stage.reads} | ({*done.reads} if done.name in VIEWS else set())
    for name in {*done.reads} - needed - {*FACTS}:
        conn.execute(f"DROP TABLE {name}")
