"""What came from a gateway, and what is said to it: the same for aggregators and for SMPP (S2.20)."""

from uuid import UUID

import msgspec

from daftar.store.keys import MobileKey
from daftar.terms.outcomes import Status


class Heard(msgspec.Struct, frozen=True):
    """One request of a gateway about one dialogue.

    An aggregator sends all words of the dialogue each time. By SMPP they come one at a time, each under a `mark` of
    its own; `begins` says that the number has just dialled, with what it dialled at once.
    """

    id: UUID
    caller: MobileKey
    jurisdiction: str
    words: tuple[str, ...] = ()
    mark: str = ""
    begins: bool = False

    @property
    def by_word(self) -> bool:
        """Whether words come one at a time."""
        return bool(self.mark)


class Said(msgspec.Struct, frozen=True):
    """A screen; `ends`: nothing more is asked. `told` are the answers that were journalled for it."""

    text: str
    ends: bool
    told: tuple[Status, ...] = ()
