"""Cover by other basic insurers, as they reported it: spans under their own code (S2.5)."""

import ibis.expr.types as ir

from daftar.rules.engine.codes import covered_code, ended_code, number
from daftar.rules.engine.days import day, last_day
from daftar.rules.engine.tables import Tables
from daftar.rules.engine.timeline import rows_of, turns
from daftar.rules.states import FAR, basis_id, deceased_code, reason_id
from daftar.terms.outcomes import Basis, Reason

BY = ("key", "jurisdiction", "insurer")


def other_rows(tables: Tables) -> ir.Table:
    """Spans under the other insurers' codes: overlapping reports merged, nothing after death."""
    persons = tables["persons"].select("key", "jurisdiction", "death_date")
    known = tables["other_cover"].join(persons, "key")
    dated = known.mutate(s=day(known.starts), e=last_day(known.ends)).filter(lambda t: t.s <= t.e)
    basis, reason = number(basis_id(Basis.OTHER_INSURER)), number(reason_id(Reason.SPELL_IN_FORCE))
    covered = dated.select(*BY, starts=dated.s, ends=dated.e, code=covered_code(dated.s, basis, reason))
    over = dated.filter(dated.e < FAR)
    since = over.e + 1
    ended = over.select(*BY, starts=since, ends=number(FAR), code=ended_code(since, Reason.AFFILIATION_ENDED))
    dead = dated.filter(dated.death_date.notnull())
    deaths = dead.select(*BY, starts=day(dead.death_date) + 1, ends=number(FAR), code=number(deceased_code()))
    return rows_of(turns(covered.union(ended).union(deaths), BY), BY)
