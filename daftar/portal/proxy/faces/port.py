"""What is asked about a face and what is answered: the port before the built-in and the authority's verifier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

LASTS = timedelta(minutes=10)
"""How long after the decision a verdict may be used for a binding."""


class Move(StrEnum):
    """What the challenge asks for; left and right are the person's own."""

    LEFT = "left"
    RIGHT = "right"
    CLOSER = "closer"


class Outcome(StrEnum):
    """Each outcome but `accepted` is a refusal that says what was wrong (texts: section `face`)."""

    ACCEPTED = "accepted"  # alive, now, and the person of the reference photograph
    NO_FACE = "no_face"  # a step without any frame that shows a face
    TWO_FACES = "two_faces"  # somebody else close to the camera
    OTHER_PERSON = "other_person"  # not the person of the reference, or another one between two steps
    STILL_PICTURE = "still_picture"  # nothing moved, or moved as a flat picture does
    WRONG_MOVE = "wrong_move"  # a head that turned, but not as the challenge asked
    STALE = "stale"  # the challenge was over, or is not known
    REPLAYED = "replayed"  # the challenge, or a picture of the capture, was used before
    TOO_SOON = "too_soon"  # sooner after the challenge was made than its moves take
    UNREADABLE = "unreadable"  # frames that are no small JPEG pictures of one size, or too many
    NO_REFERENCE = "no_reference"  # there is no usable reference photograph
    UNAVAILABLE = "unavailable"  # the verifier did not answer in time: nothing was decided


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of the camera, not mirrored: `step` 0 looks straight ahead, step n follows the challenge's move n."""

    step: int
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Subject:
    """The member who is to be bound."""

    key: UUID
    id_type: str
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a verifier is asked: was this capture made for these moves by the person of the reference photograph?"""

    challenge: UUID
    moves: Sequence[Move]
    frames: Sequence[Frame]
    subject: Subject
    reference: bytes | None = None  # JPEG or PNG, from the feed or a counter


@dataclass(frozen=True, slots=True)
class Finding:
    """A verifier's answer; `distance` between capture and reference where the verifier knows one (0 is the same)."""

    outcome: Outcome
    distance: float | None = None


class FaceVerifier(Protocol):
    """Decides within seconds and never raises: what it cannot decide is `unavailable`."""

    name: str

    def verify(self, question: Question) -> Finding:
        """Judge liveness and likeness together."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided about one capture, and all that is kept of it; one verdict makes one binding."""

    challenge: UUID
    outcome: Outcome
    holder: str  # the account that acts, by its random name in the journal
    subject: UUID  # key of the member
    verifier: str
    decided_at: datetime
    distance: float | None = None
    digests: frozenset[UUID] = frozenset()  # of the pictures that were looked at, keyed; none where none was

    def lets_bind(self, *, holder: str, subject: UUID, at: datetime) -> bool:
        """Whether this very account may bind this very member on it, now."""
        fresh = self.decided_at <= at <= self.decided_at + LASTS
        return self.outcome is Outcome.ACCEPTED and (self.holder, self.subject) == (holder, subject) and fresh
