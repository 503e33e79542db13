"""The last stage: all spans with their insurer and the version of the law."""

import ibis.expr.types as ir

from daftar.rules.engine.tables import Tables, shaped

NUMBERED = ("key", "insurer", "starts", "ends", "basis", "reason", "after", "rule_version")


def numbered(tables: Tables) -> ir.Table:
    """All spans with days and words as numbers: of the short way, of the whole timeline, of other insurers."""
    own = tables["quick"].union(tables["hard_rows"])
    ours = shaped(own.join(tables["law_insurer"], "jurisdiction"), NUMBERED)
    others = shaped(tables["other_rows"].join(tables["law_insurer"].drop("insurer"), "jurisdiction"), NUMBERED)
    return ours.union(others)
