"""The law in the process: facts as Arrow in, spans as Arrow out; on DuckDB, a household on SQLite (ADR 0025)."""

from collections.abc import Mapping
from typing import TypeVar

import duckdb
import pyarrow as pa

from daftar.rules.engine.arrow import FACTS, facts_schema, in_words, law_arrow
from daftar.rules.engine.household import Household, is_household
from daftar.rules.engine.texts import kept_texts

IBIS_TYPES = {pa.string(): "string", pa.int64(): "int64", pa.binary(): "binary"}

T = TypeVar("T")

NATION_ROWS = 1_000_000
"""From so many facts on the database in memory is given back after the run."""


class Law:
    """A database in memory that knows the law tables, for facts with one type of key. Not for two threads at once."""

    def __init__(self, key_type: pa.DataType) -> None:
        self.conn = duckdb.connect(":memory:")
        self.conn.execute("SET preserve_insertion_order = false")
        for name, table in law_arrow().items():
            self.conn.register("law_rows", table)
            self.conn.execute(f"CREATE TABLE {name} AS SELECT * FROM law_rows")
        self.empty = {name: facts_schema(name, key_type).empty_table() for name in FACTS}
        self._register(self.empty)
        self.stages = kept_texts("duckdb", IBIS_TYPES[key_type])
        for stage in self.stages:
            self.conn.execute(f"CREATE TABLE {stage.name} AS {stage.sql}")
        self.filled = {stage.name for stage in self.stages}

    def spans_of(self, facts: Mapping[str, pa.Table]) -> pa.Table:
        """Spans of all persons in `facts`; an absent fact table is empty."""
        known = {name: facts.get(name, table) for name, table in self.empty.items()}
        self._register(known)
        self._run({name for name, table in known.items() if table.num_rows})
        self._register(self.empty)  # the caller's facts are not held
        return in_words(self.conn.sql("SELECT * FROM numbered").to_arrow_table())

    def _run(self, filled: set[str]) -> None:
        """Run the stages on facts that the connection already has; those that need only empty tables stay empty."""
        before, self.filled = self.filled, filled
        for stage in self.stages:
            if stage.runs(filled):
                count = self.conn.execute(f"CREATE OR REPLACE TABLE {stage.name} AS {stage.sql}").fetchone()
                if count and count[0]:
                    filled.add(stage.name)
            elif stage.name in before:
                self.conn.execute(f"DELETE FROM {stage.name}")

    def _register(self, tables: Mapping[str, pa.Table]) -> None:
        for name, table in tables.items():
            self.conn.register(name, table)


_laws: dict[pa.DataType, list[Law]] = {}
_households: list[Household] = []
"""Those that nobody uses now: making one takes time, so any thread uses them again."""


def spans_of(facts: Mapping[str, pa.Table]) -> pa.Table:
    """Coverage spans of all persons in `facts` by the law in force on each day.

    `facts` has the tables of `arrow.FACTS`, their keys all of one type; an absent one is empty. Columns of the result:
    `arrow.SPANS`. Calls at once have a database each: requests in several threads do not wait for each other.
    """
    rows = sum(table.num_rows for table in facts.values())
    key_type = facts["persons"].schema.field("key").type
    if key_type == pa.string() and is_household(facts):
        return _household_spans(facts)
    resting = _laws.setdefault(key_type, [])
    law = _taken(resting) or Law(key_type)
    spans = law.spans_of(facts)  # after an error the law is not used again
    if rows < NATION_ROWS:
        resting.append(law)
    else:
        law.conn.close()
    return spans


def _household_spans(facts: Mapping[str, pa.Table]) -> pa.Table:
    household = _taken(_households) or Household()
    spans = household.spans_of(facts)
    _households.append(household)
    return spans


def warm_up(*, many: bool = False) -> None:
    """Prepare the law for households before the first one comes, or for `many`: for a server's start, or a long run."""
    household = _taken(_households) or Household()
    household.spans_of({})
    _households.append(household)
    if many:
        resting = _laws.setdefault(pa.string(), [])
        resting.append(_taken(resting) or Law(pa.string()))


def _taken(resting: list[T]) -> T | None:
    """A resting one; taking from a list is one step, so two threads never get the same."""
    try:
        return resting.pop()
    except IndexError:
        return None
