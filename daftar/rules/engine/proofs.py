"""What evidence proves on which days, and whether a hard dependant's own conditions hold (domain-facts 2.7, S2.13)."""

import ibis
import ibis.expr.types as ir

from daftar.rules.engine.codes import number, reason_number, small
from daftar.rules.engine.days import birthday, day, months_later
from daftar.rules.engine.functions import bit_or, inverse
from daftar.rules.engine.tables import Tables, shaped
from daftar.rules.engine.windows import laws_during
from daftar.rules.engine.words import SPOUSE, roles
from daftar.rules.law import EVIDENCE_BIT
from daftar.rules.states import FAR, basis_id
from daftar.terms.outcomes import Basis, EvidenceKind, Reason, Relation

CONNECTOR = "connector"
PENSION_BIT = 1 << len(EvidenceKind)
PARENTS = roles(Relation.FATHER, Relation.MOTHER)
ID = ("key", "main_key", "jurisdiction", "role", "s", "e")
PROOF = ("key", "f", "t", "bit", "sure")
LAW = ("in_force", "basis", "young", "instead", "needs")


def proof(tables: Tables) -> ir.Table:
    """Days `f` to `t` on which a bit is proven: by a connector (`sure`), or by paper while that path is on."""
    hard = tables["hard_dep"].select("key", "jurisdiction").distinct()
    shown = tables["evidence"].join(hard, "key")
    dated = shown.mutate(f=day(shown.valid_from), stated=shown.valid_until.epoch_days())
    told = dated.stated.notnull() & (dated.kind != EvidenceKind.BIRTH_CERTIFICATE_SEEN.value)
    stated = dated.filter(told).mutate(t=dated.stated)
    lasting = shaped(stated, stated.columns).union(
        shaped(_by_term(dated.filter(~told), tables["law_term"]), stated.columns)
    )
    lasting = lasting.mutate(bit=_bit(lasting.kind)).filter(lambda x: x.f <= x.t)
    sure = shaped(lasting.filter(lasting.source == CONNECTOR).mutate(sure=True), PROOF)
    paper = lasting.filter(lasting.source.fill_null("") != CONNECTOR)
    counted = laws_during(paper, tables["law_paper"], ["jurisdiction", "kind"], paper.f, paper.t)
    f, t = ibis.greatest(counted.f, counted.law_from), ibis.least(counted.t, counted.law_until)
    return sure.union(shaped(counted.mutate(f=f, t=t, sure=False), PROOF)).union(_pensions(tables))


def _by_term(dated: ir.Table, law: ir.Table) -> ir.Table:
    """Days `f` to `t` on which a paper is not older than the term of the law of the day; 0 months is no end.

    Also a birth certificate with a stated end: it must have been seen within the term (contracts §1).
    """
    cut = laws_during(dated, law, ["jurisdiction", "kind"], dated.f, dated.stated.coalesce(FAR))
    term = (cut.term == 0).ifelse(small(FAR), months_later(cut.valid_from, cut.term) - 1)
    return cut.mutate(f=ibis.greatest(cut.f, cut.law_from), t=ibis.least(cut.stated.coalesce(FAR), term, cut.law_until))


def _bit(kind: ir.StringValue) -> ir.IntegerValue:
    return ibis.cases(*((kind == word.value, number(bit)) for word, bit in EVIDENCE_BIT.items()), else_=number(0))


def _pensions(tables: Tables) -> ir.Table:
    """Days on which a person receives a pension of their own."""
    own = tables["hard_own"]
    pension = own.filter(own.hard & (own.basis == basis_id(Basis.PENSIONER)))
    held = pension.mutate(f=pension.s, t=pension.e, bit=number(PENSION_BIT), sure=True)
    return shaped(held, PROOF).distinct()


def point(tables: Tables) -> ir.Table:
    """Every day of a hard dependency on which its verdict may change: law, birthday, a proof's first day and the day
    after its last."""
    hard = tables["hard_dep"].select(*ID, "birth_date")
    cut = laws_during(hard, tables["law_role"], ["jurisdiction", "role"], hard.s, hard.e)
    starts = cut.mutate(
        birthday=birthday(cut.birth_date, cut.age).cast("int32"),
        point=ibis.greatest(cut.s, cut.law_from),
        until=ibis.least(cut.e, cut.law_until),
    )
    starts = shaped(starts, (*ID, *LAW, "birthday", "point", "until"))
    proof = tables["proof"]
    days = proof.select("key", turn=proof.f).union(proof.select("key", turn=(proof.t + 1).cast("int32")))
    turns = starts.select("key", turn="birthday").union(days).distinct()
    later = starts.join(turns, "key").filter(lambda t: (t.turn > t.point) & (t.turn <= t.until))
    return starts.union(later.mutate(point=later.turn).select(*starts.columns)).drop("until")


def weight(tables: Tables) -> ir.Table:
    """Points with all that is proven on their day, surely and at all."""
    points, proof = tables["point"], tables["proof"]
    held = points.left_join(proof, [points.key == proof.key, points.point >= proof.f, points.point <= proof.t])
    bit = held.bit.coalesce(0)
    marked = held.mutate(bit=bit, sure_bit=held.sure.coalesce(False).ifelse(bit, number(0)))
    return marked.group_by(*points.columns).agg(proven=bit_or(marked.bit), sure=bit_or(marked.sure_bit))


def condition(tables: Tables) -> ir.Table:
    """For each hard dependency the stretches `ks` to `ke` of one verdict: `ok`, and the reason for or against."""
    return _stretches(_verdicts(tables["weight"]))


def _verdicts(t: ir.Table) -> ir.Table:
    """Whether the role's conditions hold on each point, and why (not)."""
    aged = (t.point >= t.birthday).coalesce(False)
    below = (t.point < t.birthday).coalesce(False)
    t = t.mutate(
        free=(t.role == SPOUSE) | (t.young & below),
        aged=~t.young & aged,
        stand_in=(t.proven & t.instead) != 0,
        lacking=t.needs & inverse(t.proven),
        pension=t.role.isin(PARENTS) & ((t.proven & PENSION_BIT) != 0),
    )
    t = t.mutate(gate=t.free | t.aged | t.stand_in | (t.young & (t.instead == 0)))
    surely = (t.aged | (t.instead == 0) | ((t.sure & t.instead) != 0)) & ((t.needs & inverse(t.sure)) == 0)
    for_it = (t.free | surely).ifelse(
        reason_number(Reason.DEPENDANT_IN_FORCE), reason_number(Reason.PROVISIONAL_EVIDENCE)
    )
    ok = t.in_force & ~t.pension & (t.free | (t.gate & (t.lacking == 0)))
    return t.select(*ID, "basis", "point", ok=ok, reason=ok.ifelse(for_it, _against(t)))


def _against(t: ir.Table) -> ir.IntegerValue:
    """Why the conditions do not hold: what is missing first."""
    gate = t.young.ifelse(reason_number(Reason.STUDY_CERTIFICATE_MISSING), reason_number(Reason.AGE_CONDITION_NOT_MET))
    missing = (
        (EvidenceKind.BIRTH_CERTIFICATE_SEEN, Reason.BIRTH_CERTIFICATE_CHECK_MISSING),
        (EvidenceKind.UNMARRIED, Reason.UNMARRIED_EVIDENCE_MISSING),
        (EvidenceKind.NOT_EMPLOYED, Reason.NOT_EMPLOYED_EVIDENCE_MISSING),
    )
    return ibis.cases(
        (~t.in_force, reason_number(Reason.NO_RULE_FOR_DAY)),
        (t.pension, reason_number(Reason.OWN_PENSION)),
        (~t.gate, gate),
        *(((t.lacking & EVIDENCE_BIT[kind]) != 0, reason_number(reason)) for kind, reason in missing),
        else_=reason_number(Reason.DEPENDENCY_EVIDENCE_MISSING),
    )


def _stretches(verdicts: ir.Table) -> ir.Table:
    """Neighbouring points with one verdict as one stretch of days."""
    by = ibis.window(group_by=list(ID), order_by="point")
    t = verdicts.mutate(was_ok=verdicts.ok.lag().over(by), was=verdicts.reason.lag().over(by))
    turns = t.filter(t.was.isnull() | (t.was != t.reason) | (t.was_ok != t.ok))
    ends = turns.mutate(next_point=turns.point.lead().over(by))
    return ends.select(*ID, "basis", "ok", "reason", ks=ends.point, ke=(ends.next_point - 1).coalesce(ends.e))
