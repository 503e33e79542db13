"""The law for one household: few facts, where reading and planning SQL costs more than running it.

All statements are prepared when the database in memory is made, and the tables stay: facts go in, and out again.
"""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from daftar.rules.engine.arrow import FACTS, KEY, facts_schema, in_words, law_arrow
from daftar.rules.engine.texts import Text, duckdb_texts

HOUSEHOLD_ROWS = 2_000
"""Up to so many facts are a household."""

USES = 1_000
"""Rows that were deleted still take time: after so many households the database is made anew."""

SQL_TYPES = {KEY: "VARCHAR", "string": "VARCHAR", "date": "DATE", "int16": "SMALLINT"}


class Household:
    """A database in memory that knows the law tables, for keys as text. Not for two threads at once."""

    def __init__(self) -> None:
        self.uses = 0
        self.conn = duckdb.connect(":memory:")
        self.conn.execute("SET threads = 1; PRAGMA disable_optimizer; SET preserve_insertion_order = false")
        empty = {name: facts_schema(name, pa.string()).empty_table() for name in FACTS}
        for name, table in {**law_arrow(), **empty}.items():
            self.conn.register("made", table)
            self.conn.execute(f"CREATE TABLE {name} AS SELECT * FROM made")
        self.conn.unregister("made")
        self.stages = duckdb_texts("string")
        for stage in self.stages:
            self.conn.execute(f"CREATE TABLE {stage.name} AS {stage.sql}")
        for stage in self.stages:
            self.conn.execute(f"PREPARE {stage.name}_in AS INSERT INTO {stage.name} {stage.sql}")
        self.facts_in = {name: _insert(name) for name in FACTS}

    @property
    def worn(self) -> bool:
        """Whether it is time for a new one."""
        return self.uses >= USES

    def spans_of(self, facts: Mapping[str, pa.Table]) -> pa.Table:
        """Spans of all persons in `facts`; an absent fact table is empty."""
        self.uses += 1
        known = dict(facts)
        if "evidence" in known and known["evidence"].num_rows and "whole" not in known:
            known["whole"] = known["persons"].select(["key"])  # one way instead of two: fewer statements
        filled = {name for name, table in known.items() if table.num_rows}
        for name in filled:
            self.conn.execute(self.facts_in[name], [column.to_pylist() for column in known[name].columns])
        for stage in self.stages:
            if stage.runs(filled) and self._insert(stage):
                filled.add(stage.name)
        spans = in_words(self.conn.sql("SELECT * FROM numbered").to_arrow_table())
        for name in filled:
            self.conn.execute(f"DELETE FROM {name}")
        return spans

    def _insert(self, stage: Text) -> int:
        """Run a stage and return its number of rows."""
        count = self.conn.execute(f"EXECUTE {stage.name}_in").fetchone()
        return int(count[0]) if count else 0


def _insert(name: str) -> str:
    """A fact table from one list for each column."""
    columns = ", ".join(f"unnest(?::{SQL_TYPES[kind]}[])" for kind in FACTS[name].values())
    return f"INSERT INTO {name} SELECT {columns}"
