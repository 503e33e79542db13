"""The short way: spans of persons with one spell or one plain dependency and nothing else, in closed form."""

import ibis
import ibis.expr.types as ir

from daftar.rules.engine.codes import number, reason_number
from daftar.rules.engine.tables import Tables
from daftar.rules.states import FAR, basis_id
from daftar.terms.outcomes import Basis, Reason, Relation

ROW = ("key", "jurisdiction", "starts", "ends", "basis", "reason", "after")
"""A span before words: day numbers, numbers of basis and reasons; `ends` before `starts`: an empty span."""


def quick(tables: Tables) -> ir.Table:
    """Spans of all persons for whom the short way is enough."""
    return quick_own(tables).union(quick_dep(tables))


def quick_own(tables: Tables) -> ir.Table:
    """Spans of one spell: its covered runs, and why not before, between and after them."""
    own = tables["own"].anti_join(tables["hard"], "key")
    known = own.join(tables["law_reason"], "basis")
    covers = known.filter(known.a.notnull())
    ended = reason_number(Reason.AFFILIATION_ENDED)
    after = (covers.b >= covers.e).ifelse(ended, covers.reason_lapsed)
    covered = covers.mutate(
        starts=covers.a,
        ends=covers.b,
        reason=covers.reason_in,
        after=(covers.b >= FAR).ifelse(covers.reason_in, after),
    ).select(*ROW)
    unpaid = known.filter(known.run_first & (known.a.isnull() | (known.a > known.s)))
    over = known.filter(known.run_last & (known.e < FAR) & (known.b.isnull() | (known.b < known.e)))
    before = _empty(unpaid, unpaid.s, unpaid.reason_unpaid)
    return covered.union(before).union(_empty(over, over.e + 1, ended))


def _empty(t: ir.Table, starts: ir.IntegerValue, reason: ir.IntegerValue) -> ir.Table:
    """Empty spans that say why from `starts` on."""
    none = number(basis_id(Basis.NONE))
    return t.select("key", "jurisdiction", starts=starts, ends=starts - 1, basis=none, reason=reason, after=reason)


def quick_dep(tables: Tables) -> ir.Table:
    """Spans of one dependency of a main insured with at most one run of cover."""
    lived = _with_main(tables)
    lived = lived.mutate(xa=ibis.greatest(lived.s, lived.a), xb=ibis.least(lived.e, lived.b))
    lived = lived.mutate(held=lived.a.notnull() & (lived.xa <= lived.xb))
    lived = lived.mutate(
        until=ibis.least(lived.xb, lived.free_until),
        after_main=_after_main(lived),
        basis=_basis(lived),
        missing=_missing(lived),
    )
    free = lived.held & (lived.free_until >= lived.xa)
    early = lived.held & (lived.free_until < lived.xb)
    covers = lived.filter(free)
    after = (covers.free_until < covers.xb).ifelse(covers.missing, covers.after_main)
    reason = reason_number(Reason.DEPENDANT_IN_FORCE)
    covered = covers.mutate(
        starts=covers.xa,
        ends=covers.until,
        reason=reason,
        after=(covers.until >= FAR).ifelse(reason, after),
    ).select(*ROW)
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


def _with_main(tables: Tables) -> ir.Table:
    """Quick dependencies with the one run `a` to `b` of their main insured, empty where there is none."""
    dep = tables["dep"].anti_join(tables["hard"], "key")
    own = tables["own"]
    cover = own.filter(own.a.notnull()).select("a", "b", main_key=own.key, jurisdiction=own.jurisdiction)
    return dep.left_join(cover, ["main_key", "jurisdiction"])


def _after_main(lived: ir.Table) -> ir.IntegerValue:
    """Why not after the main insured's cover within the dependency, or after the dependency itself."""
    ended, main = Reason.DEPENDENCY_ENDED, Reason.MAIN_INSURED_NOT_COVERED
    return (lived.xb >= lived.e).ifelse(reason_number(ended), reason_number(main))


def _basis(lived: ir.Table) -> ir.IntegerValue:
    words = (Relation.SPOUSE, Relation.SON, Relation.DAUGHTER)
    return ibis.cases(*((lived.role == word.value, number(basis_id(Basis(word.value)))) for word in words))


def _missing(lived: ir.Table) -> ir.IntegerValue:
    """What a child without any evidence lacks first from the age of evidence on."""
    son = lived.role == Relation.SON.value
    study, birth = Reason.STUDY_CERTIFICATE_MISSING, Reason.BIRTH_CERTIFICATE_CHECK_MISSING
    return son.ifelse(reason_number(study), reason_number(birth))
