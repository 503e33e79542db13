"""Functions on bits that DuckDB and Spark know by the same name, and Ibis not yet on both."""

import ibis


@ibis.udf.scalar.builtin
def bit_count(mask: int) -> int:
    """Number of bits that are set."""
    ...


@ibis.udf.agg.builtin
def bit_or(mask: int) -> int:
    """All bits that are set in any row."""
    ...
