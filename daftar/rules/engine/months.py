"""Paid months as bit masks of four calendar years, and the runs of covered months in them.

A bit is a month. One pass over the contributions makes one mask for each person and kind; only who paid in more
than one block of four years is read again, block by block. Grace spreads each bit over the months after it.
"""

import ibis
import ibis.expr.types as ir

from daftar.rules.engine.days import day
from daftar.rules.engine.functions import bit_count, bit_or, inverse
from daftar.rules.engine.tables import Tables
from daftar.rules.law import BLOCK_MONTHS, BLOCK_YEARS, MASK_GRACE
from daftar.terms.outcomes import Kind

YEAR_BITS = (1 << 12) - 1


def paid(tables: Tables) -> ir.Table:
    """One mask for each person and kind, with the first and the last block that were paid in."""
    return (
        _bits(tables)
        .group_by("key", "kind")
        .agg(mask=lambda t: bit_or(t.bits), first=lambda t: t.block.min(), last=lambda t: t.block.max())
    )


def paid_again(tables: Tables) -> ir.Table:
    """A mask for each block of those who paid in more than one."""
    paid = tables["paid"]
    several = paid.filter(paid.first != paid.last).select("key", "kind")
    bits = _bits(tables).semi_join(several, ["key", "kind"])
    return bits.group_by("key", "kind", "block").agg(mask=lambda t: bit_or(t.bits))


def _bits(tables: Tables) -> ir.Table:
    """Each paid month as a bit, each enrolment that counts as paid as the twelve bits of its year (contracts §1)."""
    contributions = tables["contributions"]
    paid = contributions.filter(contributions.days > 0)
    year = paid.month.year()
    one = ibis.literal(1, "int32").cast("int64")
    months = paid.select(
        "key",
        "kind",
        block=(year >> 2).cast("int32"),
        bits=one << (year & 3) * 12 + paid.month.month() - 1,
    )
    return months.union(_enrolled(tables))


def _enrolled(tables: Tables) -> ir.Table:
    affiliations, law = tables["affiliations"], tables["law_enrolment"]
    resident = affiliations.filter(affiliations.kind == Kind.RESIDENT.value)
    known = resident.join(tables["persons"].select("key", "jurisdiction"), "key")
    starts = day(known.starts)
    counted = known.join(law, [known.jurisdiction == law.jurisdiction, starts >= law.law_from, starts <= law.law_until])
    year = counted.starts.year()
    bits = ibis.literal(YEAR_BITS, "int32").cast("int64") << (year & 3) * 12
    return counted.select("key", "kind", block=(year >> 2).cast("int32"), bits=bits)


def masks(tables: Tables) -> ir.Table:
    """All masks: key, kind, block, mask, and whether it is the only one of its key and kind."""
    paid = tables["paid"]
    single = paid.filter(paid.first == paid.last)
    single = single.select("key", "kind", block=single.first, mask=single.mask, single=True)
    several = tables["paid_again"]
    return single.union(several.select("key", "kind", "block", "mask", single=False))


def covered_bits(t: ir.Table) -> ir.Table:
    """`t` with `bits`, the months that a spell covers in a block: those paid by its end, spread over their grace.

    Grace of a month before the spell may reach into it: what lies before its first month is cut off. Where the grace is
    more than a mask holds, not yet: `extra` still lengthens the runs.

    `t` has mask, needed (months for a paid year; resident only), window (months of one law), block, from_month,
    until_month, grace1 and so on (1, 2, … up to the grace).
    """
    paid = t.mutate(bits=(t.needed > 0).ifelse(_whole_years(t.mask, t.needed), t.mask) & t.window)
    cut = paid.mutate(bits=paid.bits & _up_to(paid, paid.until_month, BLOCK_MONTHS))
    spread = cut.bits
    for months in range(1, MASK_GRACE + 1):
        spread = spread | cut.bits << cut[f"grace{months}"]
    before = _up_to(cut, (cut.extra > 0).ifelse(0, cut.from_month) - 1, BLOCK_MONTHS + MASK_GRACE)
    return cut.mutate(bits=spread & inverse(before))


def _whole_years(mask: ir.IntegerValue, needed: ir.IntegerValue) -> ir.IntegerValue:
    years = ibis.literal(0, "int64")
    for year in range(BLOCK_YEARS):
        bits = YEAR_BITS << 12 * year
        years = years | (bit_count(mask & bits) >= needed).ifelse(bits, 0)
    return years


def _up_to(t: ir.Table, month: ir.IntegerValue, width: int) -> ir.IntegerValue:
    """The bits of a block, of `width` at most, whose months come no later than `month`."""
    one = ibis.literal(1, "int32").cast("int64")
    count = month - t.block.cast("int64") * BLOCK_MONTHS + 1
    return (one << ibis.least(ibis.greatest(count, 0), width)) - 1


def month_runs(covered: ir.Table, bit: ir.Table) -> ir.Table:
    """Each run of neighbouring bits of `covered.bits` as its months `run_from` to `run_until`.

    One run, the ordinary case, is read off by counting bits; several are found by trying every bit.
    """
    found = covered.filter(covered.bits != 0)
    placed = found.mutate(place=bit_count((found.bits & -found.bits) - 1))
    marked = placed.mutate(length=_run_length(placed.bits, placed.place))
    one = marked.filter(marked.length == bit_count(marked.bits))
    more = marked.filter(marked.length != bit_count(marked.bits))
    starts = more.bits & inverse(more.bits << 1)
    one_bit = ibis.literal(1, "int32").cast("int64")
    tried = more.mutate(run_starts=starts).join(bit, ((starts >> bit.bit) & one_bit) == 1)
    found = tried.mutate(place=tried.bit, length=_run_length(tried.bits, tried.bit)).drop("bit", "run_starts")
    runs = one.union(found.select(*one.columns))
    run_from = runs.block.cast("int64") * BLOCK_MONTHS + runs.place
    return runs.mutate(
        run_from=run_from,
        run_until=run_from + runs.length - 1 + runs.extra,
        run_first=(runs.bits & ((one_bit << runs.place) - 1)) == 0,
        run_last=(runs.bits >> (runs.place + runs.length)) == 0,
    )


def _run_length(bits: ir.IntegerValue, place: ir.IntegerValue) -> ir.IntegerValue:
    rest = bits >> place
    return bit_count((inverse(rest) & (rest + 1)) - 1)
