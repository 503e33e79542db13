"""The whole timeline of hard persons: stretches with codes, of which the least decides a day."""

import ibis
import ibis.expr.types as ir

from daftar.rules.engine.codes import covered_code, ended_code, number, reason_number, small
from daftar.rules.engine.quick import ROW
from daftar.rules.engine.tables import Tables, shaped
from daftar.rules.engine.windows import laws_during
from daftar.rules.states import (
    BASIS_SHIFT,
    CLASS_SHIFT,
    COVERED,
    FAR,
    IN_FORCE,
    REASON_MASK,
    STATE_MASK,
    basis_id,
    deceased_code,
    in_force_code,
    reason_id,
)
from daftar.terms.outcomes import Basis, Reason

STRETCH = ("key", "jurisdiction", "starts", "ends", "code")


def stretches(tables: Tables) -> ir.Table:
    """All stretches of hard persons."""
    parts = (*_own(tables), *_dependencies(tables), _deaths(tables))
    found = parts[0]
    for part in parts[1:]:
        found = found.union(part)
    return found


def _stretch(t: ir.Table, starts: ir.IntegerValue, ends: ir.IntegerValue, code: ir.IntegerValue) -> ir.Table:
    return shaped(t.mutate(starts=starts, ends=ends, code=code), STRETCH)


def _own(tables: Tables) -> tuple[ir.Table, ...]:
    own = tables["hard_own"].filter(lambda t: t.hard).join(tables["law_reason"], "basis")
    pieces = tables["pieces"].filter(lambda t: t.hard).join(tables["law_reason"], "basis")
    covered = _stretch(pieces, pieces.a, pieces.b, covered_code(pieces.a, pieces.basis, pieces.reason_in))
    paying = own.filter(own.reason_in != reason_id(Reason.SPELL_IN_FORCE))
    unpaid = _stretch(paying, paying.s, paying.e, paying.code_unpaid)
    paid = paying.filter(paying.a.notnull() & paying.run_first)
    lapsed = _stretch(paid, paid.a, paid.e, paid.code_lapsed)
    law = tables["law_kind"].filter(lambda t: ~t.in_force).drop("in_force")
    lawless = laws_during(own, law, ["jurisdiction", "basis"], own.s, own.e)
    first, last = ibis.greatest(lawless.s, lawless.law_from), ibis.least(lawless.e, lawless.law_until)
    ruleless = _stretch(lawless, first, last, number(in_force_code(Reason.NO_RULE_FOR_DAY)))
    over = own.filter(own.e < FAR)
    ended = _stretch(over, over.e + 1, small(FAR), ended_code(over.e + 1, Reason.AFFILIATION_ENDED))
    return covered, unpaid, lapsed, ruleless, ended


def _dependencies(tables: Tables) -> tuple[ir.Table, ...]:
    dep = tables["hard_dep"]
    dead = tables["dead"].select("death", main_key="key")
    known = dep.left_join(dead, "main_key").mutate()
    until = ibis.least(known.e, known.death.coalesce(FAR))
    waiting = _stretch(known, known.s, until, number(in_force_code(Reason.MAIN_INSURED_NOT_COVERED)))
    waiting = waiting.filter(waiting.starts <= waiting.ends)
    bereft = known.filter(known.death.notnull())
    bereft = bereft.mutate(since=ibis.greatest(bereft.s, bereft.death + 1)).filter(lambda t: t.since <= t.e)
    orphaned = _stretch(bereft, bereft.since, bereft.e, number(in_force_code(Reason.MAIN_INSURED_DECEASED)))
    over = dep.filter(dep.e < FAR)
    ended = _stretch(over, over.e + 1, small(FAR), ended_code(over.e + 1, Reason.DEPENDENCY_ENDED))
    return waiting, orphaned, ended, _carried(tables)


def _carried(tables: Tables) -> ir.Table:
    """Days carried by the main insured: covered where the own conditions hold, else the reason why they do not."""
    condition, main = tables["condition"], tables["main_cover"]
    held = condition.join(
        main,
        [
            condition.main_key == main.main_key,
            condition.jurisdiction == main.jurisdiction,
            condition.ks <= main.b,
            condition.ke >= main.a,
        ],
        rname="{name}_right",
    )
    both = held.mutate(starts=ibis.greatest(held.ks, held.a), ends=ibis.least(held.ke, held.b))
    reason = both.survivor.ifelse(reason_number(Reason.SURVIVOR_TERM), both.reason)
    against = ibis.cases(*((both.reason == reason_id(r), number(in_force_code(r))) for r in IN_FORCE))
    code = both.ok.ifelse(covered_code(both.starts, both.basis, reason), against)
    code = both.lawless.ifelse(number(in_force_code(Reason.NO_RULE_FOR_DAY)), code)
    return _stretch(both, both.starts, both.ends, code)


def _deaths(tables: Tables) -> ir.Table:
    dead = tables["dead"]
    return _stretch(dead, dead.death + 1, small(FAR), number(deceased_code()))


def turns(stretches: ir.Table, by: tuple[str, ...]) -> ir.Table:
    """The days on which the deciding state of each `by` changes: `day` and the new `state`.

    A state is basis · 64 + reason, plus 4096 when it is covered.
    """
    ends = stretches.filter(stretches.ends < FAR)
    after = ends.select(*by, day=(ends.ends + 1).cast("int32"))
    days = stretches.select(*by, day=stretches.starts).union(after).distinct()
    equal = [days[name] == stretches[name] for name in by]
    held = days.join(
        stretches,
        [*equal, days.day >= stretches.starts, days.day <= stretches.ends],
        rname="{name}_right",
    )
    decided = held.group_by(*by, "day").agg(code=held.code.min())
    covered = (decided.code >> CLASS_SHIFT) == COVERED
    state = (decided.code & STATE_MASK).cast("int32") + covered.ifelse(STATE_MASK + 1, 0)
    known = decided.mutate(state=state.cast("int32"))
    order = ibis.window(group_by=list(by), order_by="day")
    before = known.mutate(was=known.state.lag().over(order))
    return before.filter(before.was.isnull() | (before.was != before.state)).drop("was", "code")


def rows_of(turns: ir.Table, by: tuple[str, ...]) -> ir.Table:
    """Spans: each covered stretch with the reason after it, and an empty span wherever else the reason changes."""
    order = ibis.window(group_by=list(by), order_by="day")
    t = turns.mutate(
        next_day=turns.day.lead().over(order), then=turns.state.lead().over(order), was=turns.state.lag().over(order)
    )
    t = t.mutate(covered=t.state > STATE_MASK, was_covered=(t.was > STATE_MASK).coalesce(False))
    shown = t.filter(t.covered | ~t.was_covered)
    reason = (shown.state & REASON_MASK).cast("int32")
    basis = ((shown.state & STATE_MASK) >> BASIS_SHIFT).cast("int32")
    return shown.select(
        *by,
        starts=shown.day,
        ends=shown.covered.ifelse((shown.next_day - 1).coalesce(FAR), shown.day - 1),
        basis=shown.covered.ifelse(basis, small(basis_id(Basis.NONE))),
        reason=reason,
        after=shown.covered.ifelse((shown.then & REASON_MASK).cast("int32").coalesce(reason), reason),
    )


def hard_rows(tables: Tables) -> ir.Table:
    """Spans of hard persons under their own insurer."""
    by = ("key", "jurisdiction")
    return shaped(rows_of(turns(tables["stretches"], by), by), ROW)
