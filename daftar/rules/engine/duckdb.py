"""The law on DuckDB in the process: facts as Arrow in, spans as Arrow out."""

import threading
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from daftar.rules.engine.spans import in_words
from daftar.rules.engine.stages import STAGES, compiled
from daftar.rules.engine.tables import FACTS, facts_schema, law_arrow

IBIS_TYPES = {pa.string(): "string", pa.int64(): "int64", pa.binary(): "binary"}
HOUSEHOLD_ROWS = 2_000
"""Up to so many facts planning costs more than running: they go without DuckDB's optimizer."""

NATION_ROWS = 1_000_000
"""From so many facts on the database in memory is given back after the run."""


class Law:
    """A database in memory that knows the law tables, for facts with one type of key. Not for two threads at once."""

    def __init__(self, key_type: pa.DataType) -> None:
        self.conn = duckdb.connect(":memory:")
        self.conn.execute("SET preserve_insertion_order = false")
        self.filled = {stage.name for stage in STAGES}
        for name, table in law_arrow().items():
            self.conn.register("law_rows", table)
            self.conn.execute(f"CREATE TABLE {name} AS SELECT * FROM law_rows")
        self.empty = {name: facts_schema(name, key_type).empty_table() for name in FACTS}
        self._register(self.empty)
        texts = (f"CREATE OR REPLACE TABLE {name} AS {sql}" for name, sql in compiled(IBIS_TYPES[key_type], "duckdb"))
        self.stages = [
            self.conn.extract_statements(text)[0] for text in texts
        ]  # parsed once: half of a household's time
        for statement in self.stages:
            self.conn.execute(statement)

    def spans_of(self, facts: Mapping[str, pa.Table]) -> pa.Table:
        """Spans of all persons in `facts`; an absent fact table is empty."""
        known = {name: facts.get(name, table) for name, table in self.empty.items()}
        small = sum(table.num_rows for table in known.values()) <= HOUSEHOLD_ROWS
        if small and known["evidence"].num_rows and not known["whole"].num_rows:
            known["whole"] = known["persons"].select(["key"])  # one way instead of two: fewer statements
        self.conn.execute(f"PRAGMA {'disable' if small else 'enable'}_optimizer")
        self._register(known)
        self.run({name for name, table in known.items() if table.num_rows})
        self._register(self.empty)
        return in_words(self.conn.sql("SELECT * FROM numbered").to_arrow_table())

    def run(self, filled: set[str]) -> None:
        """Run the stages on facts that the connection already has; those that need only empty tables stay empty."""
        for statement, stage in zip(self.stages, STAGES, strict=True):
            if filled.isdisjoint(stage.needs) or stage.unless in filled:
                if stage.name in self.filled:
                    self.conn.execute(f"DELETE FROM {stage.name}")
            else:
                count = self.conn.execute(statement).fetchone()
                if count and count[0]:
                    filled.add(stage.name)
        self.filled = filled

    def _register(self, tables: Mapping[str, pa.Table]) -> None:
        for name, table in tables.items():
            self.conn.register(name, table)


_own = threading.local()


def spans_of(facts: Mapping[str, pa.Table]) -> pa.Table:
    """Coverage spans of all persons in `facts` by the law in force on each day.

    `facts` has the tables of `tables.FACTS`, their keys all of one type; an absent one is empty. Columns of the result:
    `tables.SPANS`. Each thread has its own database: requests in several threads do not wait for each other.
    """
    key_type = facts["persons"].schema.field("key").type
    laws: dict[pa.DataType, Law] = _own.__dict__.setdefault("laws", {})
    law = laws.get(key_type) or laws.setdefault(key_type, Law(key_type))
    spans = law.spans_of(facts)
    if sum(table.num_rows for table in facts.values()) >= NATION_ROWS:
        laws.pop(key_type).conn.close()
    return spans
