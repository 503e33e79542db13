"""Paid months as bit masks of four calendar years, and the runs of covered months in them.

A bit is a month. One pass over the contributions makes one mask for each person; only who paid in more than one slot, a
block of four years of one kind, is read again, slot by slot. Grace spreads each bit over the months after it.
"""

import ibis
import ibis.expr.types as ir

from daftar.rules.engine.days import day
from daftar.rules.engine.functions import bit_count, bit_or, inverse
from daftar.rules.engine.tables import Tables
from daftar.rules.engine.words import jurisdiction_number, kind_number
from daftar.rules.law import BLOCK_MONTHS, BLOCK_YEARS, MASK_GRACE, SHIFTS, SLOT_KINDS
from daftar.terms.outcomes import Kind

YEAR_BITS = (1 << 12) - 1


def paid(tables: Tables) -> ir.Table:
    """One mask for each person, with the first and the last slot that were paid in; right where they are the same."""
    return (
        _bits(tables)
        .group_by("key")
        .agg(mask=lambda t: bit_or(t.bits), first=lambda t: t.slot.min(), last=lambda t: t.slot.max())
    )


def paid_again(tables: Tables) -> ir.Table:
    """A mask for each slot of those whom one mask does not tell."""
    bits = _bits(tables).semi_join(tables["unclear"], "key")
    return bits.group_by("key", "slot").agg(mask=lambda t: bit_or(t.bits))


def _bits(tables: Tables) -> ir.Table:
    """Each paid month as a bit, each enrolment that counts as paid as the twelve bits of its year (contracts §1)."""
    contributions = tables["contributions"]
    paid = contributions.filter(contributions.days > 0)
    year = paid.month.year()
    one = ibis.literal(1, "int32").cast("int64")
    months = paid.select("key", slot=_slot(year, paid.kind), bits=one << (year & 3) * 12 + paid.month.month() - 1)
    return months.union(_enrolled(tables))


def _slot(year: ir.IntegerValue, kind: ir.StringValue) -> ir.IntegerValue:
    return ((year >> 2) * SLOT_KINDS + kind_number(kind)).cast("int32")


def _enrolled(tables: Tables) -> ir.Table:
    affiliations, law = tables["affiliations"], tables["law_enrolment"]
    resident = affiliations.filter(affiliations.kind == Kind.RESIDENT.value)
    persons = tables["persons"].select("key", jurisdiction=jurisdiction_number(tables["persons"].jurisdiction))
    known = resident.join(persons, "key")
    starts = day(known.starts)
    counted = known.join(law, [known.jurisdiction == law.jurisdiction, starts >= law.law_from, starts <= law.law_until])
    year = counted.starts.year()
    bits = ibis.literal(YEAR_BITS, "int32").cast("int64") << (year & 3) * 12
    return counted.select("key", slot=_slot(year, counted.kind), bits=bits)


def covered_bits(t: ir.Table) -> ir.Table:
    """`t` with `bits`, the months that a spell covers in a block: those paid by its end, spread over their grace.

    Grace of a month before the spell may reach into it: what lies before its first month is cut off. Where the grace is
    more than a mask holds, not yet: `extra` still lengthens the runs.

    `t` has mask, needed (months for a paid year; resident only), window (months of one law), slot, from_month,
    until_month, and the shifts that make the grace.
    """
    paid = t.mutate(bits=(t.needed > 0).ifelse(_whole_years(t.mask, t.needed), t.mask) & t.window)
    spread = paid.mutate(bits=paid.bits & _up_to(paid, paid.until_month, BLOCK_MONTHS))
    for shift in SHIFTS:
        spread = spread.mutate(bits=spread.bits | (spread.bits << spread[shift]))
    before = _up_to(spread, (spread.extra > 0).ifelse(0, spread.from_month) - 1, BLOCK_MONTHS + MASK_GRACE)
    return spread.mutate(bits=spread.bits & inverse(before))


def _whole_years(mask: ir.IntegerValue, needed: ir.IntegerValue) -> ir.IntegerValue:
    years = ibis.literal(0, "int64")
    for year in range(BLOCK_YEARS):
        bits = YEAR_BITS << 12 * year
        years = years | (bit_count(mask & bits) >= needed).ifelse(bits, 0)
    return years


def _up_to(t: ir.Table, month: ir.IntegerValue, width: int) -> ir.IntegerValue:
    """The bits of a block, of `width` at most, whose months come no later than `month`."""
    one = ibis.literal(1, "int32").cast("int64")
    count = month - first_month(t.slot) + 1
    return (one << ibis.least(ibis.greatest(count, 0), width)) - 1


def first_month(slot: ir.IntegerValue) -> ir.IntegerValue:
    """The first month of a slot's block."""
    return (slot.cast("int64") >> (SLOT_KINDS.bit_length() - 1)) * BLOCK_MONTHS


def first_place(bits: ir.IntegerValue) -> ir.IntegerValue:
    """Place of the lowest bit that is set."""
    return bit_count((bits & -bits) - 1)


def run_length(bits: ir.IntegerValue, place: ir.IntegerValue) -> ir.IntegerValue:
    """How many neighbouring bits are set from `place` on."""
    rest = bits >> place
    return bit_count((inverse(rest) & (rest + 1)) - 1)


def month_runs(covered: ir.Table, bit: ir.Table) -> ir.Table:
    """Each run of neighbouring bits of `covered.bits` as its months `run_from` to `run_until`, by trying every bit."""
    starts = covered.bits & inverse(covered.bits << 1)
    one = ibis.literal(1, "int32").cast("int64")
    tried = covered.mutate(run_starts=starts).join(bit, ((starts >> bit.bit) & one) == 1)
    runs = tried.mutate(length=run_length(tried.bits, tried.bit))
    run_from = first_month(runs.slot) + runs.bit
    return runs.mutate(
        run_from=run_from,
        run_until=run_from + runs.length - 1,
        run_first=(runs.bits & ((one << runs.bit) - 1)) == 0,
        run_last=(runs.bits >> (runs.bit + runs.length)) == 0,
    )
