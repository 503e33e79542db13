"""What comes in by SMS, and what came of it."""

from enum import StrEnum
from uuid import UUID

import msgspec

from daftar.terms.mobiles import Mobile


class IncomingSms(msgspec.Struct, frozen=True):
    """One message as the network gave it. `id` is the gateway's own: repeated, it is the same message."""

    id: UUID
    sender: Mobile
    to: str
    text: str


class Outcome(StrEnum):
    """What came of a message; the first two are answers with a tracking code, the last two are not replied to."""

    COVERED = "covered"
    NOT_COVERED = "not_covered"
    WRONG_CODE = "wrong_code"  # no number, several, or one that cannot be
    MISMATCH = "mismatch"  # neither the sender's own person nor a registered provider (S2.9)
    TOO_MANY = "too_many"
    NO_AGREEMENT = "no_agreement"  # a provider whose agreement, or whose registration of the number, has ended
    QUOTA_EXCEEDED = "quota_exceeded"
    SILENT = "silent"  # too many, and told so already
    REPEATED = "repeated"  # the gateway gave it again: it was answered the first time
