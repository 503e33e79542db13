"""The short way: spans of persons with one spell or one plain dependency and nothing else, in closed form."""

import ibis
import ibis.expr.types as ir

from daftar.rules.engine.codes import reason_number, small
from daftar.rules.engine.own import own
from daftar.rules.engine.tables import Tables, shaped
from daftar.rules.engine.words import roles
from daftar.rules.states import FAR, basis_id
from daftar.terms.outcomes import Basis, Reason, Relation

ROW = ("key", "jurisdiction", "starts", "ends", "basis", "reason", "after")
"""A span before words: day numbers, numbers of basis and reasons; `ends` before `starts`: an empty span."""


def quick(tables: Tables) -> ir.Table:
    """Spans of all persons for whom the short way is enough."""
    return quick_own(tables).union(quick_dep(tables))


def quick_own(tables: Tables) -> ir.Table:
    """Spans of one spell: its covered runs, and why not before, between and after them."""
    known = own(tables).filter(lambda t: ~t.hard)
    known = known.join(tables["law_reason"], "basis")
    covers = known.filter(known.a.notnull())
    ended = reason_number(Reason.AFFILIATION_ENDED)
    after = (covers.b >= covers.e).ifelse(ended, covers.reason_lapsed)
    covered = _span(covers, covers.a, covers.b, covers.reason_in, after)
    unpaid = known.filter(known.run_first & (known.a.isnull() | (known.a > known.s)))
    over = known.filter(known.run_last & (known.e < FAR) & (known.b.isnull() | (known.b < known.e)))
    before = _empty(unpaid, unpaid.s, unpaid.reason_unpaid)
    return covered.union(before).union(_empty(over, over.e + 1, ended))


def _span(
    t: ir.Table, starts: ir.IntegerValue, ends: ir.IntegerValue, reason: ir.IntegerValue, after: ir.IntegerValue
) -> ir.Table:
    """Spans with the reason after them; after an open end nothing comes."""
    then = (ends >= FAR).ifelse(reason, after)
    return shaped(t.mutate(starts=starts, ends=ends, reason=reason, after=then), ROW)


def _empty(t: ir.Table, starts: ir.IntegerValue, reason: ir.IntegerValue) -> ir.Table:
    """Empty spans that say why from `starts` on."""
    none = small(basis_id(Basis.NONE))
    return shaped(t.mutate(starts=starts, ends=starts - 1, basis=none, reason=reason, after=reason), ROW)


def quick_dep(tables: Tables) -> ir.Table:
    """Spans of one dependency of a main insured with at most one run of cover."""
    lived = tables["dep"].filter(lambda t: ~t.hard)
    lived = lived.mutate(xa=ibis.greatest(lived.s, lived.a), xb=ibis.least(lived.e, lived.b))
    lived = lived.mutate(held=lived.a.notnull() & (lived.xa <= lived.xb))
    lived = lived.mutate(
        until=ibis.least(lived.xb, lived.free_until),
        after_main=_after_main(lived),
        missing=_missing(lived),
    )
    free = lived.held & (lived.free_until >= lived.xa)
    early = lived.held & (lived.free_until < lived.xb)
    covers = lived.filter(free)
    after = (covers.free_until < covers.xb).ifelse(covers.missing, covers.after_main)
    reason = reason_number(Reason.DEPENDANT_IN_FORCE)
    covered = _span(covers, covers.xa, covers.until, reason, after)
    main, ended = reason_number(Reason.MAIN_INSURED_NOT_COVERED), reason_number(Reason.DEPENDENCY_ENDED)
    waits = lived.filter(~lived.held | (lived.s < lived.xa))
    never = lived.filter(lived.held & ~free)
    lapses = lived.filter(early & (lived.xb < FAR))
    over = lived.filter((lived.e < FAR) & (~lived.held | (lived.xb < lived.e)))
    return (
        covered.union(_empty(waits, waits.s, main))
        .union(_empty(never, never.xa, never.missing))
        .union(_empty(lapses, lapses.xb + 1, lapses.after_main))
        .union(_empty(over, over.e + 1, ended))
    )


def _after_main(lived: ir.Table) -> ir.IntegerValue:
    """Why not after the main insured's cover within the dependency, or after the dependency itself."""
    ended, main = Reason.DEPENDENCY_ENDED, Reason.MAIN_INSURED_NOT_COVERED
    return (lived.xb >= lived.e).ifelse(reason_number(ended), reason_number(main))


def _missing(lived: ir.Table) -> ir.IntegerValue:
    """What a child without any evidence lacks first from the age of evidence on."""
    son = lived.role.isin(roles(Relation.SON))
    study, birth = Reason.STUDY_CERTIFICATE_MISSING, Reason.BIRTH_CERTIFICATE_CHECK_MISSING
    return son.ifelse(reason_number(study), reason_number(birth))
