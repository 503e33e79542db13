"""Codes of states (rules.states) as expressions."""

import ibis
import ibis.expr.types as ir

from daftar.rules.states import (
    BASIS_SHIFT,
    CLASS_SHIFT,
    COVERED,
    ENDED,
    FAR,
    LONG_AGO,
    RANK_SHIFT,
    reason_id,
    state,
)
from daftar.terms.outcomes import Basis, Reason


def number(value: int) -> ir.IntegerValue:
    """A whole number of 64 bits on every engine; SQL would take a small one for less."""
    return small(value).cast("int64") if abs(value) < 1 << 31 else ibis.literal(value, "int64")


def small(value: int) -> ir.IntegerValue:
    """A day, a basis or a reason: 32 bits on every engine."""
    return ibis.literal(value, "int32")


def covered_code(starts: ir.IntegerValue, basis: ir.IntegerValue, reason: ir.IntegerValue) -> ir.IntegerValue:
    """Covered from `starts` on: the earlier start counts."""
    low = basis * (1 << BASIS_SHIFT) + reason
    return number(COVERED << CLASS_SHIFT) + (starts - number(LONG_AGO)) * (1 << RANK_SHIFT) + low


def ended_code(since: ir.IntegerValue, reason: Reason) -> ir.IntegerValue:
    """Nothing in force since `since`: the latest end counts, an affiliation's before a dependency's."""
    rank = (number(FAR) - since) * 2 + int(reason is not Reason.AFFILIATION_ENDED)
    return number((ENDED << CLASS_SHIFT) + state(Basis.NONE, reason)) + rank * (1 << RANK_SHIFT)


def reason_number(reason: Reason) -> ir.IntegerValue:
    """A reason as its number."""
    return small(reason_id(reason))
