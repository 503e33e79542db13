"""The law for one household, on SQLite in memory (ADR 0025): few facts, where an engine for millions only gets ready.

The tables stay and are empty between two households: facts go in, the stages run, and all is rolled back. The
statements are read once a database; Python keeps them.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from daftar.rules.engine.arrow import FACTS, in_words, law_arrow
from daftar.rules.engine.sqlite_functions import functions_add
from daftar.rules.engine.texts import Text, kept_texts

HOUSEHOLD_ROWS = 5_000
"""Up to so many facts are a household, or some: beyond it DuckDB soon is the faster one."""

PAIRED = ("other_cover", "evidence", "dependencies")
MOST_OF_ONE = 200
"""Facts of one person that are set against each other, each with each: with more of them DuckDB is the faster one."""

NUMBERED = pa.schema(
    [
        ("key", pa.string()),
        ("insurer", pa.string()),
        *((name, pa.int32()) for name in ("starts", "ends", "basis", "reason", "after")),
        ("rule_version", pa.string()),
    ]
)
"""The last stage's columns (spans.NUMBERED)."""

STATEMENTS = 100
"""More than there are: one a stage and a fact table."""


class Household:
    """A database in memory that knows the law tables, for keys as text. Not for two threads at once."""

    def __init__(self) -> None:
        self.conn = sqlite3.connect(
            ":memory:", isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS
        )
        self.conn.execute("PRAGMA temp_store = MEMORY")  # keys and days of persons are written to no disk
        functions_add(self.conn)
        for name, table in law_arrow().items():
            self._make(name, table.column_names)
            self.conn.executemany(_insert(name, table.num_columns), _rows(table))
        for name, columns in FACTS.items():
            self._make(name, tuple(columns))
        self.stages = kept_texts("sqlite", "string")
        for stage in self.stages:
            self._make(stage.name, stage.columns)

    def spans_of(self, facts: Mapping[str, pa.Table]) -> pa.Table:
        """Spans of all persons in `facts`; an absent fact table is empty.

        Raises RuntimeError where the law fails: SQLite's own error would be taken for a database that is away.
        """
        known = dict(facts)
        if "evidence" in known and known["evidence"].num_rows and "whole" not in known:
            known["whole"] = known["persons"].select(["key"])  # one way instead of two: fewer statements
        self.conn.execute("BEGIN")
        try:
            return in_words(_numbered(self._run(known)))
        except sqlite3.Error as error:
            raise RuntimeError("the law could not be computed") from error
        finally:
            self.conn.rollback()

    def _run(self, facts: Mapping[str, pa.Table]) -> Sequence[tuple[Any, ...]]:
        filled = {name for name, table in facts.items() if table.num_rows}
        for name in filled:
            self.conn.executemany(_insert(name, len(FACTS[name])), _rows(facts[name].select(list(FACTS[name]))))
        for stage in self.stages:
            if stage.runs(filled) and self._insert(stage):
                filled.add(stage.name)
        return self.conn.execute(f"SELECT {', '.join(NUMBERED.names)} FROM numbered").fetchall()

    def _insert(self, stage: Text) -> int:
        """Run a stage and return its number of rows."""
        return self.conn.execute(f'INSERT INTO "{stage.name}" {stage.sql}').rowcount

    def _make(self, name: str, columns: Sequence[str]) -> None:
        self.conn.execute(f'CREATE TABLE "{name}" ({", ".join(map(_quoted, columns))})')


def is_household(facts: Mapping[str, pa.Table]) -> bool:
    """Whether so few facts are quicker here: few in all, and few of any one person."""
    if sum(table.num_rows for table in facts.values()) > HOUSEHOLD_ROWS:
        return False
    crowds = (facts[name]["key"] for name in PAIRED if name in facts and facts[name].num_rows > MOST_OF_ONE)
    return all(pc.max(pc.value_counts(keys).field("counts")).as_py() <= MOST_OF_ONE for keys in crowds)


def _insert(name: str, columns: int) -> str:
    return f'INSERT INTO "{name}" VALUES ({", ".join("?" * columns)})'


def _quoted(name: str) -> str:
    return f'"{name}"'


def _rows(table: pa.Table) -> Any:
    """Rows of a table, days as numbers."""
    columns = (column.cast(pa.int32()) if column.type == pa.date32() else column for column in table.columns)
    return zip(*(column.to_pylist() for column in columns), strict=True)


def _numbered(rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    if not rows:
        return NUMBERED.empty_table()
    columns = zip(*rows, strict=True)
    return pa.table([pa.array(cells, field.type) for field, cells in zip(NUMBERED, columns, strict=True)], NUMBERED)
