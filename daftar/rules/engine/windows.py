"""Joins of facts with windows of law, and of neighbouring stretches of days with each other."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir


def law_of(left: ir.Table, law: ir.Table, names: Sequence[str], day: ir.IntegerValue) -> ir.Table:
    """`left` with the columns of the one window of `law` that holds `day`, matched by equal `names`."""
    held = [day >= law.law_from, day <= law.law_until]
    return matched(left, law, names, held)


def laws_during(
    left: ir.Table, law: ir.Table, names: Sequence[str], first: ir.IntegerValue, last: ir.IntegerValue
) -> ir.Table:
    """`left` once for each window of `law` that shares a day with `first` to `last`."""
    return matched(left, law, names, [law.law_from <= last, law.law_until >= first])


def matched(left: ir.Table, right: ir.Table, names: Sequence[str], conditions: Sequence[ir.BooleanValue]) -> ir.Table:
    """Inner join on equal `names` and further conditions; the right side's copies of `names` are dropped."""
    equal = [left[name] == right[name] for name in names]
    joined = left.join(right, [*equal, *conditions], rname="{name}_right").mutate()
    return joined.drop(*(name for name in joined.columns if name.endswith("_right")))


def merged(t: ir.Table, by: Sequence[str], first: str, last: str) -> ir.Table:
    """Stretches `first` to `last` of the same `by` that touch or overlap, as one."""
    order = {"group_by": list(by), "order_by": [first, last]}
    reached = t.mutate(reached=t[last].max().over(ibis.window(**order, preceding=(None, 1))))
    opens = (reached.reached.isnull() | (reached[first] > reached.reached + 1)).ifelse(1, 0)
    numbered = reached.mutate(opens=opens)
    island = numbered.mutate(island=numbered.opens.sum().over(ibis.window(**order, preceding=(None, 0))))
    found = island.group_by(*by, "island").agg(**{first: island[first].min(), last: island[last].max()})
    return found.drop("island")
