"""The last stage, and its rows in words: spans with their insurer and the version of the law."""

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from daftar.rules.engine.tables import SPANS, Tables
from daftar.rules.states import BASES, FAR, REASONS

NUMBERED = ("key", "insurer", "starts", "ends", "basis", "reason", "after", "rule_version")


def numbered(tables: Tables) -> ir.Table:
    """All spans with days and words as numbers: of the short way, of the whole timeline, of other insurers."""
    own = tables["quick"].union(tables["hard_rows"])
    ours = own.join(tables["law_insurer"], "jurisdiction").select(*NUMBERED)
    others = tables["other_rows"].join(tables["law_insurer"].drop("insurer"), "jurisdiction").select(*NUMBERED)
    return ours.union(others)


def in_words(rows: pa.Table) -> pa.Table:
    """Numbered spans as `tables.SPANS`: dates, words, an open end empty."""
    ends = rows["ends"].cast(pa.int32())
    columns = {
        "key": rows["key"],
        "insurer": rows["insurer"],
        "starts": rows["starts"].cast(pa.int32()).cast(pa.date32()),
        "ends": pc.if_else(pc.greater_equal(ends, FAR), pa.scalar(None, pa.int32()), ends).cast(pa.date32()),
        "basis": _words(rows["basis"], BASES),
        "reason": _words(rows["reason"], REASONS),
        "reason_after": _words(rows["after"], REASONS),
        "rule_version": rows["rule_version"],
    }
    return pa.table(columns).select(SPANS)


def _words(numbers: pa.ChunkedArray, words: tuple[str, ...]) -> pa.ChunkedArray:
    return pc.take(pa.array([str(word) for word in words]), numbers)
