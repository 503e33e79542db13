"""The law on DuckDB in the process: facts as Arrow in, spans as Arrow out."""

from collections.abc import Mapping, Sequence, Set
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from daftar.rules.engine.spans import in_words
from daftar.rules.engine.stages import STAGES, Stage, compiled
from daftar.rules.engine.tables import FACTS, facts_schema, law_arrow

IBIS_TYPES = {pa.string(): "string", pa.int64(): "int64", pa.binary(): "binary"}
HOUSEHOLD_ROWS = 2_000
"""Up to so many facts are a household."""

EVERY_STAGE = frozenset(stage.name for stage in STAGES)

NATION_ROWS = 1_000_000
"""From so many facts on the database in memory is given back after the run."""


class Law:
    """A database in memory that knows the law tables, for facts with one type of key. Not for two threads at once."""

    def __init__(self, key_type: pa.DataType, *, household: bool = False) -> None:
        """`household`: for few facts, where planning and handing work to threads costs more than the work."""
        self.household = household
        self.conn = duckdb.connect(":memory:")
        if household:
            self.conn.execute("SET threads = 1; PRAGMA disable_optimizer")
        self.conn.execute("SET preserve_insertion_order = false")
        self.filled: Set[str] = EVERY_STAGE
        for name, table in law_arrow().items():
            self.conn.register("law_rows", table)
            self.conn.execute(f"CREATE TABLE {name} AS SELECT * FROM law_rows")
        self.known: dict[str, pa.Table] = {}
        self.empty = {name: facts_schema(name, key_type).empty_table() for name in FACTS}
        self._register(self.empty)
        self.texts = [sql for _, sql in compiled(IBIS_TYPES[key_type], "duckdb")]
        made = [f"CREATE OR REPLACE TABLE {stage.name} AS {sql}" for stage, sql in zip(STAGES, self.texts, strict=True)]
        self.stages = [self.conn.extract_statements(text)[0] for text in made]  # parsing is half of a household's time
        for statement in self.stages:
            self.conn.execute(statement)

    def spans_of(self, facts: Mapping[str, pa.Table]) -> pa.Table:
        """Spans of all persons in `facts`; an absent fact table is empty."""
        known = {name: facts.get(name, table) for name, table in self.empty.items()}
        if self.household and known["evidence"].num_rows and not known["whole"].num_rows:
            known["whole"] = known["persons"].select(["key"])  # one way instead of two: fewer statements
        self._register(known)
        self.run({name for name, table in known.items() if table.num_rows})
        self._register({name: self.empty[name] for name, table in known.items() if table.num_rows > HOUSEHOLD_ROWS})
        return in_words(self.conn.sql("SELECT * FROM numbered").to_arrow_table())

    def run(self, filled: set[str], stages: Sequence[Stage] = STAGES) -> None:
        """Run the stages on facts that the connection already has; those that need only empty tables stay empty."""
        before, self.filled = self.filled, EVERY_STAGE  # whatever is left when a stage fails
        for statement, stage in zip(self.stages, stages, strict=False):
            if filled.isdisjoint(stage.needs) or stage.unless in filled:
                if stage.name in before:
                    self.conn.execute(f"DELETE FROM {stage.name}")
            else:
                count = self.conn.execute(statement).fetchone()
                if count and count[0]:
                    filled.add(stage.name)
        self.filled = filled

    def _register(self, tables: Mapping[str, pa.Table]) -> None:
        for name, table in tables.items():
            if self.known.get(name) is not table:
                self.conn.register(name, table)
                self.known[name] = table


_resting: dict[tuple[pa.DataType, bool], list[Law]] = {}
"""Laws that nobody uses now: making one takes 0.3 s, the first of a process 2 s, so any thread uses them again."""


def spans_of(facts: Mapping[str, pa.Table]) -> pa.Table:
    """Coverage spans of all persons in `facts` by the law in force on each day.

    `facts` has the tables of `tables.FACTS`, their keys all of one type; an absent one is empty. Columns of the result:
    `tables.SPANS`. Calls at once have a database each: requests in several threads do not wait for each other.
    """
    rows = sum(table.num_rows for table in facts.values())
    kind = facts["persons"].schema.field("key").type, rows <= HOUSEHOLD_ROWS
    law = _take(kind)
    spans = law.spans_of(facts)  # after an error the law is not used again
    if rows < NATION_ROWS:
        _resting[kind].append(law)
    else:
        law.conn.close()
    return spans


def warm_up() -> None:
    """Compile the law for households before the first one comes: for a server's start."""
    kind = pa.string(), True
    law = _take(kind)
    law.spans_of(law.empty)
    _resting[kind].append(law)


def _take(kind: tuple[pa.DataType, bool]) -> Law:
    """A resting law, or a new one; taking from a list is one step, so two threads never get the same."""
    resting = _resting.setdefault(kind, [])
    try:
        return resting.pop()
    except IndexError:
        return Law(kind[0], household=kind[1])


def rebuild_files(folder: Path, out: Path, *, memory: str) -> int:
    """Spans of a nation from Parquet files `<fact table>.parquet` in `folder`, as numbers, to the Parquet file `out`.

    Keys may be of any type that the files have in common. Holds no more than `memory` (as DuckDB writes it, `3GB`) and
    spills the rest to `folder`. Returns the number of spans.
    """
    persons = pq.read_schema(folder / "persons.parquet")
    law = Law(persons.field("key").type)
    law.conn.execute(f"SET memory_limit = '{memory}'")
    law.conn.execute(f"SET temp_directory = '{folder / 'spill'}'")
    for name in law.empty:
        if (folder / f"{name}.parquet").exists():
            law.conn.unregister(name)
            law.conn.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{folder / name}.parquet')")
    law.run({name for name in law.empty if name != "whole"}, STAGES[:-1])
    count = law.conn.execute(f"COPY ({law.texts[-1]}) TO '{out}'").fetchone()
    return int(count[0]) if count else 0
