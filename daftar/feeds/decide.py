"""The rule of contracts §2 on order: the newer `recorded_at` wins, an older row is stale, the same changes nothing."""

from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """What became of a row."""

    CHANGED = "changed"  # the registry is different now
    STALE = "stale"  # the registry knows something newer
    UNCHANGED = "unchanged"  # the registry said the same already
    PENDING = "pending"  # it waits for its person
    QUARANTINED = "quarantined"  # it may not come in


class Version(NamedTuple):
    """A row's content and when it was recorded; `assumed`: the source did not say, the batch's instant stands in."""

    content: tuple[object, ...]
    recorded_at: str
    assumed: bool = False


class Verdict(NamedTuple):
    """What became of a row, and whether it takes the place of what is known."""

    outcome: Outcome
    replaces: bool


def weigh(known: Version | None, new: Version) -> Verdict:
    """A new row against what is known of the same key.

    Same content: only a later given `recorded_at` is kept, so that rows recorded in between lose. Other content: the
    newer wins, and of two recorded at the same instant the one that came last.
    """
    if known is None:
        return Verdict(Outcome.CHANGED, True)
    if new.content == known.content:
        if new.assumed or new.recorded_at == known.recorded_at:
            return Verdict(Outcome.UNCHANGED, False)
        newer = new.recorded_at > known.recorded_at
        return Verdict(Outcome.UNCHANGED if newer else Outcome.STALE, newer)
    if new.recorded_at < known.recorded_at:
        return Verdict(Outcome.STALE, False)
    return Verdict(Outcome.CHANGED, True)
