"""The challenge: moves in random order, made here, for one account and one member, taken once and soon.

It waits in the database's cache until it is taken; taking deletes the row, so that of two captures sent at once only
one is looked at. A challenge that the cache has lost is over: the person starts again, and nothing is let through.
"""

import secrets as random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, product
from uuid import UUID, uuid4

from django.core.cache import cache
from django.db import transaction

from daftar.portal.proxy.faces.port import Move, Outcome

LASTS = timedelta(minutes=3)
USED = timedelta(days=1)
"""How long a used challenge is remembered, to be told from one that nobody made."""

MOVES = 4


def _sequences() -> list[tuple[Move, ...]]:
    """Every order in which each move is asked for and none twice in a row."""
    drawn = product(Move, repeat=MOVES)
    moving = [moves for moves in drawn if all(one is not other for one, other in pairwise(moves))]
    return [moves for moves in moving if set(moves) == set(Move)]


SEQUENCES = _sequences()
"""18 of them. A film that is played to our page from its beginning to its end fits one challenge in 18. Whoever sends
frames without our page reads the moves and sorts the frames of one film into them: no order keeps them out (ADR 0016).
"""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the browser shows, one move after the other."""

    id: UUID
    holder: str
    subject: UUID
    moves: Sequence[Move]
    expires_at: datetime

    @property
    def made_at(self) -> datetime:
        """When it was made: nobody could know the moves before."""
        return self.expires_at - LASTS


def challenge_make(*, holder: str, subject: UUID, at: datetime) -> Challenge:
    """A new challenge for this account and this member."""
    challenge = Challenge(uuid4(), holder, subject, random.choice(SEQUENCES), at + LASTS)
    cache.set(_place(challenge.id), _written(challenge), timeout=2 * LASTS.total_seconds())
    return challenge


@transaction.atomic(durable=True)
def challenge_take(*, challenge: UUID, holder: str, subject: UUID, at: datetime) -> Challenge | Outcome:
    """Use a challenge up: the challenge the first time, and why not afterwards. Somebody else's is unknown (`stale`).

    Durable, and so never inside a transaction that may be rolled back with a refusal: the challenge would live on.
    """
    place = _place(challenge)
    written = cache.get(place)
    if written is None or written["holder"] != holder or written["subject"] != subject.hex:
        return Outcome.REPLAYED if cache.get(_used(challenge)) == holder else Outcome.STALE
    if not cache.delete(place):
        return Outcome.REPLAYED  # another request was faster
    cache.set(_used(challenge), holder, timeout=USED.total_seconds())
    expires_at = datetime.fromisoformat(written["expires_at"])
    if at >= expires_at:
        return Outcome.STALE
    return Challenge(challenge, holder, subject, tuple(map(Move, written["moves"])), expires_at)


def _written(challenge: Challenge) -> dict[str, object]:
    return {
        "holder": challenge.holder,
        "subject": challenge.subject.hex,
        "moves": [str(move) for move in challenge.moves],
        "expires_at": challenge.expires_at.isoformat(),
    }


def _place(challenge: UUID) -> str:
    return f"face:challenge:{challenge.hex}"


def _used(challenge: UUID) -> str:
    return f"face:used:{challenge.hex}"
