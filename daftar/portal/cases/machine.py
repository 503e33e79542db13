"""The state machine of a case, pure: what an act leads to, or why it is not done (S3.19).

    draft ── submit ──► submitted ── claim ──► in_review ── approve ──► approved
      ▲ save               ▲  ▲ release, confirm │ │ └── refuse ──► refused
                           │  └──────────────────┘ └── send_back ──► sent_back ── save, submit ──┐
                           └─────────────────────────────────────────────────────────────────────┘

The rules approve or refuse straight from submitted. Who submitted withdraws from any state that has not ended; what was
sent back to somebody who may act no more, another submission replaces: that too withdraws it. Own code
and not django-fsm-2: a move depends on who holds the case and who confirmed it, and a test wants it without a database.
"""

from dataclasses import dataclass, replace
from types import MappingProxyType

from daftar.terms.cases import ENDED, CaseAct, CaseState, NotDone

RULES = "rules"
"""Who decides a case automatically; no account has this name (`account_make` gives citizens random ones)."""

_REVIEW = {
    CaseAct.RELEASE: CaseState.SUBMITTED,
    CaseAct.PASS_ON: CaseState.SUBMITTED,
    CaseAct.CONFIRM: CaseState.SUBMITTED,
    CaseAct.APPROVE: CaseState.APPROVED,
    CaseAct.SEND_BACK: CaseState.SENT_BACK,
    CaseAct.REFUSE: CaseState.REFUSED,
}
"""Acts of the reviewer who holds a case, and what they lead to."""

MOVES = MappingProxyType(
    {
        (CaseState.DRAFT, CaseAct.SAVE): CaseState.DRAFT,
        (CaseState.SENT_BACK, CaseAct.SAVE): CaseState.SENT_BACK,
        (CaseState.DRAFT, CaseAct.SUBMIT): CaseState.SUBMITTED,
        (CaseState.SENT_BACK, CaseAct.SUBMIT): CaseState.SUBMITTED,
        (CaseState.SUBMITTED, CaseAct.CLAIM): CaseState.IN_REVIEW,
        (CaseState.SENT_BACK, CaseAct.REPLACE): CaseState.WITHDRAWN,
        **{(CaseState.IN_REVIEW, act): state for act, state in _REVIEW.items()},
        **{(state, CaseAct.WITHDRAW): CaseState.WITHDRAWN for state in CaseState if state not in ENDED},
    }
)
"""Moves of people."""

RULE_MOVES = MappingProxyType(
    {
        (CaseState.SUBMITTED, CaseAct.APPROVE): CaseState.APPROVED,
        (CaseState.SUBMITTED, CaseAct.REFUSE): CaseState.REFUSED,
    }
)
"""Moves of the rules."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides which acts are possible."""

    state: CaseState
    four_eyes: bool = False
    claimed_by: str = ""
    confirmed_by: str = ""


def approving(standing: Standing) -> CaseAct:
    """What a reviewer's approval is: the last word, or the first of two."""
    return CaseAct.CONFIRM if standing.four_eyes and not standing.confirmed_by else CaseAct.APPROVE


def after(standing: Standing, act: CaseAct, *, by: str, overseer: bool = False) -> Standing | NotDone:
    """What an act leads to. An overseer may also release or pass on what another holds."""
    if by == RULES:
        return _by_rules(standing, act)
    state = MOVES.get((standing.state, act))
    if state is None:
        return _not_now(standing, act, by)
    if act in _REVIEW:
        return _reviewed(standing, act, state, by, overseer)
    if act == CaseAct.CLAIM:
        if by == standing.confirmed_by:
            return NotDone.ALREADY_CONFIRMED
        return replace(standing, state=state, claimed_by=by)
    if act == CaseAct.SAVE:
        return standing
    return replace(standing, state=state, claimed_by="", confirmed_by="")  # submitted anew, withdrawn, or replaced


def _reviewed(standing: Standing, act: CaseAct, state: CaseState, by: str, overseer: bool) -> Standing | NotDone:
    if standing.claimed_by != by and not (overseer and act in (CaseAct.RELEASE, CaseAct.PASS_ON)):
        return NotDone.HELD_BY_ANOTHER
    if act in (CaseAct.CONFIRM, CaseAct.APPROVE) and act != approving(standing):
        return NotDone.NOT_IN_THIS_STATE
    confirmed = by if act == CaseAct.CONFIRM else "" if act == CaseAct.SEND_BACK else standing.confirmed_by
    return replace(standing, state=state, claimed_by="", confirmed_by=confirmed)


def _by_rules(standing: Standing, act: CaseAct) -> Standing | NotDone:
    state = RULE_MOVES.get((standing.state, act))
    return replace(standing, state=state) if state and not standing.confirmed_by else NotDone.NOT_IN_THIS_STATE


def _not_now(standing: Standing, act: CaseAct, by: str) -> NotDone:
    if standing.state == CaseState.SUBMITTED and act in _REVIEW:
        return NotDone.NOT_HELD
    if standing.state == CaseState.IN_REVIEW and act == CaseAct.CLAIM and standing.claimed_by != by:
        return NotDone.HELD_BY_ANOTHER
    return NotDone.NOT_IN_THIS_STATE
