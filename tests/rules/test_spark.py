"""The same expressions on PySpark give the same rows. Slow: starts a Java virtual machine."""

from random import Random

import pytest

from daftar.rules.engine import duckdb
from tests.rules.households import facts, household

pytestmark = pytest.mark.slow


def test_pyspark_gives_the_same_spans_as_duckdb(tmp_path):
    from pyspark.sql import SparkSession  # the extra `spark`, which make test-slow installs

    from daftar.rules.engine import spark

    random = Random(99)
    some = facts(human for n in range(300) for human in household(random, f"h{n}"))
    builder = SparkSession.builder.master("local[2]").appName("daftar").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.driver.bindAddress", "127.0.0.1")
    session = builder.config("spark.sql.warehouse.dir", str(tmp_path)).getOrCreate()
    try:
        there = spark.spans_of(session, some).to_pylist()
    finally:
        session.stop()
    here = duckdb.spans_of(some).to_pylist()
    assert len(here) > 1_000
    assert sorted(map(str, there)) == sorted(map(str, here))
