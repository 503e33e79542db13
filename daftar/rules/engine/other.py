"""Cover by other basic insurers, as they reported it: spans under their own code (S2.5)."""

import ibis.expr.types as ir

from daftar.rules.engine.codes import covered_code, ended_code, number, small
from daftar.rules.engine.days import day, last_day
from daftar.rules.engine.tables import Tables, shaped
from daftar.rules.engine.timeline import rows_of, turns
from daftar.rules.engine.words import jurisdiction_number
from daftar.rules.states import FAR, basis_id, deceased_code, reason_id
from daftar.terms.outcomes import Basis, Reason

BY = ("key", "jurisdiction", "insurer")


def other_rows(tables: Tables) -> ir.Table:
    """Spans under the other insurers' codes: overlapping reports merged, nothing after death."""
    persons = tables["persons"]
    persons = persons.select("key", "death_date", jurisdiction=jurisdiction_number(persons.jurisdiction))
    known = tables["other_cover"].join(persons, "key")
    dated = known.mutate(s=day(known.starts), e=last_day(known.ends)).filter(lambda t: t.s <= t.e)
    basis, reason = small(basis_id(Basis.OTHER_INSURER)), small(reason_id(Reason.SPELL_IN_FORCE))
    covered = _stretch(dated, dated.s, dated.e, covered_code(dated.s, basis, reason))
    over = dated.filter(dated.e < FAR)
    since = over.e + 1
    ended = _stretch(over, since, small(FAR), ended_code(since, Reason.AFFILIATION_ENDED))
    dead = dated.filter(dated.death_date.notnull())
    deaths = _stretch(dead, day(dead.death_date) + 1, small(FAR), number(deceased_code()))
    return rows_of(turns(covered.union(ended).union(deaths), BY), BY)


def _stretch(t: ir.Table, starts: ir.IntegerValue, ends: ir.IntegerValue, code: ir.IntegerValue) -> ir.Table:
    return shaped(t.mutate(starts=starts, ends=ends, code=code), (*BY, "starts", "ends", "code"))
