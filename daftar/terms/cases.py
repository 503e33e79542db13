"""Words of cases: what is asked for, the states, the acts, why an act is refused, why a reviewer refuses (S3.19).

Every member is stored in tables or looked up in the text catalogues under this exact spelling.
"""

from enum import StrEnum


class CaseKind(StrEnum):
    """What a case asks for."""

    ENROLMENT = "enrolment"  # 参保登记 (S3.12)
    FILING = "filing"  # 异地就医备案 (S3.21)
    REVOCATION = "revocation"  # 异地就医备案撤销 (S3.23)
    OBJECTION = "objection"  # اعتراض: against an answer


BY_PROXY = frozenset({CaseKind.ENROLMENT, CaseKind.FILING, CaseKind.REVOCATION})
"""What a principal may submit for a member (S3.3); an objection is the person's own."""


class CaseState(StrEnum):
    """Where a case stands (S3.19)."""

    DRAFT = "draft"  # 草稿: saved, seen by nobody else
    SUBMITTED = "submitted"  # 待审核: waits for a reviewer
    IN_REVIEW = "in_review"  # a reviewer has claimed it
    SENT_BACK = "sent_back"  # 退回: to be corrected by who submitted it
    APPROVED = "approved"  # 审核通过
    REFUSED = "refused"  # 审核不通过, with reasons
    WITHDRAWN = "withdrawn"  # 已撤销: by who submitted it, or replaced by another submission


PENDING = frozenset({CaseState.SUBMITTED, CaseState.IN_REVIEW})
"""A reviewer is awaited or at it."""

ENDED = frozenset({CaseState.APPROVED, CaseState.REFUSED, CaseState.WITHDRAWN})
"""Nothing happens any more."""


class CaseAct(StrEnum):
    """What is done to a case; each is a step and a record of the journal."""

    BEGIN = "begin"
    SAVE = "save"
    SUBMIT = "submit"
    CLAIM = "claim"
    RELEASE = "release"
    PASS_ON = "pass_on"  # to another office, which looks into it from there on (S2.12)
    CONFIRM = "confirm"  # the first of two pairs of eyes found it right
    APPROVE = "approve"
    SEND_BACK = "send_back"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    REPLACE = "replace"  # another submission takes the place of what its applicant can correct no more


class Way(StrEnum):
    """How the policy of the city decides a case (S3.15)."""

    MANUAL = "manual"  # by a reviewer
    AUTOMATIC = "automatic"  # by the rules at once; what they cannot decide goes to a reviewer


class NotDone(StrEnum):
    """Why an act was not done: nothing was changed."""

    NOT_IN_THIS_STATE = "not_in_this_state"  # somebody was faster, or a page was old
    CHANGED_MEANWHILE = "changed_meanwhile"  # saved elsewhere since the page was opened
    NOT_YOURS = "not_yours"  # of the applicant's acts: somebody else's case
    HELD_BY_ANOTHER = "held_by_another"  # another reviewer has claimed it
    NOT_HELD = "not_held"  # to be claimed first
    ALREADY_CONFIRMED = "already_confirmed"  # the second pair of eyes must be another person's (S3.15)
    OUT_OF_SCOPE = "out_of_scope"  # of another region or office, or no reviewer (S3.16)
    REVIEWER_UNKNOWN = "reviewer_unknown"  # which person is behind the account is not on record
    RELATED = "related"  # one's own case, or a relative's
    ANOTHER_OPEN = "another_open"  # the same is being asked for in another case
    MATERIAL_MISSING = "material_missing"  # for want of material that the procedure needs
    TOO_MANY_MATERIALS = "too_many_materials"
    REASON_MISSING = "reason_missing"  # nothing is sent back or refused without a reason
    FACTS_CHANGED = "facts_changed"  # found at approval: what was asked for cannot be any more


class RefusalReason(StrEnum):
    """Why a reviewer refuses a case (S3.19); the rules' own reasons are those of `daftar.rules`."""

    CONDITIONS_NOT_MET = "conditions_not_met"
    MATERIAL_NOT_GENUINE = "material_not_genuine"
    WRONG_PERSON = "wrong_person"  # the material is about somebody else
    INSURED_ELSEWHERE = "insured_elsewhere"
    ASKED_TWICE = "asked_twice"  # it was asked for and decided before
    NOT_ENTITLED_TO_ASK = "not_entitled_to_ask"  # who submitted it may not act for the person


class SendBackReason(StrEnum):
    """What is to be corrected when a case is sent back (S3.19)."""

    MATERIAL_MISSING = "material_missing"
    MATERIAL_UNREADABLE = "material_unreadable"
    DATA_DIFFER = "data_differ"  # form and material say different things
    FORM_INCOMPLETE = "form_incomplete"
