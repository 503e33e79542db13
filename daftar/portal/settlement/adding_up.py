"""Do the amounts of a settlement add up? Those that do not are marked in words, never hidden (S4.23, contracts §2).

To hold: total = fund_total + personal; fund_total = sum of fund_*; personal = account + shared_account + cash.

What a source leaves out: a part that is absent counts as nothing, as long as another part of the same sum is there; a
sum that is absent is taken from its parts; a sum without any part cannot be checked and is not marked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from daftar.portal.settlement.columns import FUNDS, OWN

Amounts = Mapping[str, int | None]
"""Amounts by column of contracts §2; None where the source gave none."""

IDENTITIES: dict[str, tuple[str, ...]] = {
    "total": ("fund_total", "personal"),
    "fund_total": tuple(FUNDS),
    "personal": tuple(OWN),
}
"""Each sum and its parts."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A sum that is not that of its parts: `said` is the source's, `made` is what the parts given make."""

    sum: str
    said: int
    made: int
    parts: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]

    @property
    def difference(self) -> int:
        """How much is too much in the sum; below zero when it is too little."""
        return self.said - self.made


def amount_of(amounts: Amounts, name: str) -> int | None:
    """A sum as its source gave it, or else as its parts make it; None where nothing is given."""
    said = amounts.get(name)
    if said is not None or name not in IDENTITIES:
        return said
    given = [each for each in (amount_of(amounts, part) for part in IDENTITIES[name]) if each is not None]
    return sum(given) if given else None


def faults(amounts: Amounts) -> list[Fault]:
    """Every sum that does not add up, the total first; empty when all that can be checked holds."""
    return list(_faults(amounts))


def _faults(amounts: Amounts) -> Iterator[Fault]:
    for name, parts in IDENTITIES.items():
        said = amounts.get(name)
        if said is not None and (fault := _fault(name, said, parts, amounts)):
            yield fault


def _fault(name: str, said: int, parts: Sequence[str], amounts: Amounts) -> Fault | None:
    found = {part: amount_of(amounts, part) for part in parts}
    given = tuple((part, each) for part, each in found.items() if each is not None)
    made = sum(each for _, each in given)
    if not given or made == said:
        return None
    return Fault(name, said, made, given, tuple(part for part, each in found.items() if each is None))
