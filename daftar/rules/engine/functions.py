"""Functions on bits that the engines know by the same name, and Ibis not yet on all."""

import ibis
import ibis.expr.types as ir


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def bit_count(mask: int) -> int:
    """Number of bits that are set."""
    raise NotImplementedError  # the engine's own function runs


@ibis.udf.agg.builtin  # type: ignore[untyped-decorator]
def bit_or(mask: int) -> int:
    """All bits that are set in any row."""
    raise NotImplementedError  # the engine's own function runs


def inverse(mask: ir.IntegerValue) -> ir.IntegerValue:
    """All other bits. Not `~`: of `~(a << b)` Ibis 12 drops the brackets, and `~a << b` is something else."""
    return ibis.literal(-1, "int64") - mask
