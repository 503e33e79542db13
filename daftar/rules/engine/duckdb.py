"""The law on DuckDB in the process: facts as Arrow in, spans as Arrow out."""

import threading
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from daftar.rules.engine.spans import in_words
from daftar.rules.engine.stages import compiled
from daftar.rules.engine.tables import FACTS, facts_schema, law_arrow

_own = threading.local()
IBIS_TYPES = {pa.string(): "string", pa.int64(): "int64", pa.binary(): "binary"}


def spans_of(facts: Mapping[str, pa.Table], *, conn: duckdb.DuckDBPyConnection | None = None) -> pa.Table:
    """Coverage spans of all persons in `facts` by the law in force on each day.

    `facts` has the tables of `tables.FACTS`, their keys all of one type; an absent one is empty. Columns of the
    result: `tables.SPANS`. `conn` is a `connection()` of the caller's; without one it is this thread's own.
    """
    conn = conn or _connection()
    key_type = facts["persons"].schema.field("key").type
    for name in FACTS:
        table = facts.get(name)
        conn.register(name, facts_schema(name, key_type).empty_table() if table is None else table)
    return run(conn, key_type)


def run(conn: duckdb.DuckDBPyConnection, key_type: pa.DataType) -> pa.Table:
    """Run all stages on a connection that already knows the facts and law tables; return the spans."""
    stages = compiled(IBIS_TYPES[key_type], "duckdb")
    for name, sql in stages[:-1]:
        conn.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")
    return in_words(conn.sql(stages[-1][1]).to_arrow_table())


def connection() -> duckdb.DuckDBPyConnection:
    """A new database in memory that knows the law tables."""
    conn = duckdb.connect(":memory:")
    conn.execute("SET preserve_insertion_order = false")
    for name, table in law_arrow().items():
        conn.register("law_rows", table)
        conn.execute(f"CREATE TABLE {name} AS SELECT * FROM law_rows")
    return conn


def _connection() -> duckdb.DuckDBPyConnection:
    """This thread's database: requests in several threads do not wait for each other."""
    if not hasattr(_own, "conn"):
        _own.conn = connection()
    return _own.conn
