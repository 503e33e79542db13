"""The port: what a registry is asked, and the three things that it may say (S2.13)."""

from datetime import date, datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from daftar.store.keys import Key
from daftar.terms.identifiers import Identifier
from daftar.terms.outcomes import EvidenceKind


class Question(NamedTuple):
    """Whether a registry confirms an evidence of a person on a day. `request` is random; the answer repeats it."""

    request: UUID
    key: Key
    identifier: Identifier
    day: date


class Confirmed(NamedTuple):
    """The registry confirms it from a day on, until a day or without a stated end."""

    valid_from: date
    valid_until: date | None


class NotFound(NamedTuple):
    """The registry has answered that it has nothing of the kind about this person."""


class Unanswered(NamedTuple):
    """No answer that counts. `why`: away (down, late, 5xx), refused (any other status), nonsense."""

    why: str


Finding = Confirmed | NotFound | Unanswered


class Registry(Protocol):
    """A registry that is asked about one kind of evidence. Never raises because of what the other side does."""

    kind: EvidenceKind

    def ready(self, at: datetime) -> bool:
        """Whether one question may be asked now; False: the registry is left alone for a while.

        Called before the question is journalled, once for each: what does not leave is not on record.
        """
        ...

    def unasked(self, at: datetime) -> None:
        """After `ready` at that moment, when there is no question to ask after all: the next one may."""
        ...

    def ask(self, question: Question, *, at: datetime) -> Finding:
        """Ask and wait, at most some seconds."""
        ...
