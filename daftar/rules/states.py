"""The state of a person on a day as one whole number, so that the least number is the state that counts.

code = class · 2⁵² + rank · 2¹² + basis · 64 + reason. Classes: deceased, covered, not covered though something is in
force, not covered since something ended. Within *covered* the earlier start ranks first (a piece takes over only
where the earlier one ends); within *in force* the order of `IN_FORCE`; within *ended* the latest end.
"""

from daftar.terms.outcomes import Basis, Reason

BASES = tuple(Basis)
REASONS = tuple(Reason)

DECEASED, COVERED, IN_FORCE_CLASS, ENDED = 0, 1, 2, 3
CLASS_SHIFT, RANK_SHIFT, BASIS_SHIFT = 52, 12, 6
STATE_MASK, REASON_MASK = (1 << RANK_SHIFT) - 1, (1 << BASIS_SHIFT) - 1

FAR = 2_932_896
"""9999-12-31 as days since 1970-01-01: an open end."""

LONG_AGO = -719_162
"""0001-01-01 as days since 1970-01-01."""

IN_FORCE = (
    Reason.NO_RULE_FOR_DAY,
    Reason.CONTRIBUTION_LAPSED,
    Reason.NO_CONTRIBUTION,
    Reason.YEAR_UNPAID,
    Reason.STUDY_CERTIFICATE_MISSING,
    Reason.BIRTH_CERTIFICATE_CHECK_MISSING,
    Reason.UNMARRIED_EVIDENCE_MISSING,
    Reason.NOT_EMPLOYED_EVIDENCE_MISSING,
    Reason.DEPENDENCY_EVIDENCE_MISSING,
    Reason.AGE_CONDITION_NOT_MET,
    Reason.OWN_PENSION,
    Reason.MAIN_INSURED_NOT_COVERED,
    Reason.MAIN_INSURED_DECEASED,
)
"""Which reason is told when several hold: the own insurance before that of a main insured, what can be mended first."""


def basis_id(basis: Basis) -> int:
    """Number of a basis within codes."""
    return BASES.index(basis)


def reason_id(reason: Reason) -> int:
    """Number of a reason within codes."""
    return REASONS.index(reason)


def state(basis: Basis, reason: Reason) -> int:
    """Basis and reason as the low twelve bits of a code."""
    return basis_id(basis) << BASIS_SHIFT | reason_id(reason)


def in_force_code(reason: Reason) -> int:
    """Code of a day without cover though an affiliation or a dependency is in force."""
    return IN_FORCE_CLASS << CLASS_SHIFT | IN_FORCE.index(reason) << RANK_SHIFT | state(Basis.NONE, reason)


def deceased_code() -> int:
    """Code of every day after the day of death."""
    return DECEASED << CLASS_SHIFT | state(Basis.NONE, Reason.DECEASED)
