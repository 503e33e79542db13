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
from typing import NamedTuple

from daftar.disclosure.affiliation.relationships import Relationship
from daftar.disclosure.who_sees_what import Role
from daftar.terms.outcomes import AffiliationOutcome, AffiliationReason, RelationType


class Decision(NamedTuple):
    """One outcome, why, which of the two forms (S1.20), and the relationships that it rests on."""

    outcome: AffiliationOutcome
    reason: AffiliationReason
    role: Role
    relationships: Sequence[Relationship] = ()


def decide(held: Sequence[Relationship], *, known: bool, today: date, period: tuple[date, date] | None) -> Decision:
    """Decide one question; `held` are all relationships of the person. Somebody unknown holds none."""
    if not known:
        return Decision(AffiliationOutcome.NO_RECORD, AffiliationReason.UNKNOWN_PERSON, Role.MAIN)
    active = [each for each in held if each.starts <= today <= each.ends]
    if period is None:
        return _active(active) if active else _NOT_ACTIVE
    first, last = period
    within = [each for each in held if each.starts <= last and first <= each.ends]
    if not within:
        return _NOTHING_IN_PERIOD
    if active and first <= today <= last:
        return _active(active)
    outcome, reason = AffiliationOutcome.AFFILIATED_IN_PERIOD, AffiliationReason.AFFILIATED_IN_PERIOD
    return Decision(outcome, reason, _role(within), within)


_NOT_ACTIVE = Decision(AffiliationOutcome.NOT_ACTIVE, AffiliationReason.NOT_AFFILIATED_TODAY, Role.MAIN)
_NOTHING_IN_PERIOD = Decision(AffiliationOutcome.NO_RECORD, AffiliationReason.NOTHING_IN_PERIOD, Role.MAIN)


def _active(active: Sequence[Relationship]) -> Decision:
    role = _role(active)
    reason = AffiliationReason.ACTIVE_MAIN if role is Role.MAIN else AffiliationReason.ACTIVE_DEPENDANT
    return Decision(AffiliationOutcome.ACTIVE, reason, role, active)


def _role(held: Sequence[Relationship]) -> Role:
    """Whoever holds an own spell is answered as a main insured, also when they are somebody's dependant too."""
    dependant = all(each.type is RelationType.DEPENDANT for each in held)
    return Role.DEPENDANT if dependant else Role.MAIN
