"""The law on PySpark, for where one machine is outgrown: the same stages and expressions (extra `spark`)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from daftar.rules.engine.arrow import FACTS, facts_schema, in_words, law_arrow
from daftar.rules.engine.stages import compiled

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
else:
    DataFrame = SparkSession = Any


def numbered(session: SparkSession, facts: Mapping[str, DataFrame], *, key_type: str = "string") -> DataFrame:
    """Numbered spans of all persons in `facts`, tables of `tables.FACTS` as data frames; an absent one is empty.

    Each stage is kept as it is finished, so that later ones do not compute it again.
    """
    arrow_key = pa.string() if key_type == "string" else pa.int64()
    for name in FACTS:
        empty = facts_schema(name, arrow_key).empty_table()
        (facts[name] if name in facts else session.createDataFrame(empty)).createOrReplaceTempView(name)
    for name, table in law_arrow().items():
        session.createDataFrame(table).createOrReplaceTempView(name)
    *stages, last = compiled(key_type, "pyspark")
    for stage in stages:
        session.sql(stage.sql).localCheckpoint(eager=True).createOrReplaceTempView(stage.name)
    return session.sql(last.sql)


def spans_of(session: SparkSession, facts: Mapping[str, pa.Table]) -> pa.Table:
    """Spans in words from facts as Arrow tables: what `engine.duckdb.spans_of` gives, for what fits on one machine."""
    frames = {name: session.createDataFrame(table) for name, table in facts.items() if table.num_rows}
    return in_words(numbered(session, frames).toArrow())
