"""Words of objections: why one is not taken, and what came of one that was (S2.12).

Every member is stored in tables or looked up in the text catalogues under this exact spelling.
"""

from enum import StrEnum


class NotTaken(StrEnum):
    """Why an objection was not taken down. Texts: section `objection_not_taken`."""

    UNKNOWN_CODE = "unknown_code"  # no answer about this person has the code; also when it is somebody else's
    BY_PROXY = "by_proxy"  # S3.3 does not list it: a proxy does not object
    TOO_MANY_OPEN = "too_many_open"


class UpheldReason(StrEnum):
    """Why the person was right. Texts: section `objection_reason`, with those of `DismissedReason`."""

    PAPER_RECORDED = "paper_recorded"  # a paper was seen and recorded; the cover was computed anew
    DATA_CORRECTED = "data_corrected"  # the office, or the main insured's employer, has corrected what it reported
    PAID_SINCE = "paid_since"  # contributions arrived after the answer
    ANSWER_WRONG = "answer_wrong"  # the law was applied wrongly


class DismissedReason(StrEnum):
    """Why the answer stands."""

    ANSWER_RIGHT = "answer_right"  # the data are right, and the answer follows from them
    PAPER_MISSING = "paper_missing"  # what would change the answer was not shown
    NOT_PAID = "not_paid"
    OTHER_INSURER = "other_insurer"  # somebody else covers the person
    NOT_AN_OBJECTION = "not_an_objection"  # a question or a request that belongs elsewhere


class Caller(StrEnum):
    """Who told an operator (S2.12). Texts: section `objection_caller`."""

    ONESELF = "oneself"
    PARENT = "parent"  # of a minor
    OTHER = "other"  # heard, and told nothing
