"""The pure decision between the four outcomes (requirements, decision on S1.17).

| asked | known | in the period | today | outcome |
|---|---|---|---|---|
| no period | no | | | no_record |
| no period | yes | | not affiliated | not_active |
| no period | yes | | affiliated | active |
| a period | no | | | no_record |
| a period | yes | nothing | | no_record |
| a period that contains today | yes | something | affiliated | active |
| any other | yes | something | | affiliated_in_period |
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from daftar.disclosure.affiliation.relationships import Relationship
from daftar.disclosure.who_sees_what import Role
from daftar.terms.outcomes import AffiliationOutcome, AffiliationReason, RelationType

# Looked up once: in Python 3.11 a member of an enumeration costs as much as a function call, and this is the hot path.
_MAIN, _DEPENDANT = Role.MAIN, Role.DEPENDANT
_DEPENDENCY = RelationType.DEPENDANT


class Decision(msgspec.Struct, frozen=True, gc=False):
    """One outcome, why, which of the two forms (S1.20), and the relationships that it rests on."""

    outcome: AffiliationOutcome
    reason: AffiliationReason
    role: Role
    relationships: Sequence[Relationship] = ()


def decide(held: Sequence[Relationship], *, known: bool, today: date, period: tuple[date, date] | None) -> Decision:
    """Decide one question; `held` are all relationships of the person. Somebody unknown holds none."""
    if not known:
        return _UNKNOWN
    active = [each for each in held if each.starts <= today <= each.ends]
    if period is None:
        return _active(active) if active else _NOT_ACTIVE
    first, last = period
    within = [each for each in held if each.starts <= last and first <= each.ends]
    if not within:
        return _NOTHING_IN_PERIOD
    if active and first <= today <= last:
        return _active(active)
    return Decision(_IN_PERIOD, _BECAUSE_IN_PERIOD, _role(within), within)


_IN_PERIOD, _BECAUSE_IN_PERIOD = AffiliationOutcome.AFFILIATED_IN_PERIOD, AffiliationReason.AFFILIATED_IN_PERIOD
_ACTIVE = AffiliationOutcome.ACTIVE
_BECAUSE_ACTIVE = {_MAIN: AffiliationReason.ACTIVE_MAIN, _DEPENDANT: AffiliationReason.ACTIVE_DEPENDANT}
_UNKNOWN = Decision(AffiliationOutcome.NO_RECORD, AffiliationReason.UNKNOWN_PERSON, _MAIN)
_NOT_ACTIVE = Decision(AffiliationOutcome.NOT_ACTIVE, AffiliationReason.NOT_AFFILIATED_TODAY, _MAIN)
_NOTHING_IN_PERIOD = Decision(AffiliationOutcome.NO_RECORD, AffiliationReason.NOTHING_IN_PERIOD, _MAIN)


def _active(active: Sequence[Relationship]) -> Decision:
    role = _role(active)
    return Decision(_ACTIVE, _BECAUSE_ACTIVE[role], role, active)


def _role(held: Sequence[Relationship]) -> Role:
    """Whoever holds an own spell is answered as a main insured, also when they are somebody's dependant too."""
    for each in held:
        if each.type is not _DEPENDENCY:
            return _MAIN
    return _DEPENDANT
