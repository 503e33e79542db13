"""What is asked for when somebody is to be bound, and the reasons for which it is refused (S3.2, S3.4-S3.10)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from daftar.portal.proxy.models import Kinship
from daftar.terms.identifiers import Identifier


@dataclass(frozen=True, slots=True)
class Named:
    """The member as the principal typed them: «亲情成员基本信息» (S3.8)."""

    identifier: Identifier
    name: str
    kinship: Kinship


@dataclass(frozen=True, slots=True)
class Child:
    """What the path without identity card asks besides (S3.9): the day of birth, and the paper that shows it."""

    born: date
    paper: str = ""  # 户口簿, 出生医学证明, …


class Refusal(StrEnum):
    """Why nobody was bound; the texts `proxy_refused.*` say it to the principal or the member."""

    NOT_VERIFIED = "not_verified"  # the account's own identity is not verified (design §4)
    REGION_NOT_SERVED = "region_not_served"  # one of the two is not insured where the service is offered (S3.2)
    ONESELF = "oneself"
    NOT_MATCHED = "not_matched"  # nobody of this number, name, day of birth; one answer for all (S2.9's reason)
    ALREADY_BOUND = "already_bound"
    ALREADY_ASKED = "already_asked"
    FACE_NOT_PASSED = "face_not_passed"  # refused, another's, too long ago, or used before (S3.8)
    SIXTEEN_OR_OVER = "sixteen_or_over"  # the guide's sentence of S3.10
    HAS_IDENTITY_CARD = "has_identity_card"  # declared without, and the registry shows one (S3.5)
    BIRTH_UNKNOWN = "birth_unknown"  # the registry cannot say that the child is under 16
    LETTER_CHANGED = "letter_changed"  # another version than the one that is shown today
    COMMITMENT_NOT_OFFERED = "commitment_not_offered"  # the law of the day knows no such way
    CONFIRMATION_NOT_OFFERED = "confirmation_not_offered"  # the member's region does not allow it
    OVER = "over"  # what is to be confirmed does not wait any more


class Refused(Exception):
    """Raised inside a service, which journals it and returns its `refusal`."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal
