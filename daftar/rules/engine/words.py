"""Words of the facts as numbers: compared and joined by the million, and cheap to keep."""

import ibis.expr.types as ir

from daftar.rules.law import HUSBAND, ROLES, SLOT_KINDS
from daftar.rules.states import basis_id
from daftar.terms.jurisdictions import jurisdictions
from daftar.terms.outcomes import Basis, Kind, Relation

SPOUSE = ROLES.index(Relation.SPOUSE.value)
HUSBAND_ROLE = ROLES.index(HUSBAND)


def jurisdiction_number(word: ir.StringValue) -> ir.IntegerValue:
    """A jurisdiction as its place among all, as the law tables have it."""
    return word.cases(*((code, place) for place, code in enumerate(jurisdictions()))).cast("int32")


def kind_number(word: ir.StringValue) -> ir.IntegerValue:
    """A kind of affiliation as the number of its basis; one that is not known is of no spell."""
    return word.cases(*((kind.value, basis_id(Basis(kind.value))) for kind in Kind), else_=SLOT_KINDS - 1).cast("int32")


def role_number(relation: ir.StringValue, man: ir.BooleanValue) -> ir.IntegerValue:
    """The role of a dependant as its place in `law.ROLES`."""
    spouse = man.ifelse(HUSBAND_ROLE, SPOUSE)
    others = ((word.value, ROLES.index(word.value)) for word in Relation if word is not Relation.SPOUSE)
    return (relation == Relation.SPOUSE.value).ifelse(spouse, relation.cases(*others)).cast("int32")


def roles(*words: Relation) -> tuple[int, ...]:
    """The roles that relations have."""
    return tuple(ROLES.index(word.value) for word in words)
